import type { EChartsOption } from 'echarts';

/** A chart for ECharts to draw, in a size of its own. */
export interface Picture {
  readonly height: number;
  readonly option: EChartsOption;
  /** What a reader can point at, from left to right. */
  readonly readings?: { readonly names: readonly string[]; readonly places: readonly Reading[] };
}

/** All values of a chart at one place. */
export interface Reading {
  /** Where on the axis, by which charts beside each other know the same place. */
  readonly x: number;
  /** Where in the picture, in its own units. */
  readonly left: number;
  /** What the place is, such as `12s`. */
  readonly place: string;
  /** One for each name of the picture. */
  readonly values: readonly string[];
}

/** So narrow that its letters can be read on a phone, where a fold has 335 pixels for it. */
export const WIDTH = 360;
export const FONT_SIZE = 12;

/** No chart moves: what can be pointed at are its readings. */
export const STILL = { animation: false, silent: true } as const;

/** A grid that stays where it is put, whatever its labels need: marks and readings stand on it. */
export const FIXED = { containLabel: false, outerBoundsMode: 'none' } as const;

/** There is no canvas to measure with: an average letter, on the generous side. */
export function estimatedWidth(text: string, fontSize = FONT_SIZE): number {
  return [...text].length * fontSize * 0.56;
}
