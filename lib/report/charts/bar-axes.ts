import type { GraphicComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { colour } from '../document/colours.ts';
import { shortenedInside } from '../document/visible-text.ts';
import { FONT_SIZE } from './picture.ts';

/** Of a bar with its name above it. */
export const ROW_HEIGHT = 38;
export const BAR_HEIGHT = 16;
const LONGEST_NAME = 48;

/** Names of bars, each above its own, the first on top. @param top of the first row */
export function barNames(names: readonly string[], top: number): GraphicComponentOption[] {
  return names.map((name, i) => ({
    type: 'text',
    silent: true,
    x: 0,
    y: top + i * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2 - 2,
    style: {
      text: shortenedInside(name, LONGEST_NAME),
      fill: colour('text'),
      fontSize: FONT_SIZE,
      verticalAlign: 'bottom',
    },
  }));
}

/** Categories go by their number: two may have the same name. */
export function rowAxis(rows: number): YAXisComponentOption {
  return {
    type: 'category',
    inverse: true,
    data: Array.from({ length: rows }, (_, i) => `c${i}`),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
  };
}

export function valueAxis(
  range: { readonly min: number; readonly max: number },
  places: readonly number[],
  plotHeight: number,
  formatter: (value: number) => string,
): XAXisComponentOption {
  return {
    type: 'value',
    ...range,
    axisLine: { show: false },
    splitLine: { show: false },
    // Lines across the plot: those of ECharts stand at round values of its own.
    axisTick: {
      show: true,
      inside: true,
      customValues: [...places],
      length: plotHeight,
      lineStyle: { color: colour('chart-grid') },
    },
    axisLabel: { color: colour('muted'), fontSize: FONT_SIZE, customValues: [...places], formatter },
  };
}
