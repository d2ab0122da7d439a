import { formatActual, formatLimit } from '../../core/threshold-text.ts';
import { formatShare } from '../../core/units.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { NOT_MEASURED } from './cells.ts';

export function limitText({ operator, limit, unit }: ThresholdRow): string {
  return `${operator} ${unit === 'value' ? limit : formatLimit(limit, unit)}`;
}

export function actualText({ actual, limit, unit }: ThresholdRow): string {
  if (actual === undefined) return NOT_MEASURED;
  return unit === 'value' ? String(Number(actual.toPrecision(6))) : formatActual(actual, limit, unit);
}

export function marginText({ margin }: ThresholdRow): string {
  if (margin === undefined) return NOT_MEASURED;
  return `${margin < 0 ? '−' : '+'}${formatShare(Math.abs(margin))}`;
}
