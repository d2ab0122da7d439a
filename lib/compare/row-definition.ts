import type { StoredRun } from '../core/judge/run-summary.ts';
import { hasEnoughBeyond } from '../core/measure/percentile-stability.ts';
import type { RowFamily, RowMetric } from './comparison.ts';
import type { Share } from './estimate.ts';
import { type RowSubject, subjectIn } from './row-subject.ts';

/** A positive number of each run, whose logarithm is compared. */
export interface Figure {
  /** @param compared all runs of the comparison; left out where they cannot be compared */
  readonly values: (runs: readonly StoredRun[], compared?: readonly StoredRun[]) => (number | undefined)[];
  /** Their logarithms; undefined where a run has no such number. */
  readonly logs: (runs: readonly StoredRun[], compared: readonly StoredRun[]) => number[] | undefined;
  /** Why there are no logarithms. */
  readonly whyNone: string;
}

/** One row: its names, and what is read of each run for it. */
export type RowDefinition = RowNames &
  (
    | { readonly figure: Figure; readonly share?: undefined }
    /** Of a run: a share of its requests. */
    | { readonly figure?: undefined; readonly share: (run: StoredRun) => Share | undefined }
  );

interface RowNames extends RowSubject {
  readonly metric: RowMetric;
  readonly title: string;
  readonly unit: 'ms' | 'share' | 'per second';
  readonly worse: 'higher' | 'lower' | 'either';
  readonly family: RowFamily;
  /** Of a percentile, 0-1. */
  readonly quantile?: number;
  /** Why this percentile decides for its endpoint, where it is not the p95. */
  readonly decidesBecause?: string;
}

export const QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

export type PercentileMetric = keyof typeof QUANTILES;

/** Whether every run has enough replies beyond the percentile for it to be decided by. */
export function hasEnoughReplies({ quantile, ...row }: RowDefinition, runs: readonly StoredRun[]): boolean {
  if (quantile === undefined) return true;
  return runs.every((run) => hasEnoughBeyond(quantile, subjectIn(run, row)?.latencyMs.ok.count ?? 0));
}

/**
 * Whether a percentile of a merged run can lie anywhere in a wide gap: it is known by its bracket, and without one not
 * at all.
 */
export function isInGap({ quantile, metric, ...row }: RowDefinition, runs: readonly StoredRun[]): boolean {
  if (quantile === undefined || !(metric in QUANTILES)) return false;
  return runs.some((run) => {
    const { brackets } = subjectIn(run, row)?.latencyMs.ok ?? {};
    if (brackets === undefined) return false;
    const bracket: readonly [number, number] | undefined = (brackets as Partial<typeof brackets>)[metric as 'p95'];
    return bracket === undefined || bracket[1] > bracket[0] * WIDE_GAP;
  });
}

const WIDE_GAP = 1.1;
