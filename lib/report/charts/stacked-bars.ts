import type { BarSeriesOption } from 'echarts';
import type { StackedBarChart } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';
import { BAR_HEIGHT, barNames, ROW_HEIGHT, rowAxis, valueAxis } from './bar-axes.ts';
import { legendOf, seriesId } from './legend.ts';
import { FIXED, FONT_SIZE, type Picture, STILL, WIDTH } from './picture.ts';
import { roleColour } from './roles.ts';

/** Below this a share has no room for its text; it stands in the table. */
const SMALLEST_WITH_TEXT = 0.12;
/** Half of the text of the last value of the axis. */
const SIDE = 20;

export function stackedBarsPicture({ categories, series }: StackedBarChart): Picture {
  const legend = legendOf(series.map(({ name }, i) => ({ id: seriesId(i), name, icon: 'rect' })));
  const plot = {
    left: SIDE,
    width: WIDTH - 2 * SIDE,
    top: legend.height + 4,
    height: Math.max(1, categories.length) * ROW_HEIGHT,
  };
  return {
    height: plot.top + plot.height + 26,
    option: {
      ...STILL,
      grid: { ...plot, ...FIXED },
      legend: legend.rows,
      xAxis: valueAxis({ min: 0, max: 1 }, [0, 0.25, 0.5, 0.75, 1], plot.height, (share) => `${share * 100} %`),
      yAxis: rowAxis(categories.length),
      graphic: barNames(categories, plot.top),
      series: series.map(
        ({ role, shares }, i): BarSeriesOption => ({
          type: 'bar',
          ...STILL,
          id: seriesId(i),
          name: seriesId(i),
          stack: 'all',
          clip: false,
          barWidth: BAR_HEIGHT,
          data: shares.map((share) => ({ value: share, label: { show: share >= SMALLEST_WITH_TEXT } })),
          itemStyle: { color: roleColour(role), borderColor: colour('page'), borderWidth: 0.75 },
          label: {
            position: 'inside',
            color: colour('chart-on'),
            fontSize: FONT_SIZE,
            formatter: ({ dataIndex }) => wholePercent(shares[dataIndex] ?? 0),
          },
        }),
      ),
    },
  };
}

/** What is not all never reads 100 %. */
function wholePercent(share: number): string {
  const percent = Math.round(share * 100);
  return percent >= 100 && share < 1 ? '> 99 %' : `${percent} %`;
}
