import type { StoredRun } from '../core/judge/run-summary.ts';
import { repliesNeeded, valueAt } from '../core/measure/percentile-stability.ts';
import type { Latency } from '../core/measure/quantile-ladder.ts';
import { formatCount } from '../core/spec/units.ts';
import { hasEnoughReplies, isInGap, type PercentileMetric, QUANTILES, type RowDefinition } from './row-definition.ts';
import { subjectIn } from './row-subject.ts';

/** Which percentile decides for an endpoint is fixed beforehand: the first of these that is sound in every run. */
export const DECIDING_PERCENTILES = ['p95', 'p90', 'p75', 'p50'] as const satisfies readonly PercentileMetric[];

/** The percentile that decides for an endpoint, and why it is not the p95. */
export interface DecidingPercentile {
  readonly metric: (typeof DECIDING_PERCENTILES)[number];
  readonly because?: string;
}

/**
 * The highest percentile that is sound in every run (docs/comparison-procedure.md §2.2). It hangs on how many replies
 * there were, and not on how fast they came: so it favours neither side, and one row decides for an endpoint as before.
 * @param row the definition of the row of a percentile
 * @param runs all runs of the comparison
 * @returns undefined where none is: an endpoint that some run did not have, or hardly met
 */
export function decidingPercentile(
  row: (metric: PercentileMetric) => RowDefinition,
  runs: readonly StoredRun[],
): DecidingPercentile | undefined {
  const metric = DECIDING_PERCENTILES.find((each) => isSound(row(each), runs));
  if (metric === undefined || metric === 'p95') return metric && { metric };
  const p95 = row('p95');
  const fewest = fewestReplies(p95, runs);
  const because = hasEnoughReplies(p95, runs)
    ? 'decides, since the p95 lies in a gap of a merged distribution'
    : `decides: ${formatCount(fewest)} ${p95.journey === undefined ? 'successful responses' : 'completed journeys'} in some run, and a p95 needs ${formatCount(repliesNeeded(QUANTILES.p95))}`;
  return { metric, because };
}

/** What is missing where no percentile is sound. */
export const TOO_FEW_REPLIES = `too few responses: even a p50 needs ${formatCount(repliesNeeded(QUANTILES.p50))} successful responses in every run`;

function isSound(row: RowDefinition, runs: readonly StoredRun[]): boolean {
  return row.figure?.logs(runs, runs) !== undefined && hasEnoughReplies(row, runs) && !isInGap(row, runs);
}

function fewestReplies(row: RowDefinition, runs: readonly StoredRun[]): number {
  return Math.min(...runs.map((run) => subjectIn(run, row)?.latencyMs.ok.count ?? 0));
}

/** A percentile of a latency as it was stored: p75 is on the ladder alone. */
export function percentileOf(latency: Latency | undefined, metric: PercentileMetric): number | undefined {
  if (latency === undefined || latency.count === 0) return undefined;
  if (metric !== 'p75') return latency[metric];
  return latency.ladder === undefined ? undefined : valueAt(latency.ladder, QUANTILES.p75);
}
