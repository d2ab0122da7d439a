import { UserError } from './errors.ts';
import { kindOfText } from './shown.ts';
import { sum } from './sum.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
/** Of every duration. What is longer is a mistake, and far longer is none that k6 can read. */
export const LONGEST_SECONDS = 365 * 86_400;
const UNIT_ORDER = ['d', 'h', 'm', 's', 'ms'];

/**
 * Reads a duration as k6 writes them: `30s`, `1m30s`, `1.5h`, `500ms`, `0`.
 * @returns seconds
 * @throws UserError for anything else; a bare number other than 0 could mean seconds or milliseconds.
 */
export function parseDurationSeconds(text: string, name: string): number {
  if (text.trim() === '0') return 0;
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const units = parts.map((part) => UNIT_ORDER.indexOf(part[2] ?? ''));
  const isWhole = parts.length > 0 && parts.map((part) => part[0]).join('') === text.trim();
  const isOrdered = units.every((unit, i) => i === 0 || unit > (units[i - 1] ?? -1));
  if (!isWhole || !isOrdered) {
    throw new UserError({
      what: `${name} is not a duration.`,
      received: kindOfText(text),
      expected: 'a number with a unit, such as 30s, 5m, 1h30m or 500ms',
    });
  }
  const seconds = sum(parts.map((part) => Number(part[1]) * (UNIT_SECONDS[part[2] ?? ''] ?? 0)));
  if (seconds > LONGEST_SECONDS) {
    throw new UserError({
      what: `${name} is too long.`,
      received: kindOfText(text),
      expected: 'at most a year (365d)',
    });
  }
  return Number(seconds.toFixed(3));
}

/** `95` → `1m35s`, `0.25` → `250ms`: the shortest form that parseDurationSeconds reads back. */
export function formatDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  if (seconds < 1) return `${Number((seconds * 1000).toFixed(1))}ms`;
  const tenths = Math.round(seconds * 10) / 10;
  const hours = Math.floor(tenths / 3600);
  const minutes = Math.floor((tenths % 3600) / 60);
  const rest = Number((tenths % 60).toFixed(1));
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 || tenths < 60 ? `${rest}s` : ''}`;
}

/**
 * A measured figure as people read it: two digits that matter, and whole numbers from ten on (`0.62`, `5.1`, `83`,
 * `1,068`). More would be noise: the p95 of some hundred replies, and a rate of some minutes, differ in the second
 * digit from one run to the next. Figures are judged as they were measured, and files keep all their digits;
 * `formatActual` (lib/core/spec/figure-text.ts) adds digits where a limit is so near that rounding would hide on which
 * side of it a figure is.
 * @param digits three where a change between two figures is what is to be seen
 */
export function formatFigure(figure: number, digits = 2): string {
  if (figure === 0) return '0';
  const shown = figure.toPrecision(digits);
  return Math.abs(Number(shown)) < 10 ** (digits - 1) ? shown : formatCount(Math.round(figure));
}

/** `0.62 ms`, `13 ms`, `612 ms`, `5.1 s`: in seconds from one second on, in the digits of `formatFigure`. */
export function formatMs(ms: number, digits?: number): string {
  if (ms > 0 && ms < 0.01) return '< 0.01 ms';
  return Math.round(ms) < 1000 ? `${formatFigure(ms, digits)} ms` : `${formatFigure(ms / 1000, digits)} s`;
}

/**
 * `8.8/s`, `149/s`, `1,068/s`, in the digits of `formatFigure`.
 * @param of what is counted, where it must not be taken for requests: `149 journeys/s`
 */
export function formatRate(perSecond: number, of?: string): string {
  return `${withoutZeros(formatFigure(perSecond))}${of === undefined ? '' : ` ${of}`}/s`;
}

/** A rate that was asked for, as a plan says it: `12.5/s`, `30 journeys/s`, with up to four digits. */
export function formatPlannedRate(perSecond: number, of?: string): string {
  return `${formatCount(Number(perSecond.toPrecision(4)))}${of === undefined ? '' : ` ${of}`}/s`;
}

/** `0.8×`, `31×`, in the digits of `formatFigure`. */
export function formatFactor(factor: number): string {
  return `${withoutZeros(formatFigure(factor))}×`;
}

/**
 * `12 %`, `3.7 %`, `99.96 %`: two digits that matter, counted from 0 % or from 100 %, whichever is nearer, so that what
 * failed and what succeeded are told alike. No digit is finer than one of the samples: of 56, each is 1.8 %, so only
 * whole percents are shown. A share that is not 0 never reads `0 %`, and one that is not 1 never reads `100 %`.
 * @param samples of how many it is a share; without, as if of very many
 */
export function formatShare(share: number, samples = Number.POSITIVE_INFINITY): string {
  const percent = share * 100;
  const fromEnd = Math.min(Math.abs(percent), Math.abs(100 - percent));
  if (fromEnd === 0) return `${percent} %`;
  if (fromEnd < FINEST_PERCENT) return END_SHARES[percent < 50 ? 'none' : percent < 100 ? 'all' : 'more'];
  if (percent >= 1000) return `${formatCount(Number(percent.toPrecision(2)))} %`;
  const firstDigit = Math.max(0, -Math.floor(Math.log10(fromEnd)));
  const secondDigit = Math.max(0, 1 - Math.floor(Math.log10(fromEnd)));
  const oneSample = Math.max(0, Math.floor(Math.log10(samples)) - 2);
  const decimals = Math.max(firstDigit, Math.min(secondDigit, oneSample, 2));
  return `${Number(percent.toFixed(decimals))} %`;
}

const FINEST_PERCENT = 0.01;
const END_SHARES = { none: '< 0.01 %', all: '> 99.99 %', more: '> 100 %' };

/** `5.0` → `5`: for figures that stand in a sentence with others that are whole. */
export function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/**
 * `2026-11-27 02:31 UTC`: to the minute, as nobody looks for a run by its second. What is no moment, such as a day
 * alone, stays as it is.
 */
export function formatMoment(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:[\d.]+)?Z$/, '$1 $2 UTC');
}

/** Bytes as `1.5 GiB`. */
export function formatGibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** `12345` → `12,345`, and `1234.5678` → `1,234.5678`: all its digits, for what is counted or was written by somebody. */
export function formatCount(count: number): string {
  const [whole = '', ...fraction] = String(count).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}
