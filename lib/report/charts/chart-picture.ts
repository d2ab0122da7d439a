import type { Chart } from '../../core/spec/document/chart.ts';
import { lineChartPicture } from './line-chart.ts';
import type { Picture } from './picture.ts';
import { stackedBarsPicture } from './stacked-bars.ts';

export function chartPicture(chart: Chart): Picture {
  switch (chart.kind) {
    case 'lines':
      return lineChartPicture(chart);
    case 'stacked-bars':
      return stackedBarsPicture(chart);
  }
}
