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

/**
 * k6's `thresholds`: the limits that k6 can evaluate while it runs, and an empty list for every sub-metric we count
 * on. An empty list cannot fail; it only makes k6 keep the sub-metric and put it into the summary. What k6 cannot
 * evaluate (a share of something it does not count on every request) is judged afterwards.
 */
export function k6Thresholds(
  thresholds: readonly Threshold[],
  endpoints: readonly Pick<Endpoint, 'id' | 'rateLimit' | 'check'>[],
  { abortOnFailAfterSeconds, hasWarmUp }: { readonly abortOnFailAfterSeconds?: number; readonly hasWarmUp: boolean },
): NonNullable<Options['thresholds']> {
  const lists: Record<string, (string | ObjectThreshold)[]> = {};
  const add = (metric: string, ...expressions: string[]) => {
    const entries = expressions.map((threshold) =>
      abortOnFailAfterSeconds === undefined
        ? threshold
        : { threshold, abortOnFail: true, delayAbortEval: `${abortOnFailAfterSeconds}s` },
    );
    lists[metric] = [...(lists[metric] ?? []), ...entries];
  };
  if (hasWarmUp) {
    add(inLoadMetric('iterations'));
    add(inLoadMetric('dropped_iterations'));
    add(inLoadMetric(OWN_METRICS.failedIterations));
  }
  const checks = checksContent(endpoints);
  add(overallLatencyMetric('all', checks));
  add(overallLatencyMetric('ok', checks));
  for (const { id, rateLimit, check } of endpoints) {
    add(endpointLatencyMetric('ok', id, checks));
    add(endpointLatencyMetric('not ok', id, checks));
    if (check !== undefined) add(undecidedChecksMetric(id));
    if (rateLimit !== undefined) add(noRetryAfterMetric(id));
    for (const outcome of OBSERVED_OUTCOMES) add(outcomeSubMetric(outcome, id));
  }
  for (const threshold of thresholds) {
    for (const [metric, expression] of expressionsOf(threshold, checks)) add(metric, expression);
  }
  const timeoutLimit = thresholds.find(
    ({ metric, endpoint }) => metric === 'timeoutRate' && endpoint === undefined,
  )?.limit;
  if (abortOnFailAfterSeconds !== undefined && timeoutLimit !== undefined)
    add(OWN_METRICS.timeouts, `rate<${timeoutLimit}`);
  return lists;
}

function expressionsOf(
  { metric, endpoint, limit }: Threshold,
  checks: boolean,
): (readonly [metric: string, expression: string])[] {
  const counter = (outcome: 'server_error' | 'refused' | 'reset') =>
    endpoint === undefined ? outcomeMetric(outcome) : outcomeSubMetric(outcome, endpoint);
  switch (metric) {
    case 'okP95Ms':
      return [
        [
          endpoint === undefined ? overallLatencyMetric('ok', checks) : endpointLatencyMetric('ok', endpoint, checks),
          `p(95)<${limit}`,
        ],
      ];
    case 'serverErrors':
      return [[counter('server_error'), `count<=${limit}`]];
    case 'refusedOrReset':
      return [
        [counter('refused'), `count<=${limit}`],
        [counter('reset'), `count<=${limit}`],
      ];
    default:
      return [];
  }
}
