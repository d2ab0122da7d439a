import type { SeriesRole } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';

export function roleColour(role: SeriesRole): string {
  return colour(`chart-${role}`);
}

/** So many colours there are for series that are just different. */
const COLOURS = 4;

/** Lines also differ by their dashes, for those who do not see the colours or print without them. */
const DASHES: readonly ('solid' | number[])[] = ['solid', [7, 4], [2, 3], [10, 3, 2, 3]];

/** Where colours come round again, each has other dashes than before. */
export function dashesOf(seriesIndex: number): 'solid' | number[] {
  const round = Math.floor(seriesIndex / COLOURS);
  return DASHES[(seriesIndex + round) % DASHES.length] ?? 'solid';
}
