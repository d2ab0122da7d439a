import type { StoredRun } from '../core/judge/run-summary.ts';
import { logOf, mean } from './moments.ts';
import { type Figure, hasEnoughReplies, isInGap, type RowDefinition } from './row-definition.ts';

/** What each run says by itself. */
export function ofEachRun(value: (run: StoredRun) => number | undefined): Figure {
  const values = (runs: readonly StoredRun[]) => runs.map(value);
  return {
    values,
    logs: (runs) => {
      const known = values(runs).filter((each) => each !== undefined);
      return known.length === runs.length ? known.map(logOf) : undefined;
    },
    whyNone: 'a run has no such value',
  };
}

/**
 * The geometric mean over those of some rows that are sound in every run of the comparison. Its differences are the
 * means of theirs, so that endpoints that move together count as one run.
 */
export function geometricMeanOf(rows: readonly RowDefinition[]): Figure {
  const logs = (runs: readonly StoredRun[], compared: readonly StoredRun[]) => {
    const sound = rows
      .filter((row) => hasEnoughReplies(row, compared) && !isInGap(row, compared))
      .filter(({ figure }) => figure?.logs(compared, compared) !== undefined)
      .flatMap(({ figure }) => [figure?.logs(runs, compared) ?? []]);
    return sound.length === 0 ? undefined : runs.map((_, i) => mean(sound.map((each) => each[i] ?? Number.NaN)));
  };
  return {
    values: (runs, compared) =>
      (compared && logs(runs, compared))?.map((each) => Math.exp(each)) ?? runs.map(() => undefined),
    logs,
    whyNone: 'no endpoint has a sound percentile in every run (a p50 needs 40 successful responses, a p95 400)',
  };
}
