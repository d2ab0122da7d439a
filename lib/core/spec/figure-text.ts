import { formatCount, formatFigure, formatMs, formatRate, formatShare } from './units.ts';

/** What a figure that is judged is counted in. */
export type Unit = 'ms' | 'perSecond' | 'seconds' | 'share' | 'count' | 'value';

/** What a figure is multiplied with to be shown, and what stands behind it. */
type Scale = readonly [factor: number, suffix: string];

const SCALES: Readonly<Record<Unit, Scale>> = {
  ms: [1, ' ms'],
  perSecond: [1, '/s'],
  seconds: [1, ' s'],
  share: [100, ' %'],
  count: [1, ''],
  value: [1, ''],
};
const SECONDS_OF_MS: Scale = [1 / 1000, ' s'];

const scaleOf = (figure: number, unit: Unit): Scale => (unit === 'ms' && figure >= 1000 ? SECONDS_OF_MS : SCALES[unit]);

/** A limit with all the digits that it was written with: `500 ms`, `1.5 s`, `99.95 %`. */
export function formatLimit(limit: number, unit: Unit): string {
  const [factor, suffix] = scaleOf(limit, unit);
  return `${formatCount(factor === 1 ? limit : Number((limit * factor).toPrecision(12)))}${suffix}`;
}

/** With all its digits, and in one unit: for what reads figures and compares them. */
export function formatExact(figure: number, unit: Unit): string {
  const [factor, suffix] = SCALES[unit];
  return `${Number((figure * factor).toPrecision(12))}${suffix}`;
}

const MOST_DIGITS = 17;

/**
 * Rounded as for people (`formatFigure` and `formatShare` of lib/core/spec/units.ts), but never so far that it stands
 * otherwise to its limit than the value does: 1000.3 ms, which is not below 1 s, reads `1.0003 s`.
 * @param samples of how many it is a share
 */
export function formatActual(actual: number, limit: number, unit: Unit, samples?: number): string {
  const [factor, suffix] = scaleOf(actual, unit);
  const isTrue = (text: string) => compare(readFigure(text, unit), limit) === Math.sign(actual - limit);
  const usual = formatValue(actual, unit, samples);
  const digitsOfUsual = usual.replace(/\D/g, '').replace(/^0+/, '').length;
  const closer = Array.from(
    { length: Math.max(0, MOST_DIGITS - digitsOfUsual) },
    (_, i) => `${formatCount(Number((actual * factor).toPrecision(digitsOfUsual + 1 + i)))}${suffix}`,
  );
  return [usual, ...closer].find(isTrue) ?? `${actual * factor}${suffix}`;
}

/** What a reader takes a text for; `< 0.01 %` is somewhere below. */
function readFigure(text: string, unit: Unit): number {
  const number = Number(/-?[\d.]+(?:e[+-]?\d+)?/.exec(text.replaceAll(',', ''))?.[0]);
  const [factor] = unit === 'ms' && text.endsWith(' s') ? SECONDS_OF_MS : SCALES[unit];
  if (text.startsWith('<')) return number / factor / 2;
  if (text.startsWith('>')) return number < 100 ? (number + 100) / factor / 2 : (number * 1.00001) / factor;
  return number / factor;
}

/** Like `Math.sign(a - b)`, without the last digits, which percent does not have. */
function compare(a: number, b: number): number {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : Math.sign(a - b);
}

/**
 * As for people, beside no limit.
 * @param samples of how many it is a share
 */
export function formatValue(value: number, unit: Unit, samples?: number): string {
  if (unit === 'ms') return formatMs(value);
  if (unit === 'perSecond') return formatRate(value);
  if (unit === 'share') return formatShare(value, samples);
  if (unit === 'count') return formatCount(value);
  return `${formatFigure(value)}${SCALES[unit][1]}`;
}
