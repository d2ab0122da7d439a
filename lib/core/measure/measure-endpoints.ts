import { NOT_DECLARED } from '../spec/not-declared.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { countOf, expectEqual } from './counted.ts';
import {
  endpointLatencyMetric,
  noRetryAfterMetric,
  outcomeSubMetric,
  overallLatencyMetric,
  undecidedChecksMetric,
} from './k6-metrics.ts';
import type { Cause, EndpointFacts, EndpointRow, EndpointSummary, K6Metrics, Measured } from './measured.ts';
import { mergeLatencies } from './merge-latencies.ts';
import { addOutcomes, countRequests, OBSERVED_OUTCOMES, type OutcomeCounts } from './outcome.ts';
import { latencyFromTrend } from './quantile-ladder.ts';

/** What the script sends beside its endpoints. k6 alone says of it what was expected. */
const OF_SCRIPT: EndpointRow = { id: NOT_DECLARED, path: NOT_DECLARED, category: 'Not declared' };

/** Each endpoint, and what the script has sent beside them, where it has. */
export function measureEndpoints(figures: MeasuredEndpoints): EndpointSummary[] {
  const { metrics, endpoints, checksContent = false, causes } = figures;
  const withCauses = (row: EndpointSummary) => ({ ...row, ...present({ causes: causes?.[row.id] }) });
  const ofScript = measureEndpoint(metrics, OF_SCRIPT, false);
  return [
    ...endpoints.map((each) => measureEndpoint(metrics, each, checksContent)),
    ...(ofScript.requests > 0 ? [ofScript] : []),
  ].map(withCauses);
}

interface MeasuredEndpoints {
  readonly metrics: K6Metrics;
  readonly endpoints: readonly EndpointFacts[];
  readonly checksContent?: boolean;
  readonly causes?: Readonly<Record<string, readonly Cause[]>>;
}

/** Every request was either `ok`, which k6 counts where the status alone says so, or something else, which we do. */
function measureEndpoint(metrics: K6Metrics, facts: EndpointRow, checksContent: boolean): EndpointSummary {
  const latencyOf = (replies: 'ok' | 'not ok' | 'all') =>
    latencyFromTrend(metrics[endpointLatencyMetric(replies, facts.id, checksContent)]?.values);
  const ok = latencyOf('ok');
  const notOk = latencyOf('not ok');
  const recorded = latencyOf('all');
  const all = recorded.count > 0 ? recorded : mergeLatencies([ok, notOk]);
  const observed: OutcomeCounts = Object.fromEntries(
    OBSERVED_OUTCOMES.map(
      (outcome) => [outcome, countOf(metrics, outcomeSubMetric(outcome, facts.id))] as const,
    ).filter(([, count]) => count > 0),
  );
  const unclassified = all.count - ok.count - countRequests(observed);
  const outcomes = addOutcomes([observed, { ok: ok.count, unclassified }]);
  const latencyMs = { all, ok };
  expectEqual(countRequests(outcomes), all.count, `requests of endpoint "${facts.id}"`);
  const withoutRetryAfter = countOf(metrics, noRetryAfterMetric(facts.id));
  const undecided = countOf(metrics, undecidedChecksMetric(facts.id));
  return {
    ...facts,
    requests: all.count,
    outcomes,
    latencyMs,
    ...(withoutRetryAfter > 0 ? { limitedWithoutRetryAfter: withoutRetryAfter } : {}),
    ...(undecided > 0 ? { undecidedChecks: undecided } : {}),
  };
}

/** All endpoints together: counts are sums, percentiles are k6's own over all requests of the load. */
export function measureTotals(
  metrics: K6Metrics,
  endpoints: readonly EndpointSummary[],
  checksContent: boolean,
): Measured {
  const all = latencyFromTrend(metrics[overallLatencyMetric('all', checksContent)]?.values);
  const ok = latencyFromTrend(metrics[overallLatencyMetric('ok', checksContent)]?.values);
  expectEqual(ok.count, sum(endpoints.map(({ latencyMs }) => latencyMs.ok.count)), 'successful responses');
  return {
    requests: sum(endpoints.map(({ requests }) => requests)),
    outcomes: addOutcomes(endpoints.map(({ outcomes }) => outcomes)),
    latencyMs: { all, ok },
  };
}
