import type { ObjectThreshold, Options } from 'k6/options';
import type { Threshold } from '../core/judge/threshold.ts';
import {
  endpointLatencyMetric,
  inLoadMetric,
  noRetryAfterMetric,
  OWN_METRICS,
  outcomeMetric,
  outcomeSubMetric,
  overallLatencyMetric,
  undecidedChecksMetric,
} from '../core/measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES } from '../core/measure/outcome.ts';
import { checksContent, type Endpoint } from '../core/spec/endpoint.ts';
import { present } from '../core/spec/present.ts';
import { expressionOf, type K6Limit } from './k6-limit.ts';

/** What must be known of a test for its limits. */
export interface LimitContext {
  readonly endpoints: readonly Pick<Endpoint, 'id' | 'rateLimit' | 'check'>[];
  readonly hasWarmUp: boolean;
  /** Every limit ends the run, once the run is so old. Absent: none does. */
  readonly abortOnFailAfterSeconds?: number;
}

/**
 * The limits that can be held while the load runs. What cannot (a share of something that is not counted on every
 * request) is judged afterwards.
 */
export function limitsOf(thresholds: readonly Threshold[], context: LimitContext): K6Limit[] {
  const { endpoints, abortOnFailAfterSeconds } = context;
  const ends = present({ endsAfterSeconds: abortOnFailAfterSeconds });
  const checks = checksContent(endpoints);
  const limits = thresholds.flatMap((threshold) => limitsOn(threshold, checks));
  const timeouts = thresholds.find(({ metric, endpoint }) => metric === 'timeoutRate' && endpoint === undefined);
  const onTimeouts: K6Limit[] =
    abortOnFailAfterSeconds === undefined || timeouts === undefined
      ? []
      : [{ metric: OWN_METRICS.timeouts, aggregate: 'rate', operator: '<', limit: timeouts.limit }];
  return [...limits, ...onTimeouts].map((limit) => ({ ...limit, ...ends }));
}

/** The metric that a limit on the latency of `ok` replies is held against. */
export function latencyMetricOf({ endpoint }: Pick<Threshold, 'endpoint'>, checks: boolean): string {
  return endpoint === undefined ? overallLatencyMetric('ok', checks) : endpointLatencyMetric('ok', endpoint, checks);
}

function limitsOn(threshold: Threshold, checks: boolean): K6Limit[] {
  const { metric, endpoint, limit } = threshold;
  const counter = (outcome: 'server_error' | 'refused' | 'reset'): K6Limit => ({
    metric: endpoint === undefined ? outcomeMetric(outcome) : outcomeSubMetric(outcome, endpoint),
    aggregate: 'count',
    operator: '<=',
    limit,
  });
  switch (metric) {
    case 'okP95Ms':
      return [{ metric: latencyMetricOf(threshold, checks), aggregate: 'p95', operator: '<', limit }];
    case 'serverErrors':
      return [counter('server_error')];
    case 'refusedOrReset':
      return [counter('refused'), counter('reset')];
    default:
      return [];
  }
}

/** Every sub-metric that the figures of a test are counted on. */
export function keptMetrics({ endpoints, hasWarmUp }: LimitContext): string[] {
  const checks = checksContent(endpoints);
  return [
    ...(hasWarmUp
      ? (['iterations', 'dropped_iterations', OWN_METRICS.failedIterations] as const).map(inLoadMetric)
      : []),
    overallLatencyMetric('all', checks),
    overallLatencyMetric('ok', checks),
    ...endpoints.flatMap(({ id, rateLimit, check }) => [
      endpointLatencyMetric('ok', id, checks),
      endpointLatencyMetric('not ok', id, checks),
      ...(check === undefined ? [] : [undecidedChecksMetric(id)]),
      ...(rateLimit === undefined ? [] : [noRetryAfterMetric(id)]),
      ...OBSERVED_OUTCOMES.map((outcome) => outcomeSubMetric(outcome, id)),
    ]),
  ];
}

/**
 * k6's `thresholds`, for a k6 without the recorder: the limits, and an empty list for every sub-metric we count on. An
 * empty list cannot fail; it only makes k6 keep the sub-metric and put it into the summary.
 */
export function k6Thresholds(kept: readonly string[], limits: readonly K6Limit[]): NonNullable<Options['thresholds']> {
  const lists: Record<string, (string | ObjectThreshold)[]> = Object.fromEntries(kept.map((metric) => [metric, []]));
  for (const limit of limits) {
    const { metric, endsAfterSeconds } = limit;
    const threshold = expressionOf(limit);
    const entry =
      endsAfterSeconds === undefined
        ? threshold
        : { threshold, abortOnFail: true, delayAbortEval: `${endsAfterSeconds}s` };
    lists[metric] = [...(lists[metric] ?? []), entry];
  }
  return lists;
}
