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

/** Milliseconds as people read them: three digits that matter below a second, `4 321 ms` style grouping is the renderer's. */
export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
}

/** `0.0123` → `1.23 %`. A share that is not 0 never reads `0.00 %`, and one below 1 never reads `100 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.99) return '> 99.99 %';
  return `${Number(percent.toFixed(2))} %`;
}

/** Bytes as `1.5 GiB`. */
export function formatGibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** `12345` → `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
