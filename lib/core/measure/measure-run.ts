import type { DataFacts } from '../spec/data-facts.ts';
import type { JourneyFacts } from '../spec/journey.ts';
import type { K6Options } from '../spec/k6-options.ts';
import {
  isFixedWork,
  type LoadShape,
  modelOf,
  type Plan,
  peakOf,
  plannedIterations,
  plannedSeconds,
} from '../spec/load-shape.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { countOf } from './counted.ts';
import { inLoadMetric, OWN_METRICS } from './k6-metrics.ts';
import { measureEndpoints, measureTotals } from './measure-endpoints.ts';
import { measureJourneys } from './measure-journeys.ts';
import type {
  AtRest,
  Cause,
  EndpointFacts,
  K6Metric,
  K6Metrics,
  K6Threshold,
  LoadRecord,
  Measured,
  MeasuredRun,
} from './measured.ts';

/** What k6 leaves of a run: what was run, and k6's figures as they are. Nothing secret is in it. */
export interface K6Figures {
  readonly runId: string;
  readonly testId: string;
  readonly scenario: string;
  readonly purpose: string;
  readonly planName: string;
  readonly plan: Plan;
  /** How long the warm-up before it was to take; absent without one. */
  readonly warmUpSeconds?: number;
  /** Whether the run was to end at the first crossed threshold. */
  readonly abortsOnFail?: boolean;
  /** k6's options that change the work; absent where none does. */
  readonly k6Options?: K6Options;
  /** Whether the content of any endpoint's replies was checked: then we count the `ok` ones ourselves. */
  readonly checksContent?: boolean;
  /** Without credentials. */
  readonly target: string;
  /** The URLs of servers besides it, by name, without credentials; absent where no endpoint names one. */
  readonly servers?: Readonly<Record<string, string>>;
  /** Absent when the run ended before its load began. */
  readonly loadStartedAt?: string;
  readonly endpoints: readonly EndpointFacts[];
  /** Of a test of journeys. */
  readonly journeys?: readonly JourneyFacts[];
  /** What they are fed with; absent where with nothing. */
  readonly data?: readonly DataFacts[];
  readonly atRest: readonly AtRest[];
  readonly metrics: K6Metrics;
  /** Of a recorded run: why requests of an endpoint were not as expected, ... */
  readonly causes?: Readonly<Record<string, readonly Cause[]>>;
  /** ... what its record lacks, in words, ... */
  readonly recordLacks?: string;
  /** ... and the limit that ended it, where one did: `http_req_duration{...}: p(95)<500`. */
  readonly stoppedBy?: string;
}

const PLAIN_METRICS: ReadonlySet<string> = new Set([
  'iterations',
  'dropped_iterations',
  'vus',
  'vus_max',
  OWN_METRICS.failedIterations,
  OWN_METRICS.loadWindow,
  OWN_METRICS.roundTrip,
  OWN_METRICS.okDuration,
]);

/** Whether measureRun looks at a metric; the others need not leave k6. */
export function isMeasured(name: string, { values, thresholds }: K6Metric): boolean {
  return thresholds !== undefined || PLAIN_METRICS.has(name) || (name.includes('{') && values.count !== 0);
}

/**
 * Makes sense of k6's figures.
 * @param seeksLimit whether the load is meant to be more than the service can take
 * @throws Error when they contradict each other: such a run must not be judged
 */
export function measureRun(figures: K6Figures, seeksLimit = false): MeasuredRun {
  const { metrics, runId, testId, scenario, purpose, planName, target, atRest, checksContent = false } = figures;
  const { servers, loadStartedAt, k6Options, data } = figures;
  const endpoints = measureEndpoints(figures);
  const totals = measureTotals(metrics, endpoints, checksContent);
  const load = { ...measureLoad(figures, totals), ...(seeksLimit ? { seeksLimit } : {}) };
  return {
    runId,
    testId,
    scenario,
    purpose,
    target,
    ...present({ servers, loadStartedAt, k6Options, data }),
    atRest,
    plan: planName,
    load,
    endpoints,
    ...present({ journeys: figures.journeys && measureJourneys(metrics, figures.journeys, figures.endpoints) }),
    totals,
    k6Thresholds: k6ThresholdsOf(figures),
  };
}

/**
 * Requests that k6 counted and no endpoint did: a run that is cut short can cut a script between the reply and its
 * outcome. There are never more of them than users.
 */
function unattributed({ requests, latencyMs }: Measured, users: number): { unattributedRequests?: number } {
  const missing = latencyMs.all.count - requests;
  if (missing < 0 || missing > users)
    throw new Error(`k6 counted ${latencyMs.all.count} requests of the load, but its endpoints ${requests}`);
  return missing === 0 ? {} : { unattributedRequests: missing };
}

/** Whether any of the load was sent, or tried to: what is done before it says too early that it begins. */
export function hasBegun({ load: { iterations }, journeys = [], totals }: Begun): boolean {
  const { completed, dropped, failed } = iterations;
  return totals.requests + completed + dropped + failed + sum(journeys.map(({ started }) => started)) > 0;
}

type Begun = Pick<MeasuredRun, 'journeys' | 'totals'> & { readonly load: Pick<LoadRecord, 'iterations'> };

/** The most users there can have been: k6 counts them once a second, so that a very short run has no such figure. */
export function mostUsers(metrics: K6Metrics, shapes: readonly LoadShape[]): number {
  const planned = shapes.map((shape) => (modelOf(shape) === 'closed' ? peakOf(shape) : Number.POSITIVE_INFINITY));
  return metrics.vus_max?.values.value ?? sum(planned);
}

function measureLoad(figures: K6Figures, totals: Measured): LoadRecord {
  const { metrics, plan, warmUpSeconds, abortsOnFail, endpoints } = figures;
  const shapes = Object.values(plan);
  const windowSeconds = (metrics[OWN_METRICS.loadWindow]?.values.value ?? 0) / 1000;
  const planned = shapes.map((shape) => plannedIterations(shape, endpoints.length));
  const countInLoad = (metric: Parameters<typeof inLoadMetric>[0]) =>
    countOf(metrics, warmUpSeconds === undefined ? metric : inLoadMetric(metric));
  const iterations = countInLoad('iterations');
  const usersAtEnd = metrics.vus?.values.value;
  return {
    model: shapes.every((shape) => modelOf(shape) === 'open') ? 'open' : 'closed',
    plan,
    ...present({ warmUpSeconds }),
    windowSeconds,
    requestsPerSecond: windowSeconds > 0 ? totals.requests / windowSeconds : 0,
    ...(planned.every((iterations) => iterations !== undefined) ? { plannedIterations: sum(planned) } : {}),
    iterations: {
      completed: iterations - countInLoad(OWN_METRICS.failedIterations),
      dropped: countInLoad('dropped_iterations'),
      // A script that fails in its warm-up is broken as well.
      failed: countOf(metrics, OWN_METRICS.failedIterations),
    },
    ...present({ usersAtEnd, recordLacks: figures.recordLacks }),
    ...(abortsOnFail === true &&
    wasEndedEarly(figures, shapes, windowSeconds, iterations < sum(planned.map((each) => each ?? 0)))
      ? { endedEarly: true }
      : {}),
    ...unattributed(totals, mostUsers(metrics, shapes)),
  };
}

/** k6 exits with 99 whether it ended a run at a crossed threshold or judged it at its end. */
function wasEndedEarly(
  figures: K6Figures,
  shapes: readonly LoadShape[],
  windowSeconds: number,
  hasFewerIterations: boolean,
): boolean {
  const isCrossed = k6ThresholdsOf(figures).some(({ ok }) => !ok);
  const isShort = windowSeconds < Math.max(...shapes.map((shape) => plannedSeconds(shape) ?? 0));
  const isUnfinished = shapes.some(isFixedWork) && hasFewerIterations;
  return isCrossed && (isShort || isUnfinished);
}

/**
 * The thresholds that k6 evaluated, or the one by which the recorder ended the run, in a stable order. Those of steps
 * only ended the run where it was broken.
 */
function k6ThresholdsOf({ metrics, stoppedBy }: Pick<K6Figures, 'metrics' | 'stoppedBy'>): K6Threshold[] {
  const evaluated = Object.entries(metrics).flatMap(([metric, summarised]) =>
    Object.entries(summarised?.thresholds ?? {}).map(([threshold, { ok }]) => ({ metric, threshold, ok })),
  );
  const [, metric = '', threshold = ''] = stoppedBy?.match(/^(.*): (.*)$/) ?? [];
  return [...evaluated, ...(stoppedBy === undefined ? [] : [{ metric, threshold, ok: false }])]
    .filter((each) => !isOfStep(each.metric))
    .sort((a, b) => (a.metric + a.threshold < b.metric + b.threshold ? -1 : 1));
}

const METRICS_OF_STEPS: readonly string[] = [OWN_METRICS.stepFailed, OWN_METRICS.stepOk, OWN_METRICS.stepJourneyLost];

function isOfStep(metric: string): boolean {
  return METRICS_OF_STEPS.some((name) => metric.startsWith(`${name}{`));
}
