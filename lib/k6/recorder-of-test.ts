import { customMetricOf } from '../core/judge/custom-metrics.ts';
import { journeyMetricOf } from '../core/judge/journey-metrics.ts';
import { okLatencyOf } from '../core/judge/ok-latencies.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import {
  journeyMetric,
  LOAD_PHASE,
  OUTCOME_TAGS,
  OWN_METRICS,
  overallLatencyMetric,
  REQUESTS,
} from '../core/measure/k6-metrics.ts';
import type { RecorderConfig } from '../core/measure/record/recorder-config.ts';
import { checksContent } from '../core/spec/endpoint.ts';
import { WORK_OPTION_NAMES } from '../core/spec/k6-options.ts';
import { present } from '../core/spec/present.ts';
import { journeysOfPlan } from './journeys-of-plan.ts';
import { countedLimit, type K6Limit, stopOf } from './k6-limit.ts';
import type { StudyParts } from './questions/study-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';
import { latencyMetricOf } from './thresholds.ts';

const TAGS: RecorderConfig['tags'] = {
  [REQUESTS]: ['endpoint', 'at_rest', 'warm_up', 'phase', ...OUTCOME_TAGS],
  [OWN_METRICS.journeyStarted]: ['journey'],
  [OWN_METRICS.journeyCompleted]: ['journey'],
  [OWN_METRICS.journeyStopped]: ['stopped_at'],
  [OWN_METRICS.failedIterations]: ['phase', 'journey'],
  '*': ['phase', 'scenario', 'endpoint', 'step', 'step_outcome', 'result', 'status', 'group', 'check'],
};

/** Every request ends in them, and nobody asks. */
const SKIPPED = ['data_sent', 'data_received'];

/** Each endpoint has rows of its own in several metrics: none may be too many. */
const ROWS_PER_ENDPOINT = 10;
const USUAL_MOST_ROWS = 2000;

/** What the recorder is to keep of a test. */
export function recorderOf(
  { definition, order, plan, endpoints }: ResolvedTest,
  study: Pick<StudyParts, 'counted'> | undefined,
  thresholds: readonly Threshold[],
  limits: readonly K6Limit[],
): RecorderConfig {
  const checks = checksContent(endpoints);
  const journeys = journeysOfPlan(definition, plan);
  return {
    tags: TAGS,
    limits: [
      ...thresholds.flatMap((threshold) =>
        metricsOfPercentile(threshold, checks, journeys.length > 0).map((metric) =>
          countedLimit(metric, threshold.limit),
        ),
      ),
      ...(study?.counted ?? []),
    ],
    samples: [OWN_METRICS.events],
    stops: limits.flatMap((limit) =>
      limit.endsAfterSeconds === undefined ? [] : [stopOf(limit, limit.endsAfterSeconds)],
    ),
    options: WORK_OPTION_NAMES,
    skip: SKIPPED,
    // A journey can be stopped at each endpoint.
    mostRows: Math.max(USUAL_MOST_ROWS, Math.max(ROWS_PER_ENDPOINT, journeys.length) * endpoints.length),
    ...present({ spare: order.spareFile }),
  };
}

/** What the samples are of that decide over a limit on a percentile; none for any other limit. */
function metricsOfPercentile(threshold: Threshold, checks: boolean, hasJourneys: boolean): string[] {
  const { metric, endpoint, journey = '', custom = '' } = threshold;
  if (okLatencyOf(metric)?.quantile !== undefined) {
    // What a journey sends beside its endpoints is not checked, and is in the figures of all requests.
    const unchecked = hasJourneys && endpoint === undefined && checks ? [overallLatencyMetric('ok')] : [];
    return [latencyMetricOf(threshold, checks), ...unchecked];
  }
  if (journeyMetricOf(metric)?.quantile !== undefined) return [journeyMetric(OWN_METRICS.journeyCompleted, journey)];
  if (customMetricOf(metric)?.quantile !== undefined) return [`${custom}{phase:${LOAD_PHASE.phase}}`];
  return [];
}
