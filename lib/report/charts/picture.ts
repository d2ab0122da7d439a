import type { EChartsOption } from 'echarts';

/** A chart for ECharts to draw, in a size of its own. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

export const WIDTH = 720;
/** Small enough that two beside each other can be read. */
export const LINE_CHART_WIDTH = 600;
export const FONT_SIZE = 12;

/** Nobody can hover over a printed report, and no chart of it moves. */
export const STILL = { animation: false, silent: true } as const;

/** There is no canvas to measure with: an average letter, on the generous side. */
export function estimatedWidth(text: string, fontSize = FONT_SIZE): number {
  return [...text].length * fontSize * 0.56;
}
