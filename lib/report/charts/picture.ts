import type { EChartsOption } from 'echarts';

/** A chart for ECharts to draw, in a size of its own. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
  /** What a reader can point at, from left to right. */
  readonly readings?: readonly Reading[];
}

/** All values of a chart at one place. */
export interface Reading {
  /** Where on the axis, by which charts beside each other know the same place. */
  readonly x: number;
  /** Where in the picture, in its own units. */
  readonly left: number;
  readonly text: string;
}

export const WIDTH = 720;
/** Small enough that two beside each other can be read. */
export const LINE_CHART_WIDTH = 600;
export const FONT_SIZE = 12;

/** No chart moves: what can be pointed at are its readings. */
export const STILL = { animation: false, silent: true } as const;

/** There is no canvas to measure with: an average letter, on the generous side. */
export function estimatedWidth(text: string, fontSize = FONT_SIZE): number {
  return [...text].length * fontSize * 0.56;
}
