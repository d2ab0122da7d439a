import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { colour } from '../document/colours.ts';
import { shortenedInside } from '../document/visible-text.ts';
import { estimatedWidth, FONT_SIZE } from './picture.ts';

export const ROW_HEIGHT = 24;
export const BAR_HEIGHT = 15;
const LONGEST_NAME = 42;

/** Names of bars, the first on top. Categories go by their number: two may have the same name. */
export function nameAxis(names: readonly string[]): { readonly width: number; readonly option: YAXisComponentOption } {
  const shown = names.map((name) => shortenedInside(name, LONGEST_NAME));
  return {
    width: Math.max(...shown.map((name) => estimatedWidth(name)), 40) + 12,
    option: {
      type: 'category',
      inverse: true,
      data: shown.map((_, i) => `c${i}`),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: colour('text'),
        fontSize: FONT_SIZE,
        interval: 0,
        formatter: (_id: string, i: number) => shown[i] ?? '',
      },
    },
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
