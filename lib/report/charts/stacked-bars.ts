import type { BarSeriesOption } from 'echarts';
import type { StackedBarChart } from '../../core/spec/document/chart.ts';
import { colour } from '../document/colours.ts';
import { BAR_HEIGHT, nameAxis, ROW_HEIGHT, valueAxis } from './bar-axes.ts';
import { legendOf, seriesId } from './legend.ts';
import { type Picture, STILL, WIDTH } from './picture.ts';
import { roleColour } from './roles.ts';

/** Below this a share has no room for its text; it stands in the table. */
const SMALLEST_WITH_TEXT = 0.09;

export function stackedBarsPicture({ categories, series }: StackedBarChart): Picture {
  const legend = legendOf(
    series.map(({ name }) => name),
    WIDTH,
    'rect',
  );
  const names = nameAxis(categories);
  const top = legend.height + 10;
  const plotHeight = Math.max(1, categories.length) * ROW_HEIGHT;
  return {
    width: WIDTH,
    height: top + plotHeight + 26,
    option: {
      ...STILL,
      grid: { left: names.width, right: 24, top, height: plotHeight, containLabel: false },
      legend: legend.rows,
      xAxis: valueAxis({ min: 0, max: 1 }, [0, 0.25, 0.5, 0.75, 1], plotHeight, (share) => `${share * 100} %`),
      yAxis: names.option,
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
            fontSize: 10.5,
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
