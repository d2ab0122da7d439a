import type { LegendComponentOption } from 'echarts';
import { present } from '../../core/spec/present.ts';
import { colour } from '../document/colours.ts';
import { shortened } from '../document/visible-text.ts';
import { estimatedWidth, FONT_SIZE } from './picture.ts';

const SYMBOL = 22;
/** Wide: the letters of the reader's font may be wider than those ECharts reckons with. */
const GAP = 30;
const ROW = 20;

export interface Legend {
  readonly height: number;
  /** One for each row: between rows of one, ECharts leaves as much as between its items. */
  readonly rows: LegendComponentOption[];
}

/** Series go by their number inside ECharts: two may have the same name, and a name may hold anything. */
export function seriesId(index: number): string {
  return `s${index}`;
}

export function legendOf(names: readonly string[], width: number, icon?: string): Legend {
  const shown = names.map((name) => shortened(name, 40));
  const labels = new Map(shown.map((name, i) => [seriesId(i), name]));
  const rows = rowsOf(shown, width);
  return {
    height: rows.length * ROW,
    rows: rows.map((row, i) => ({
      data: row.map((index) => ({ name: seriesId(index), ...present({ icon }) })),
      formatter: (id) => labels.get(id) ?? '',
      left: 0,
      top: i * ROW,
      padding: 0,
      itemGap: GAP,
      itemWidth: icon === undefined ? SYMBOL : 12,
      itemHeight: icon === undefined ? 8 : 12,
      selectedMode: false,
      // A line in the legend would get a dot that the line in the chart has not.
      ...present({ itemStyle: icon === undefined ? { color: 'none' } : undefined }),
      textStyle: { color: colour('text'), fontSize: FONT_SIZE, lineHeight: ROW - 4 },
    })),
  };
}

/** The names by their numbers, as many to a row as it has room for. */
function rowsOf(names: readonly string[], width: number): number[][] {
  const rows: number[][] = [[]];
  let x = 0;
  names.forEach((name, i) => {
    const item = SYMBOL + 8 + estimatedWidth(name);
    if (x > 0 && x + item > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push(i);
    x += item + GAP;
  });
  return rows;
}
