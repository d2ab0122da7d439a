import { addOutcomes, countRequests, OBSERVED_OUTCOMES, type OutcomeCounts } from '../core/outcome.ts';
import { latencyFromTrend } from '../core/quantile-ladder.ts';
import type { EndpointFacts, EndpointSummary, K6Threshold, LoadRecord, Measured } from '../core/run-summary.ts';
import type { K6Data } from './k6-data.ts';
import { latencyMetric, outcomeSubMetric } from './metrics.ts';

/** The figures of one endpoint. What k6 counted as sent and nothing classified is `unclassified`. */
export function summariseEndpoint(data: K6Data, facts: EndpointFacts): EndpointSummary {
  const latencyMs = latencyOf(data, facts.id);
  const observed: OutcomeCounts = Object.fromEntries(
    OBSERVED_OUTCOMES.map((outcome) => [outcome, countOf(data, outcomeSubMetric(outcome, facts.id))] as const).filter(
      ([, count]) => count > 0,
    ),
  );
  const requests = latencyMs.all.count;
  const ok = latencyMs.ok.count - (observed.check_failed ?? 0);
  const unclassified = requests - ok - countRequests(observed);
  if (ok < 0 || unclassified < 0) {
    throw new Error(
      `The counts of endpoint "${facts.id}" contradict each other: ${JSON.stringify({ requests, ok, observed })}`,
    );
  }
  return { ...facts, requests, outcomes: addOutcomes([observed, { ok, unclassified }]), latencyMs };
}

/** All endpoints together: counts are sums, percentiles k6's own over all requests of the load. */
export function summariseTotals(data: K6Data, endpoints: readonly EndpointSummary[]): Measured {
  const latencyMs = latencyOf(data);
  const requests = endpoints.reduce((sum, endpoint) => sum + endpoint.requests, 0);
  if (latencyMs.all.count !== requests) {
    throw new Error(`k6 counted ${latencyMs.all.count} requests of the load, but ${requests} over its endpoints`);
  }
  return { requests, outcomes: addOutcomes(endpoints.map(({ outcomes }) => outcomes)), latencyMs };
}

function latencyOf(data: K6Data, endpointId?: string): Measured['latencyMs'] {
  const latency = (replies: 'all' | 'ok') => latencyFromTrend(data.metrics[latencyMetric(replies, endpointId)]?.values);
  return { all: latency('all'), ok: latency('ok') };
}

/** What became of the iterations. */
export function summariseIterations(data: K6Data): LoadRecord['iterations'] {
  const failed = countOf(data, 'failed_iterations');
  return {
    completed: countOf(data, 'iterations') - failed,
    dropped: countOf(data, 'dropped_iterations'),
    failed,
  };
}

/** How many users k6 last saw; it looks once a second, so a very short run has no such figure. */
export function usersAtEnd(data: K6Data): Pick<LoadRecord, 'usersAtEnd'> {
  const users = data.metrics.vus?.values.value;
  return users === undefined ? {} : { usersAtEnd: users };
}

/** Length of the load in seconds; undefined when the run ended before its load did anything. */
export function loadSeconds(data: K6Data): number | undefined {
  const milliseconds = data.metrics.load_window?.values.value;
  return milliseconds === undefined || milliseconds === 0 ? undefined : milliseconds / 1000;
}

/** The thresholds that k6 evaluated, in a stable order. */
export function summariseK6Thresholds(data: K6Data): K6Threshold[] {
  return Object.entries(data.metrics)
    .flatMap(([metric, summarised]) =>
      Object.entries(summarised?.thresholds ?? {}).map(([threshold, { ok }]) => ({ metric, threshold, ok })),
    )
    .sort((a, b) => (a.metric + a.threshold < b.metric + b.threshold ? -1 : 1));
}

function countOf(data: K6Data, metric: string): number {
  return data.metrics[metric]?.values.count ?? 0;
}
