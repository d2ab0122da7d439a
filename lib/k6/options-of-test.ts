import type { Options, Scenario } from 'k6/options';
import type { Threshold } from '../core/judge/threshold.ts';
import { LOAD_PHASE } from '../core/measure/k6-metrics.ts';
import { LADDER_TREND_STATS } from '../core/measure/quantile-ladder.ts';
import type { Plan } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import { FACTS_KEY } from '../core/spec/test-facts.ts';
import { factsOf } from './facts-of-test.ts';
import type { StudyParts } from './questions/study-definition.ts';
import { longestTimeoutMs, type ResolvedTest } from './resolve-test.ts';
import { k6Thresholds } from './thresholds.ts';
import { toK6Scenario } from './to-k6-scenario.ts';

/** System tags that are set per reply cost time on each of them: these are the ones that something is counted by. */
const SYSTEM_TAGS: string[] = ['scenario', 'group', 'check', 'status', 'expected_response', 'error_code'];

/** The thresholds that k6 is told, and how many requests at rest it has to wait for. */
export interface OptionsContext {
  /** Those that decide today. */
  readonly binding: readonly Threshold[];
  readonly mostRequestsAtRest: number;
}

/** What k6 is told of a test: its load, what to count, and what ends it. */
export function optionsOf(
  test: ResolvedTest,
  study: StudyParts | undefined,
  { binding, mostRequestsAtRest }: OptionsContext,
): Options {
  return {
    scenarios: scenariosOf(test),
    thresholds: { ...k6Thresholds(binding, test.endpoints, abortionOf(test)), ...study?.thresholds },
    ext: { [FACTS_KEY]: factsOf(test, study) },
    summaryTrendStats: [...LADDER_TREND_STATS],
    systemTags: SYSTEM_TAGS,
    // Each hop of a redirect would be a request of its own.
    maxRedirects: 0,
    // An iteration is one request: k6 would empty the cookies of a user before each of them.
    noCookiesReset: true,
    setupTimeout: `${mostRequestsAtRest * longestTimeoutMs(test.endpoints) + 10_000}ms`,
  };
}

/** The streams of the warm-up, and those of the load after it. Only the latter carry the tag of the load. */
function scenariosOf({ endpoints, plan, warmUp, warmUpSeconds }: ResolvedTest): Record<string, Scenario> {
  const context = { endpointCount: endpoints.length, timeoutMs: longestTimeoutMs(endpoints) };
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

function eachStream(plan: Plan, make: (shape: Plan[string]) => Scenario): Record<string, Scenario> {
  return Object.fromEntries(Object.entries(plan).map(([name, shape]) => [name, make(shape)]));
}

/** k6 counts the delay from the start of the run. */
function abortionOf({ order, warmUpSeconds }: ResolvedTest): Parameters<typeof k6Thresholds>[2] {
  const afterSeconds = order.abortOnFailAfterSeconds;
  return present({
    abortOnFailAfterSeconds: afterSeconds === undefined ? undefined : afterSeconds + warmUpSeconds,
    hasWarmUp: warmUpSeconds > 0,
  });
}
