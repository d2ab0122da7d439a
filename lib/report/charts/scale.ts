import type { Axis } from '../../core/spec/document/chart.ts';
import { formatCount, formatDuration } from '../../core/spec/units.ts';

/** Where values stand along an axis that ECharts draws as a plain one, and what is written there. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Undefined for what the axis has no place for, such as 0 on a logarithmic one. */
  position(value: number): number | undefined;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

type Unit = Axis['unit'];

/** @param isTight whether the axis ends where the values end, as time does, and not at a round number. */
export function scaleFor({ scale, unit }: Axis, values: readonly number[], isTight = false): Scale {
  const finite = values.filter(Number.isFinite);
  if (scale === 'log') return logScale(finite, unit);
  return scale === 'percentile' ? percentileScale(finite) : linearScale(finite, unit, isTight);
}

const ROUND = [1, 2, 5, 10];
const ROUND_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

function linearScale(values: readonly number[], unit: Unit, isTight: boolean): Scale {
  const low = Math.min(...(isTight && values.length > 0 ? values : [0, ...values]));
  const high = values.length === 0 ? low + 1 : Math.max(...values);
  const span = high > low ? high - low : 1;
  const step = stepFor(span / 5, unit);
  const min = isTight ? low : Math.floor(low / step) * step;
  const max = isTight ? low + span : Math.max(Math.ceil(high / step - 1e-9) * step, min + step);
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  const ticks = Array.from({ length: count }, (_, i) => (first + i) * step);
  return {
    min,
    max,
    ticks: ticks.map((at) => ({ at, label: valueLabel(at, unit) })),
    position: (value) => (Number.isFinite(value) ? value : undefined),
  };
}

function stepFor(smallest: number, unit: Unit): number {
  if (unit === 'seconds' && smallest >= 1) {
    return ROUND_SECONDS.find((step) => step >= smallest) ?? Math.ceil(smallest / 86_400) * 86_400;
  }
  const power = 10 ** Math.floor(Math.log10(smallest));
  const step = (ROUND.find((each) => each * power >= smallest * (1 - 1e-9)) ?? 10) * power;
  return unit === 'count' ? Math.max(1, step) : step;
}

function logScale(values: readonly number[], unit: Unit): Scale {
  const positive = values.filter((value) => value > 0);
  const low = roundBelow(Math.min(...(positive.length > 0 ? positive : [1])));
  const high = Math.max(roundAbove(Math.max(...(positive.length > 0 ? positive : [10]))), low * 10);
  const decades = Math.log10(high / low);
  return {
    min: Math.log10(low),
    max: Math.log10(high),
    ticks: roundNumbers(low, high, decades).map((value) => ({ at: Math.log10(value), label: valueLabel(value, unit) })),
    position: (value) => (value > 0 && Number.isFinite(value) ? Math.log10(value) : undefined),
  };
}

function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (ROUND.findLast((each) => each * power <= value * (1 + 1e-9)) ?? 1) * power;
}

function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (ROUND.find((each) => each * power >= value * (1 - 1e-9)) ?? 10) * power;
}

function roundNumbers(low: number, high: number, decades: number): number[] {
  const digits = decades <= 2 ? [1, 2, 5] : [1];
  const stride = decades > 7 ? 2 : 1;
  const first = Math.floor(Math.log10(low) + 1e-9);
  const powers = Array.from({ length: Math.ceil(decades / stride) + 2 }, (_, i) => 10 ** (first + i * stride));
  return powers
    .flatMap((power) => digits.map((digit) => digit * power))
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

const QUANTILES = [0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999];
/** How far behind the last quantile the greatest value stands: its true place is infinitely far. */
const ROOM_FOR_MAX = 0.4;

const tail = (quantile: number) => -Math.log10(1 - quantile);

function percentileScale(values: readonly number[]): Scale {
  const inside = values.filter((quantile) => quantile >= 0 && quantile < 1);
  const last = Math.max(1, ...inside.map(tail));
  const hasMax = values.some((quantile) => quantile >= 1);
  const max = hasMax ? last + ROOM_FOR_MAX : last;
  const ticks = QUANTILES.filter((quantile) => tail(quantile) <= last + 1e-9).map((quantile) => ({
    at: tail(quantile),
    label: quantile === 0 ? 'min' : `p${Number((quantile * 100).toFixed(3))}`,
  }));
  return {
    min: 0,
    max,
    ticks: hasMax ? [...ticks, { at: max, label: 'max' }] : ticks,
    position: (quantile) => (quantile >= 1 ? max : quantile >= 0 ? tail(quantile) : undefined),
  };
}

function valueLabel(value: number, unit: Unit): string {
  if (unit === 'seconds') return formatDuration(Math.max(0, value));
  const shown = Number((unit === 'share' ? value * 100 : value).toPrecision(6));
  return formatCount(shown);
}

const UNIT_TEXTS: Readonly<Record<Unit, string>> = {
  ms: 'ms',
  // Their labels say it themselves: 30s, 1m30s.
  seconds: '',
  share: '%',
  'per second': 'per second',
  count: '',
};

/** The title of an axis with its unit, and with its scale where a reader could take it for a plain one. */
export function axisTitle({ title, unit, scale }: Axis): string {
  const text = scale === 'percentile' ? '' : UNIT_TEXTS[unit];
  const said = [...(text === '' || title.includes(text) ? [] : [text]), ...(scale === 'log' ? ['log scale'] : [])];
  return said.length === 0 ? title : `${title} (${said.join(', ')})`;
}
