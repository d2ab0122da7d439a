import type { Options, Scenario } from 'k6/options';
import { isBinding, type Threshold } from '../core/judge/threshold.ts';
import { LOAD_PHASE } from '../core/measure/k6-metrics.ts';
import { LADDER_TREND_STATS } from '../core/measure/quantile-ladder.ts';
import { eachStream } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import type { RunOrder } from '../core/spec/run-order.ts';
import { sum } from '../core/spec/sum.ts';
import { FACTS_KEY } from '../core/spec/test-facts.ts';
import { factsOf } from './facts-of-test.ts';
import { journeysOfPlan } from './journeys-of-plan.ts';
import type { K6Limit } from './k6-limit.ts';
import { measuredTest } from './measurement-of-test.ts';
import type { StudyParts } from './questions/study-definition.ts';
import { recorderOf } from './recorder-of-test.ts';
import { longestIterationMs, longestTimeoutMs, type ResolvedTest } from './resolve-test.ts';
import { k6Thresholds, keptMetrics, type LimitContext, limitsOf, limitsOfMetrics } from './thresholds.ts';
import { toK6Scenario } from './to-k6-scenario.ts';

/** System tags that are set per reply cost time on each of them: these are the ones that something is counted by. */
const SYSTEM_TAGS = ['scenario', 'group', 'check', 'status', 'expected_response', 'error_code'];
/** Only what failed has it. */
const ERROR_TAG = 'error';
/** Our record tells requests by their endpoints; whoever looks at another output, by these. */
const TAGS_OF_DASHBOARDS = ['name', 'method'];

/** What a test is judged by, and how many requests at rest k6 has to wait for. */
export interface OptionsContext {
  readonly thresholds: readonly Threshold[];
  /** On which a waiver may still be in force (UTC, `2026-12-31`). */
  readonly today: string;
  readonly mostRequestsAtRest: number;
}

/** What k6 is told of a test: its load, what to count, and what ends it. */
export function optionsOf(test: ResolvedTest, study: StudyParts | undefined, context: OptionsContext): Options {
  const { thresholds, today, mostRequestsAtRest } = context;
  const { isRecorded, isExported } = test.order;
  const limitContext = limitContextOf(test);
  const binding = thresholds.filter((threshold) => isBinding(threshold, today));
  const limits = [...limitsOf(binding, limitContext), ...(study?.limits ?? [])];
  const recording = {
    recorder: recorderOf(test, study, thresholds, limits),
    // As a text: k6 sorts the members of what it hands on, and the order of streams would be lost.
    measured: JSON.stringify(measuredTest(test, study, thresholds)),
  };
  return {
    scenarios: scenariosOf(test),
    thresholds: thresholdsForK6(test.order, thresholds, [...keptMetrics(limitContext), ...(study?.kept ?? [])], limits),
    ext: { [FACTS_KEY]: { ...factsOf(test, study, binding), ...(isRecorded ? recording : {}) } },
    summaryTrendStats: [...LADDER_TREND_STATS],
    systemTags: [...SYSTEM_TAGS, ...(isRecorded ? [ERROR_TAG] : []), ...(isExported ? TAGS_OF_DASHBOARDS : [])],
    // Each hop of a redirect would be a request of its own.
    maxRedirects: 0,
    ...(test.definition.journeys === undefined ? OF_REQUESTS : {}),
    setupTimeout: `${longestSetupMs(test, mostRequestsAtRest)}ms`,
  };
}

/** What is recorded is judged afterwards, and ended by the recorder. */
function thresholdsForK6(
  { isInspected, isRecorded }: RunOrder,
  thresholds: readonly Threshold[],
  kept: readonly string[],
  limits: readonly K6Limit[],
): NonNullable<Options['thresholds']> {
  if (isInspected) return limitsOfMetrics(thresholds);
  return isRecorded ? {} : k6Thresholds(kept, limits);
}

/** Users who read what they are answered, and begin each visit anew, are as k6 has them. */
const OF_REQUESTS: Options = {
  // An iteration is one request: k6 would empty the cookies of a user before each of them.
  noCookiesReset: true,
  // Only what a check looks at is read.
  discardResponseBodies: true,
};

/** What the author's own `setup` may take. */
const LONGEST_SEEDING_MS = 300_000;

function longestSetupMs({ definition, endpoints, plan }: ResolvedTest, mostRequestsAtRest: number): number {
  const trialSeconds = sum(journeysOfPlan(definition, plan).map(({ atMostSeconds }) => atMostSeconds));
  const seedingMs = definition.setup === undefined ? 0 : LONGEST_SEEDING_MS;
  return mostRequestsAtRest * longestTimeoutMs(endpoints) + trialSeconds * 1000 + seedingMs + 10_000;
}

/** The streams of the warm-up, and those of the load after it. Only the latter carry the tag of the load. */
function scenariosOf(test: ResolvedTest): Record<string, Scenario> {
  const { endpoints, plan, warmUp, warmUpSeconds } = test;
  const context = { endpointCount: endpoints.length, iterationMs: longestIterationMs(test) };
  const startTime = warmUpSeconds > 0 ? `${Math.round(warmUpSeconds * 1000)}ms` : undefined;
  return {
    ...eachStream(warmUp, (shape) => toK6Scenario(shape, context)),
    ...eachStream(plan, (shape) => ({
      ...toK6Scenario(shape, context),
      ...present({ startTime }),
      tags: { ...LOAD_PHASE },
    })),
  };
}

/** A run is as old as its script: its warm-up counts. */
function limitContextOf({ endpoints, order, warmUpSeconds }: ResolvedTest): LimitContext {
  const afterSeconds = order.abortOnFailAfterSeconds;
  return present({
    endpoints,
    hasWarmUp: warmUpSeconds > 0,
    isRecorded: order.isRecorded,
    abortOnFailAfterSeconds: afterSeconds === undefined ? undefined : afterSeconds + warmUpSeconds,
  });
}
