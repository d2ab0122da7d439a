import { formatActual, formatLimit } from '../core/threshold-text.ts';
import { formatMs, formatShare } from '../core/units.ts';
import type { OutcomeRow, ReportHeader, ThresholdRow } from './model.ts';

/** What stands where nothing was measured: never a 0. */
export const NOT_MEASURED = '–';

export function msText(ms: number | undefined): string {
  return ms === undefined ? NOT_MEASURED : formatMs(ms);
}

export function limitText({ operator, limit, unit }: ThresholdRow): string {
  return `${operator} ${formatLimit(limit, unit)}`;
}

export function actualText({ actual, limit, unit }: ThresholdRow): string {
  return actual === undefined ? NOT_MEASURED : formatActual(actual, limit, unit);
}

export function marginText({ margin }: ThresholdRow): string {
  if (margin === undefined) return NOT_MEASURED;
  return `${margin < 0 ? '−' : '+'}${formatShare(Math.abs(margin))}`;
}

/** `412 ok, 88 rate limited (429)`. */
export function outcomesText(outcomes: readonly OutcomeRow[], count: (value: number) => string): string {
  return outcomes.map((row) => `${count(row.count)} ${row.label}`).join(', ') || 'nothing sent';
}

const BAR_WIDTH = 40;

/** A bar for a share; what happened at all shows at least one mark. */
export function bar(share: number): string {
  return '█'.repeat(Math.max(share > 0 ? 1 : 0, Math.round(share * BAR_WIDTH)));
}

/** The system under test. */
export function targetText({ target, targetKind }: Pick<ReportHeader, 'target' | 'targetKind'>): string {
  return targetKind === 'reference-backend' ? `${target} (embedded reference backend)` : target;
}
