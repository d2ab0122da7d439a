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
  readonly option: LegendComponentOption;
}

/** Series go by their number inside ECharts: two may have the same name, and a name may hold anything. */
export function seriesId(index: number): string {
  return `s${index}`;
}

export function legendOf(names: readonly string[], width: number, icon?: string): Legend {
  const shown = names.map((name) => shortened(name, 40));
  const labels = new Map(shown.map((name, i) => [seriesId(i), name]));
  return {
    height: rowsOf(shown, width) * ROW,
    option: {
      data: names.map((_, i) => ({ name: seriesId(i), ...present({ icon }) })),
      formatter: (id) => labels.get(id) ?? '',
      left: 0,
      top: 0,
      padding: 0,
      itemGap: GAP,
      itemWidth: icon === undefined ? SYMBOL : 12,
      itemHeight: icon === undefined ? 8 : 12,
      selectedMode: false,
      // A line in the legend would get a dot that the line in the chart has not.
      ...present({ itemStyle: icon === undefined ? { color: 'none' } : undefined }),
      textStyle: { color: colour('text'), fontSize: FONT_SIZE, lineHeight: ROW - 4 },
    },
  };
}

function rowsOf(names: readonly string[], width: number): number {
  let rows = 1;
  let x = 0;
  for (const name of names) {
    const item = SYMBOL + 8 + estimatedWidth(name);
    if (x > 0 && x + item > width) {
      rows += 1;
      x = 0;
    }
    x += item + GAP;
  }
  return rows;
}
