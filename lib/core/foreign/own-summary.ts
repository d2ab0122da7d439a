import { OK_REPLIES, okLatencyName, tagged, verdictName } from '../judge/k6-summary/k6-words.ts';
import { VERDICTS, type Verdict } from '../judge/verdict-rank.ts';
import { OWN_METRICS, outcomeMetric } from '../measure/k6-metrics.ts';
import { countRequests, OBSERVED_OUTCOMES, type OutcomeCounts } from '../measure/outcome.ts';
import type { K6File, K6FileMetric, Tags } from './k6-file.ts';

/** The verdict in a file that k6-verdict wrote itself, in k6's shape (`k6-summary.json`); undefined for any other file. */
export function verdictIn({ metrics }: K6File): Verdict | undefined {
  return VERDICTS.find((verdict) => (metrics.get(verdictName(verdict))?.values.count ?? 0) > 0);
}

export function isOwn(file: K6File): boolean {
  return verdictIn(file) !== undefined;
}

export interface OwnRequests {
  readonly outcomes: OutcomeCounts;
  /** The times of `ok` replies. */
  readonly okTimes: K6FileMetric['values'] | undefined;
}

/**
 * What became of requests, as k6-verdict counted it: of the load, or of one endpoint. Undefined for a file of others, and
 * where more outcomes than requests were counted, which no run does.
 */
export function ownRequests(file: K6File, tags: Tags, requests: number): OwnRequests | undefined {
  const { endpoint, ...others } = tags;
  if (Object.keys(others).length > 0 || !isOwn(file)) return undefined;
  const countOf = (metric: string) => file.metrics.get(tagged(metric, endpoint))?.values.count ?? 0;
  const known: OutcomeCounts = Object.fromEntries(
    [
      ['ok', countOf(OK_REPLIES)] as const,
      ...OBSERVED_OUTCOMES.map((outcome) => [outcome, countOf(outcomeMetric(outcome))] as const),
    ].filter(([, count]) => count > 0),
  );
  const rest = requests - countRequests(known);
  if (rest < 0) return undefined;
  const okTimes = file.metrics.get(okLatencyName(endpoint, file.metrics.has(OWN_METRICS.okDuration)))?.values;
  return { outcomes: { ...known, ...(rest > 0 ? { unclassified: rest } : {}) }, okTimes };
}

/** How long the load lasted, in seconds: k6 itself knows only of the whole run. */
export function ownWindow({ metrics }: K6File): number | undefined {
  const ms = metrics.get(OWN_METRICS.loadWindow)?.values.value;
  return ms === undefined ? undefined : ms / 1000;
}
