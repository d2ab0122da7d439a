import type { LegendComponentOption } from 'echarts';
import { colour } from '../document/colours.ts';
import { shortened } from '../document/visible-text.ts';
import { estimatedWidth, FONT_SIZE, WIDTH } from './picture.ts';

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

export interface LegendItem {
  /** Of its series. */
  readonly id: string;
  readonly name: string;
  /** @default a piece of its line */
  readonly icon?: string;
}

export function legendOf(items: readonly LegendItem[]): Legend {
  const shown = items.map((item) => ({ ...item, name: shortened(item.name, 40) }));
  const labels = new Map(shown.map(({ id, name }) => [id, name]));
  const rows = rowsOf(shown);
  return {
    height: rows.length * ROW,
    rows: rows.map((row, i) => ({
      data: row.map(dataOf),
      formatter: (id) => labels.get(id) ?? '',
      left: 0,
      top: i * ROW,
      padding: 0,
      itemGap: GAP,
      itemWidth: SYMBOL,
      itemHeight: 8,
      selectedMode: false,
      textStyle: { color: colour('text'), fontSize: FONT_SIZE, lineHeight: ROW - 4 },
    })),
  };
}

/** A line in the legend would get a dot that the line in the chart has not. */
function dataOf({ id, icon }: LegendItem) {
  return { name: id, ...(icon === undefined ? { itemStyle: { color: 'none' } } : { icon }) };
}

/** As many to a row as it has room for. */
function rowsOf(items: readonly LegendItem[]): LegendItem[][] {
  const rows: LegendItem[][] = [];
  let x = 0;
  for (const item of items) {
    const width = SYMBOL + 8 + estimatedWidth(item.name);
    if (x === 0 || x + width > WIDTH) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push(item);
    x += width + GAP;
  }
  return rows;
}
