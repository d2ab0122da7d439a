import type { Block } from '../../core/spec/document/blocks.ts';
import type { ChartMark, LineChart } from '../../core/spec/document/chart.ts';
import { type LoadMark, marksUntil } from '../model/load-marks.ts';

/** The blocks, with the marks of a load in every chart over time. */
export function markCharts(blocks: readonly Block[], marks: readonly LoadMark[]): Block[] {
  return blocks.map((block): Block => {
    switch (block.kind) {
      case 'details':
        return { ...block, blocks: markCharts(block.blocks, marks) };
      case 'choice':
        return { ...block, charts: block.charts.map((chart) => marked(chart, marks)) };
      case 'chart':
        return block.chart.kind === 'lines' ? { ...block, chart: marked(block.chart, marks) } : block;
      default:
        return block;
    }
  });
}

function marked(chart: LineChart, marks: readonly LoadMark[]): LineChart {
  if (chart.x.unit !== 'seconds') return chart;
  const last = Math.max(...chart.series.flatMap(({ points }) => points.map(([at]) => at)));
  return { ...chart, marks: marksUntil(marks, last).map(chartMark) };
}

function chartMark({ atSeconds, kind, text }: LoadMark): ChartMark {
  return kind === 'change' ? { x: atSeconds, text } : { x: atSeconds, text, isMain: true };
}
