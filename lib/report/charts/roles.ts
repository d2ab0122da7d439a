import type { SeriesRole } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';

export function roleColour(role: SeriesRole): string {
  return colour(`chart-${role}`);
}

/** Lines also differ by their dashes, for those who do not see the colours or print without them. */
const DASHES: readonly ('solid' | number[])[] = ['solid', [7, 4], [2, 3], [10, 3, 2, 3]];

export function dashesOf(seriesIndex: number): 'solid' | number[] {
  return DASHES[seriesIndex % DASHES.length] ?? 'solid';
}
