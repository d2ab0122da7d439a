import type { ObjectThreshold, Options } from 'k6/options';
import { customMetricOf } from '../core/judge/custom-metrics.ts';
import { definitionOf, type Metric, titleOfMetric } from '../core/judge/metrics.ts';
import { subjectOf, type Threshold } from '../core/judge/threshold.ts';
import {
  endpointLatencyMetric,
  inLoadMetric,
  journeyMetric,
  LOAD_PHASE,
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
import { named } from '../core/spec/words.ts';
import { expressionOf, type K6Limit } from './k6-limit.ts';

/** What must be known of a test for its limits. */
export interface LimitContext {
  readonly endpoints: readonly Pick<Endpoint, 'id' | 'rateLimit' | 'check'>[];
  readonly hasWarmUp: boolean;
  /** Whether the recorder holds them, and not k6. */
  readonly isRecorded: boolean;
  /** Every limit ends the run, once the run is so old. Absent: none does. */
  readonly abortOnFailAfterSeconds?: number;
}

/**
 * The limits that can be held while the load runs. What cannot (a share of something that is not counted on every
 * request) is judged afterwards.
 */
export function limitsOf(thresholds: readonly Threshold[], context: LimitContext): K6Limit[] {
  const { endpoints, isRecorded, abortOnFailAfterSeconds } = context;
  const ends = present({ endsAfterSeconds: abortOnFailAfterSeconds });
  const checks = checksContent(endpoints);
  const limits = thresholds
    // k6 itself refuses a threshold on a metric that the script does not make.
    .filter(({ custom }) => custom === undefined || isRecorded)
    .flatMap((threshold) => limitsOn(threshold, checks));
  const timeouts = thresholds.find(isOnTimeouts);
  const onTimeouts: K6Limit[] =
    abortOnFailAfterSeconds === undefined || timeouts === undefined
      ? []
      : [{ metric: OWN_METRICS.timeouts, aggregate: 'rate', operator: '<', limit: timeouts.limit }];
  return [...limits, ...onTimeouts].map((limit) => ({ ...limit, ...ends }));
}

/** Timeouts are counted on all requests, and not on those of each endpoint. */
function isOnTimeouts({ metric, endpoint }: Threshold): boolean {
  return metric === 'timeoutRate' && endpoint === undefined;
}

/** The metric that a limit on the latency of `ok` replies is held against. */
export function latencyMetricOf({ endpoint }: Pick<Threshold, 'endpoint'>, checks: boolean): string {
  return endpoint === undefined ? overallLatencyMetric('ok', checks) : endpointLatencyMetric('ok', endpoint, checks);
}

/** What can be said of a load that goes on: what must be at least so much, or so much a second, is known at its end. */
const AGGREGATES: Readonly<Partial<Record<Metric, K6Limit['aggregate']>>> = {
  okP50Ms: 'p50',
  okP95Ms: 'p95',
  okP99Ms: 'p99',
  okMeanMs: 'mean',
  serverErrors: 'count',
  refusedOrReset: 'count',
  journeyP50Ms: 'p50',
  journeyP95Ms: 'p95',
  journeyP99Ms: 'p99',
  journeyMeanMs: 'mean',
  customP50: 'p50',
  customP95: 'p95',
  customP99: 'p99',
  customMean: 'mean',
  customMax: 'max',
  customCountAtMost: 'count',
  customShareAtLeast: 'rate',
  customShareAtMost: 'rate',
};

function limitsOn(threshold: Threshold, checks: boolean): K6Limit[] {
  const { metric: figure, limit } = threshold;
  const aggregate = AGGREGATES[figure];
  if (aggregate === undefined) return [];
  const { operator } = definitionOf(figure);
  const kind = present({ kind: customMetricOf(figure)?.kind });
  return metricsOf(threshold, checks).map((metric) => ({ metric, aggregate, operator, limit, ...kind }));
}

/** The metrics, each of which must stay within the limit. */
function metricsOf(threshold: Threshold, checks: boolean): string[] {
  const { metric, endpoint, journey, custom } = threshold;
  const counter = (outcome: 'server_error' | 'refused' | 'reset') =>
    endpoint === undefined ? outcomeMetric(outcome) : outcomeSubMetric(outcome, endpoint);
  if (custom !== undefined) return [`${custom}{phase:${LOAD_PHASE.phase}}`];
  if (journey !== undefined) return [journeyMetric(OWN_METRICS.journeyCompleted, journey)];
  if (metric === 'serverErrors') return [counter('server_error')];
  if (metric === 'refusedOrReset') return [counter('refused'), counter('reset')];
  return [latencyMetricOf(threshold, checks)];
}

const MOST_SUBJECTS = 4;

/**
 * The limits that end no run before its time, although any of them can fail it: `share of journeys completed (journey buy)`.
 */
export function judgedAtEnd(thresholds: readonly Threshold[]): string[] {
  const atEnd = thresholds.filter((each) => AGGREGATES[each.metric] === undefined && !isOnTimeouts(each));
  return [...new Set(atEnd.map(({ metric }) => metric))].map((metric) => {
    const subjects = atEnd.filter((each) => each.metric === metric).map((each) => subjectOf(each) ?? 'all requests');
    return `${titleOfMetric(metric)} (${named(subjects, MOST_SUBJECTS)})`;
  });
}

/** What each kind of metric can have, and k6 finds true of it. */
const OF_ITS_KIND = { counter: 'count>=0', rate: 'rate>=0', trend: 'avg>=0', gauge: 'value>=0' } as const;

/** Limits that decide nothing: k6 refuses a script that does not make the metrics that have limits, each of its kind. */
export function limitsOfMetrics(thresholds: readonly Threshold[]): NonNullable<Options['thresholds']> {
  const lists: Record<string, string[]> = {};
  for (const { metric, custom } of thresholds) {
    const kind = customMetricOf(metric)?.kind;
    if (kind !== undefined && custom !== undefined) lists[custom] = [...(lists[custom] ?? []), OF_ITS_KIND[kind]];
  }
  return lists;
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
