import type { ScatterSeriesOption } from 'echarts';
import type { LineChart } from '../../core/spec/document/chart.ts';
import { STILL } from './picture.ts';
import { roleColour } from './roles.ts';
import type { Scale } from './scale.ts';

/** Two strokes across each other, as a shape that is filled. */
export const CROSS = 'path://M0 1L1 0L4 3L7 0L8 1L5 4L8 7L7 8L4 5L1 8L0 7L3 4Z';

/** Along the top of the plot: at its foot they would look like the lowest of all values. */
export function crossSeries(
  crosses: NonNullable<LineChart['crosses']>,
  id: string,
  x: Scale,
  y: Scale,
): ScatterSeriesOption {
  return {
    type: 'scatter',
    ...STILL,
    id,
    name: id,
    clip: false,
    symbol: CROSS,
    symbolSize: 7,
    symbolOffset: [0, 6],
    data: crosses.points.flatMap(([at]) => {
      const place = x.position(at);
      return place === undefined ? [] : [[place, y.max]];
    }),
    itemStyle: { color: roleColour('bad') },
  };
}
