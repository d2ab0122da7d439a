import type { GraphicComponentOption } from 'echarts';
import type { ChartMark } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';
import { estimatedWidth, FONT_SIZE } from './picture.ts';
import type { Scale } from './scale.ts';

/** Where the lines of a chart are, in the units of its picture. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a mark stands from the left, and its words: in a row above the plot, the lowest is 0. */
export interface PlacedMark {
  readonly left: number;
  readonly words?: { readonly text: string; readonly left: number; readonly row: number };
}

const MOST_ROWS = 2;
export const ROW_OF_WORDS = 15;
const GAP = 8;
/** Of lines that are nearer to each other nobody sees which is which. */
const LEAST_BETWEEN = 3;

/** The marks that the axis has a place for. Words never stand on each other: what has no room is left out. */
export function placedMarks(
  marks: readonly ChartMark[],
  scale: Scale,
  { left, width }: Pick<Plot, 'left' | 'width'>,
): PlacedMark[] {
  const lines = marks.flatMap((mark) => {
    const at = scale.position(mark.x);
    if (at === undefined || at < scale.min || at > scale.max) return [];
    return [{ mark, left: left + ((at - scale.min) / (scale.max - scale.min)) * width }];
  });
  const byRank = [...lines.filter(({ mark }) => mark.isMain), ...lines.filter(({ mark }) => !mark.isMain)];
  const rows: { readonly from: number; readonly to: number }[][] = Array.from({ length: MOST_ROWS }, () => []);
  const drawn: PlacedMark[] = [];
  for (const line of byRank) {
    if (drawn.some((other) => Math.abs(other.left - line.left) < LEAST_BETWEEN)) continue;
    const wide = estimatedWidth(line.mark.text);
    const from = Math.max(0, Math.min(line.left, left + width - wide));
    const to = from + wide + GAP;
    const row = rows.findIndex((taken) => taken.every((each) => to <= each.from || from >= each.to));
    rows[row]?.push({ from, to });
    drawn.push({
      left: line.left,
      ...(row === -1 ? {} : { words: { text: line.mark.text, left: from, row } }),
    });
  }
  return drawn.sort((a, b) => a.left - b.left);
}

/** How much the words take above the plot. */
export function heightOfWords(marks: readonly PlacedMark[]): number {
  return Math.max(0, ...marks.map(({ words }) => (words === undefined ? 0 : words.row + 1))) * ROW_OF_WORDS;
}

/** Lines across the plot, and the words above it. */
export function markGraphics(marks: readonly PlacedMark[], { top, height }: Plot): GraphicComponentOption[] {
  return marks.flatMap(({ left, words }): GraphicComponentOption[] => [
    {
      type: 'line',
      silent: true,
      shape: { x1: left, x2: left, y1: top - 4, y2: top + height },
      style: { stroke: colour('muted'), lineWidth: 1, lineDash: [1, 2] },
    },
    ...(words === undefined
      ? []
      : [
          {
            type: 'text',
            silent: true,
            x: words.left,
            y: top - 6 - ROW_OF_WORDS * words.row,
            style: { text: words.text, fill: colour('muted'), fontSize: FONT_SIZE, verticalAlign: 'bottom' },
          } as const,
        ]),
  ]);
}
