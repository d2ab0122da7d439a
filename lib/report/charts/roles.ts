import type { SeriesRole } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';

export function roleColour(role: SeriesRole): string {
  return colour(`chart-${role}`);
}

/** Lines also differ by their dashes, each by its own, for those who do not see the colours or print without them. */
const DASHES: readonly ('solid' | number[])[] = [
  'solid',
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [7, 3, 2, 3, 2, 3],
  [4, 2],
  [14, 3, 5, 3],
  [1, 5],
  [10, 2, 1, 2, 1, 2, 1, 2],
];

/** So many lines of one chart can be told apart. */
export const MOST_LINES = DASHES.length;

export function dashesOf(seriesIndex: number): 'solid' | number[] {
  return DASHES[seriesIndex % DASHES.length] ?? 'solid';
}

/** ECharts leaves colours as they are, so that they can carry which line is drawn with them. */
export function colourOfLine(colour: string, line: number, isDrawn: boolean): string {
  return `line ${line} ${isDrawn ? 'drawn' : 'hidden'} ${colour}`;
}

export interface PaintedLine {
  readonly colour: string;
  readonly line: string;
  readonly isDrawn: boolean;
}

/** Undefined for a colour that carries nothing. */
export function paintedLine(text: string): PaintedLine | undefined {
  const [, line, state, colour] = /^line (\d+) (drawn|hidden) (.*)$/.exec(text) ?? [];
  return line === undefined || colour === undefined ? undefined : { colour, line, isDrawn: state === 'drawn' };
}
