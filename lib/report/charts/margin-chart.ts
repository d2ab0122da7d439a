import type { MarginChart } from '../../core/spec/document/chart.ts';
import { formatCount } from '../../core/spec/units.ts';
import { colour } from '../document/colours.ts';
import { BAR_HEIGHT, nameAxis, ROW_HEIGHT, valueAxis } from './bar-axes.ts';
import { FONT_SIZE, type Picture, STILL, WIDTH } from './picture.ts';
import { roleColour } from './roles.ts';

/** Bars end here. Those that would go on are marked, and the text beside them has the whole value. */
const FARTHEST = 1;
/** Beside the longest bar, for its text. */
const ROOM_FOR_TEXT = 0.42;

export function marginPicture({ margins }: MarginChart): Picture {
  const names = nameAxis(margins.map(({ name }) => name));
  const plotHeight = Math.max(1, margins.length) * ROW_HEIGHT;
  return {
    width: WIDTH,
    height: 28 + plotHeight + 26,
    option: {
      ...STILL,
      title: sides(names.width),
      grid: { left: names.width, right: 24, top: 28, height: plotHeight, containLabel: false },
      xAxis: valueAxis(
        { min: -FARTHEST - ROOM_FOR_TEXT, max: FARTHEST + ROOM_FOR_TEXT },
        [-1, -0.5, 0, 0.5, 1],
        plotHeight,
        axisLabel,
      ),
      yAxis: { ...names.option, axisLine: { show: true, onZero: true, lineStyle: { color: colour('muted') } } },
      series: [
        {
          type: 'bar',
          ...STILL,
          name: 'margin',
          clip: false,
          barWidth: BAR_HEIGHT,
          data: margins.map(({ margin }) => ({
            value: clipped(margin),
            itemStyle: { color: roleColour(margin < 0 ? 'bad' : 'good') },
            label: { position: margin < 0 ? 'left' : 'right' },
          })),
          label: {
            show: true,
            color: colour('text'),
            fontSize: FONT_SIZE,
            formatter: ({ dataIndex }) => marginLabel(margins[dataIndex]?.margin ?? Number.NaN),
          },
        },
      ],
    },
  };
}

/** Says what left and right mean, where the eye begins. */
function sides(left: number) {
  const middle = left + (WIDTH - 24 - left) / 2;
  const side = (text: string, x: number, textAlign: 'left' | 'right') => ({
    text,
    left: x,
    top: 2,
    padding: 0,
    textAlign,
    textStyle: { color: colour('muted'), fontSize: FONT_SIZE, fontWeight: 'normal' as const },
  });
  return [side('beyond the limit', middle - 10, 'right'), side('within the limit', middle + 10, 'left')];
}

function clipped(margin: number): number {
  return Number.isNaN(margin) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, margin));
}

function axisLabel(value: number): string {
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value * 100)} %`;
}

/** Where a bar is cut off; the description of the chart says what it means. */
const BREAK = '⫽ ';

/** In whole percent: the table has the rest, and so it fits beside the names. */
function marginLabel(margin: number): string {
  if (Number.isNaN(margin)) return '–';
  const percent = Math.round(Math.abs(margin) * 100);
  const sign = margin < 0 ? '−' : '+';
  const text = percent === 0 && margin !== 0 ? `${sign}< 1 %` : `${sign}${formatCount(Math.min(percent, 9999))} %`;
  return `${Math.abs(margin) > FARTHEST ? BREAK : ''}${text}${percent > 9999 ? '+' : ''}`;
}
