import type { StoredRun } from '../core/judge/run-summary.ts';
import { countEnded } from '../core/measure/measure-journeys.ts';
import type { JourneySummary, Measured } from '../core/measure/measured.ts';

/** What a row is about: one of these, or all endpoints together. */
export interface RowSubject {
  readonly endpoint?: string;
  /** A journey, by its name. */
  readonly journey?: string;
}

/** What was measured of it in a run; undefined where the run has no such endpoint or journey. */
export function subjectIn(run: StoredRun, { endpoint, journey }: RowSubject): Measured | undefined {
  if (journey !== undefined) {
    const found = run.journeys?.find(({ name }) => name === journey);
    return found && asMeasured(found);
  }
  return endpoint === undefined ? run.totals : run.endpoints.find(({ id }) => id === endpoint);
}

export function isOfAll({ endpoint, journey }: RowSubject): boolean {
  return endpoint === undefined && journey === undefined;
}

/** `services`, `journey buy`; undefined for all endpoints together. */
export function nameOfSubject({ endpoint, journey }: RowSubject): string | undefined {
  return journey === undefined ? endpoint : `journey ${journey}`;
}

/** Those that ended by themselves, in the words of requests: `ok` are the completed ones. */
function asMeasured(journey: JourneySummary): Measured {
  const { completed, durationMs } = journey;
  return { requests: countEnded(journey), outcomes: { ok: completed }, latencyMs: { all: durationMs, ok: durationMs } };
}
