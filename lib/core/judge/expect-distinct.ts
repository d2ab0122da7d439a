import type { Measured } from '../measure/measured.ts';
import { UserError } from '../spec/errors.ts';
import { shownName } from '../spec/shown.ts';
import { describePart, partOf } from './parts.ts';
import type { StoredRun } from './run-summary.ts';

/** When a run was and what its requests took: no two loads have the same of all of it. */
export type Measurement = Pick<StoredRun, 'startedAt' | 'loadStartedAt' | 'endedAt'> & {
  readonly totals: Pick<Measured, 'outcomes'> & {
    readonly latencyMs: { readonly all: Pick<Measured['latencyMs']['all'], 'count' | 'avg' | 'max'> };
  };
};

/** What tells measurements apart, whatever they are called. */
export function figuresKey({ startedAt, endedAt, loadStartedAt, totals }: Measurement): string {
  const { count, avg = 0, max = 0 } = totals.latencyMs.all;
  // Where nothing was measured, only the times tell them apart.
  return JSON.stringify(
    count > 0 && max > 0 ? [totals.outcomes, count, avg, max] : [startedAt, loadStartedAt, endedAt],
  );
}

/**
 * Runs that are taken for repetitions of each other: each whole, and each measured by itself.
 * @throws UserError for a part of a run, and for a copy of a run under another name
 */
export function expectDistinctRuns(runs: readonly StoredRun[]): void {
  for (const run of runs) {
    const part = partOf(run);
    if (part !== undefined) throw isPart(run.runId, describePart(part));
  }
  refuseCopies(runs);
}

/**
 * Our own runs, each of which counts for itself: k6's files need not say when they were made.
 * @throws UserError for a copy of a run under another name
 */
export function expectNoCopies(runs: readonly StoredRun[]): void {
  refuseCopies(runs.filter(({ source }) => source === 'k6-verdict' || source === 'script'));
}

/** One run may be named twice. */
function refuseCopies(runs: readonly StoredRun[]): void {
  const seen = new Map<string, string>();
  for (const run of runs) {
    const key = figuresKey(run);
    const first = seen.get(key) ?? run.runId;
    if (first !== run.runId) throw isCopy(run.runId, first);
    seen.set(key, first);
  }
}

function isPart(runId: string, part: string): UserError {
  return new UserError({
    what: 'A part of a run does not stand for the whole run.',
    received: `${shownName(runId)}, ${part}`,
    expected: 'whole runs',
    todo: 'merge it with the others first: npx k6-verdict merge <parts...>',
  });
}

function isCopy(runId: string, first: string): UserError {
  return new UserError({
    what: `${shownName(runId)} is a copy of ${shownName(first)}: their figures are the same.`,
    expected: 'runs that were each measured by themselves',
    todo: 'leave one of them out',
  });
}
