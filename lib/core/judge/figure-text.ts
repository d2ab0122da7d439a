import { formatCount, formatMs, formatShare } from '../spec/units.ts';
import type { StoredThreshold } from './threshold.ts';

type Unit = StoredThreshold['unit'];

const SUFFIXES: Readonly<Record<Unit, string>> = {
  ms: ' ms',
  perSecond: '/s',
  seconds: ' s',
  share: ' %',
  count: '',
  value: '',
};

/** A limit as it was written. */
export function formatLimit(limit: number, unit: Unit): string {
  if (unit === 'count') return formatCount(limit);
  return `${unit === 'share' ? Number((limit * 100).toFixed(6)) : limit}${SUFFIXES[unit]}`;
}

const MOST_DIGITS = 17;

/**
 * Rounded as for people, but never so far that it stands otherwise to its limit than the value does: 1000.3 ms, which
 * is not below 1000 ms, does not read `1000 ms`.
 */
export function formatActual(actual: number, limit: number, unit: Unit): string {
  const scale = unit === 'share' ? 100 : 1;
  const isTrue = (text: string) => compare(readNumber(text, unit), limit * scale) === Math.sign(actual - limit);
  const usual = formatValue(actual, unit);
  const digitsOfUsual = usual.replace(/\D/g, '').replace(/^0+/, '').length;
  const closer = Array.from({ length: MOST_DIGITS - digitsOfUsual }, (_, i) => digitsOfUsual + 1 + i).map(
    (digits) => `${Number((actual * scale).toPrecision(digits))}${SUFFIXES[unit]}`,
  );
  return [usual, ...closer].find(isTrue) ?? `${actual * scale}${SUFFIXES[unit]}`;
}

/** What a reader takes a text for, in the unit of its limit; `< 0.01 %` is somewhere below. */
function readNumber(text: string, unit: Unit): number {
  const number = Number(/[\d.]+/.exec(text.replaceAll(',', ''))?.[0]);
  if (text.startsWith('<')) return number / 2;
  if (text.startsWith('>')) return (number + 100) / 2;
  return unit === 'ms' && text.endsWith(' s') ? number * 1000 : number;
}

/** Like `Math.sign(a - b)`, without the last digits, which percent does not have. */
function compare(a: number, b: number): number {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : Math.sign(a - b);
}

export function formatValue(value: number, unit: Unit): string {
  if (unit === 'ms') return formatMs(value);
  if (unit === 'perSecond') return `${Number(value.toPrecision(4))}/s`;
  if (unit === 'seconds') return `${Number(value.toFixed(2))} s`;
  if (unit === 'value') return `${Number(value.toPrecision(6))}`;
  return unit === 'share' ? formatShare(value) : formatCount(value);
}
