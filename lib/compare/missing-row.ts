import type { StoredRun } from '../core/judge/run-summary.ts';
import { repliesNeeded } from '../core/measure/percentile-stability.ts';
import type { ComparedRow } from './comparison.ts';
import type { Arranged } from './design.ts';
import { QUANTILES, type RowDefinition } from './row-definition.ts';
import { subjectIn } from './row-subject.ts';

/**
 * Rows of a script are whatever it requested, and one that is hardly ever met can be missing in a run by chance. One that
 * was met so often is missing for a reason: below that, no percentile of it would be compared either.
 */
const SURELY_MET = repliesNeeded(QUANTILES.p50);

/**
 * The side that has nothing to compare, where every run of the other one has: what was not compared is no pass. Undefined
 * where that can be chance.
 */
export function missingIn(
  definition: RowDefinition,
  { baseValues, headValues }: Pick<ComparedRow, 'baseValues' | 'headValues'>,
  { base, head }: Arranged,
): 'base' | 'head' | undefined {
  const areSureToMeet = (runs: readonly StoredRun[]) => runs.every((run) => isSureToMeet(definition, run));
  if (!baseValues.includes(null) && headValues.includes(null) && areSureToMeet(base)) return 'head';
  // What base met, and was never answered well, is nothing that head could be worse than.
  const isNew = base.some((run) => subjectIn(run, definition) === undefined);
  return isNew && !headValues.includes(null) && areSureToMeet(head) ? 'base' : undefined;
}

/** The endpoints of a scenario are declared: each of them is sent. */
function isSureToMeet({ quantile, ...row }: RowDefinition, run: StoredRun): boolean {
  if (run.source !== 'script') return true;
  const { requests = 0, latencyMs } = subjectIn(run, row) ?? {};
  return (quantile === undefined ? requests : (latencyMs?.ok.count ?? 0)) >= SURELY_MET;
}

/** `met in 5 of 5 runs of base, and in 0 of 5 of head`; undefined where every run met it. */
export function whereMet(definition: RowDefinition, { base, head }: Arranged): string | undefined {
  const met = (runs: readonly StoredRun[]) => runs.filter((run) => subjectIn(run, definition) !== undefined).length;
  if (met(base) === base.length && met(head) === head.length) return undefined;
  return `met in ${met(base)} of ${base.length} runs of base, and in ${met(head)} of ${head.length} of head`;
}
