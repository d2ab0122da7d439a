import type { StoredRun } from '../../core/judge/run-summary.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import { formatCount, formatDuration, formatMs } from '../../core/spec/units.ts';
import type { Side } from '../../results/ab-record.ts';

/** How far the runs of an ab are. */
export interface AbProgress {
  readonly side: Side;
  readonly pair: number;
  /** Runs that are done, this one with them. */
  readonly done: number;
  /** Runs that are planned, as far as it is known. */
  readonly planned: number;
  readonly secondsSoFar: number;
  readonly isSelfCheck: boolean;
}

/** The line after a run: which one it was, what it measured, and how long the rest takes. */
export function describeProgress(
  { side, pair, done, planned, secondsSoFar, isSelfCheck }: AbProgress,
  summary: Pick<StoredRun, 'totals' | 'verdict'> | undefined,
): string {
  const which = isSelfCheck ? `base against base, ${side === 'base' ? 'first' : 'second'} side` : side;
  const left = planned - done;
  const rest = left === 0 ? '' : `; about ${formatDuration(Math.round((secondsSoFar / done) * left))} left`;
  const seen = summary === undefined ? 'no summary' : figures(summary);
  return `Run ${done} of ${planned} (pair ${pair}, ${which}): ${seen}${rest}`;
}

function figures({ totals, verdict }: Pick<StoredRun, 'totals' | 'verdict'>): string {
  const p95 = totals.latencyMs.ok.p95 === undefined ? '' : `, p95 ${formatMs(totals.latencyMs.ok.p95)}`;
  return `${formatCount(totals.requests)} requests${p95}${verdict === 'pass' ? '' : `, ${verdictText(verdict)}`}`;
}
