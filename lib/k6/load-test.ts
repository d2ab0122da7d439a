import exec from 'k6/execution';
import type { Options, Scenario } from 'k6/options';
import { parseBaseUrl, requireConsent } from '../core/base-url.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UserError } from '../core/errors.ts';
import { type ExpectedLoad, expectedLoad } from '../core/expected-load.ts';
import { LOAD_PHASE } from '../core/k6-metrics.ts';
import { isSteady, type Plan } from '../core/load-shape.ts';
import { isMeasured } from '../core/measure-run.ts';
import type { AtRest, EndpointFacts, K6Metrics } from '../core/measured.ts';
import type { K6Measurement } from '../core/measurement.ts';
import { applySettings, choosePlan } from '../core/plan-settings.ts';
import { LADDER_TREND_STATS } from '../core/quantile-ladder.ts';
import { parseSettings } from '../core/settings.ts';
import { isOrdinaryLoad, type StudyPlan } from '../core/studies/study.ts';
import { FACTS_KEY, type TestFacts } from '../core/test-facts.ts';
import { type Budgets, isBinding, studyThresholdsOf, type Threshold, thresholdsOf } from '../core/threshold.ts';
import { dayOf } from '../core/waiver.ts';
import { warmUpOf } from '../core/warm-up.ts';
import { MOST_REQUESTS_AT_REST, measureAtRest } from './at-rest.ts';
import { countedRequest, iterationOf } from './iteration.ts';
import { loadWindow } from './metrics.ts';
import { requesterOf } from './request.ts';
import { readRunOrder } from './run-order.ts';
import { toK6Scenario } from './shapes.ts';
import { note } from './studies/note.ts';
import type { StudyDefinition, StudyParts } from './studies/study-definition.ts';
import { k6Thresholds } from './thresholds.ts';

/** A load test as its scenario file writes it down. */
export interface LoadTestDefinition<Id extends string> {
  /** The file's name: what `run` calls it. */
  readonly name: string;
  /** Names the test over all its runs, such as LOAD-CONCURRENT-001. */
  readonly testId: string;
  /** The question this load answers, in a few words. */
  readonly purpose: string;
  readonly endpoints: readonly Endpoint<Id>[];
  readonly budgets: Budgets<Id>;
  /** By name; the first one runs by default. */
  readonly plans: Readonly<Record<string, Plan>>;
  /** How long the same load is sent before it, counted nowhere. Default: 0, no warm-up. WARM_UP beats it. */
  readonly warmUpSeconds?: number;
  /** A question of its own, beyond how the endpoints do under this load. */
  readonly study?: StudyDefinition;
  /** What the reference backend is started with, where it is the target: flags of `npm run backend`. */
  readonly referenceBackend?: readonly string[];
}

/** What a scenario file exports to k6. */
export interface LoadTest {
  readonly options: Options;
  readonly setup: () => SetupData;
  readonly iterate: () => void;
  readonly teardown: (data: SetupData) => void;
  readonly handleSummary: (data: {
    readonly metrics: K6Metrics;
    readonly setup_data?: unknown;
  }) => Record<string, string>;
}

interface SetupData {
  readonly atRest: readonly AtRest[];
  readonly loadStartedAtMs: number;
}

/**
 * The endpoints of every load test in this bundle, each once. All of them are met at rest: a bundle that is the first
 * part of a larger test imports the other parts for that.
 */
const met: Endpoint[] = [];

/** System tags that are set per reply cost time on each of them: these are the ones that something is counted by. */
const SYSTEM_TAGS: string[] = ['scenario', 'group', 'check', 'status', 'expected_response', 'error_code'];

/**
 * Turns a definition and the settings in the environment into what k6 runs.
 * @throws UserError for settings that do not fit, or a target without consent
 */
export function defineLoadTest<const Id extends string>(definition: LoadTestDefinition<Id>): LoadTest {
  if (definition.endpoints.length === 0) {
    throw new UserError({ what: `The load test "${definition.name}" has no endpoints.`, expected: 'at least one' });
  }
  const settings = parseSettings((name) => __ENV[name]);
  const order = readRunOrder();
  const target = settings.baseUrl ?? parseBaseUrl(order.backendUrl);
  requireConsent(target, settings.allowedHosts);

  const chosen = choosePlan(definition.plans, settings.plan);
  const { study: question } = definition;
  const warmUpSeconds = settings.warmUpSeconds ?? definition.warmUpSeconds ?? order.defaultWarmUpSeconds;
  const circumstances = { settings, order, endpoints: definition.endpoints, warmUpSeconds };
  const applied = applySettings(chosen.name, chosen.plan, settings);
  const plan = question?.completePlan?.(applied, circumstances) ?? applied;
  const warmUp = warmUpOf(plan, warmUpSeconds);
  const timeoutOf = (endpoint: Endpoint) => settings.requestTimeoutMs ?? endpoint.timeoutMs;
  const endpointCount = definition.endpoints.length;
  const timeoutMs = Math.max(...definition.endpoints.map(timeoutOf));
  const requestersWith = (tag: string, endpoints: readonly Endpoint[]) =>
    endpoints.map((endpoint) => requesterOf(endpoint, target, timeoutOf(endpoint), { [tag]: endpoint.id }));
  const countsTimeouts = order.abortOnFailAfterSeconds !== undefined;
  const requesters = requestersWith('endpoint', definition.endpoints);
  const study = question?.begin({
    ...circumstances,
    plan,
    target,
    budgets: definition.budgets,
    requesters,
    timeoutMsOf: timeoutOf,
  });
  // k6 reads the options and the summary from one copy of the script; every user's copy comes through here too.
  const thresholds = __VU === 0 ? thresholdsFor(definition, study?.plan) : [];
  const today = dayOf(new Date());
  const binding = thresholds.filter((threshold) => isBinding(threshold, today));
  if (study?.isNotMetAtRest !== true) met.push(...definition.endpoints.filter((endpoint) => !met.includes(endpoint)));
  const iterateStream = {
    ...iterationsOf(
      plan,
      requesters.map((requester) => countedRequest(requester, countsTimeouts)),
    ),
    ...study?.iterations,
    ...iterationsOf(
      warmUp,
      requestersWith('warm_up', definition.endpoints).map(({ send }) => send),
    ),
  };
  const streams = Object.values(iterateStream);
  const [only] = streams;

  const factsOfTest: TestFacts = {
    plan: chosen.name,
    limitWindowsSeconds: Object.fromEntries(
      definition.endpoints.flatMap(({ id, rateLimit }) =>
        rateLimit === undefined ? [] : [[id, rateLimit.windowSeconds]],
      ),
    ),
    expected: inTurn(expectedLoad(warmUp, endpointCount), expectedLoad(plan, endpointCount)),
    ...(warmUpSeconds === 0 && Object.values(plan).every(isSteady) ? { isSteady: true as const } : {}),
    ...(definition.referenceBackend === undefined ? {} : { referenceBackend: definition.referenceBackend }),
    ...(study === undefined ? {} : factsOfStudy(study)),
  };
  const scenariosOf = (streams: Plan, more: Pick<Scenario, 'startTime' | 'tags'> = {}) =>
    Object.fromEntries(
      Object.entries(streams).map(([name, shape]) => [
        name,
        { ...toK6Scenario(shape, { endpointCount, timeoutMs }), ...more },
      ]),
    );
  // k6 counts the delay from the start of the run.
  const abortion =
    order.abortOnFailAfterSeconds === undefined
      ? {}
      : { abortOnFailAfterSeconds: order.abortOnFailAfterSeconds + warmUpSeconds };
  const options: Options = {
    scenarios: {
      ...scenariosOf(warmUp),
      ...scenariosOf(plan, {
        ...(warmUpSeconds > 0 ? { startTime: `${Math.round(warmUpSeconds * 1000)}ms` } : {}),
        tags: { ...LOAD_PHASE },
      }),
    },
    thresholds:
      __VU === 0
        ? {
            ...k6Thresholds(binding, definition.endpoints, { ...abortion, hasWarmUp: warmUpSeconds > 0 }),
            ...study?.thresholds,
          }
        : {},
    ext: { [FACTS_KEY]: factsOfTest },
    summaryTrendStats: [...LADDER_TREND_STATS],
    systemTags: SYSTEM_TAGS,
    // Each hop of a redirect would be a request of its own.
    maxRedirects: 0,
    setupTimeout: `${met.length * MOST_REQUESTS_AT_REST * timeoutMs + 10_000}ms`,
  };

  return {
    options,
    setup: () => {
      const atRest = order.measuresAtRest ? measureAtRest(requestersWith('at_rest', met)) : [];
      const loadStartedAtMs = Date.now() + warmUpSeconds * 1000;
      if (order.notesStart) note({ loadStartedAtMs });
      return { atRest, loadStartedAtMs };
    },
    iterate: streams.length === 1 && only !== undefined ? only : () => iterateStream[exec.scenario.name]?.(),
    teardown: ({ loadStartedAtMs }) => {
      loadWindow.add(Math.max(0, Date.now() - loadStartedAtMs));
    },
    handleSummary: (data) => {
      const setupData = data.setup_data as SetupData | undefined;
      const measurement: K6Measurement = {
        runId: order.runId,
        testId: order.testId ?? definition.testId,
        scenario: definition.name,
        purpose: definition.purpose,
        planName: chosen.name,
        plan,
        ...(warmUpSeconds > 0 ? { warmUpSeconds } : {}),
        ...(order.abortOnFailAfterSeconds === undefined ? {} : { abortsOnFail: true }),
        target: target.href,
        ...(hasBegun(setupData) ? { loadStartedAt: new Date(setupData.loadStartedAtMs).toISOString() } : {}),
        endpoints: definition.endpoints.map((endpoint) => factsOf(endpoint, timeoutOf(endpoint))),
        thresholds,
        atRest: (setupData?.atRest ?? []).map(inOrder),
        ...(study === undefined ? {} : { study: study.plan }),
        metrics: measuredMetrics(withAliases(data.metrics, study?.aliases)),
      };
      return { [order.summaryFile]: JSON.stringify(measurement) };
    },
  };
}

function iterationsOf(plan: Plan, requests: readonly (() => void)[]): Record<string, () => void> {
  return Object.fromEntries(Object.entries(plan).map(([name, shape]) => [name, iterationOf(shape, requests)]));
}

/** Load that is meant to be too much, or is none, is judged by its answer alone. */
function thresholdsFor({ budgets, endpoints }: LoadTestDefinition<string>, study: StudyPlan | undefined): Threshold[] {
  const limited = new Set(endpoints.flatMap(({ id, rateLimit }) => (rateLimit === undefined ? [] : id)));
  return [
    ...(isOrdinaryLoad(study)
      ? thresholdsOf(
          budgets,
          endpoints.map(({ id }) => id),
          limited,
        )
      : []),
    ...(study === undefined ? [] : studyThresholdsOf(budgets, study)),
  ];
}

function factsOfStudy({ plan, notesEvents, clients, isNotRecorded }: StudyParts): Partial<TestFacts> {
  return {
    study: plan.kind,
    ...(notesEvents === undefined ? {} : { notesEvents }),
    ...(clients === undefined ? {} : { clients }),
    ...(isNotRecorded === undefined ? {} : { isNotRecorded }),
  };
}

function withAliases(metrics: K6Metrics, aliases: StudyParts['aliases'] = {}): K6Metrics {
  const taken = Object.entries(aliases).map(([name, from]) => [name, metrics[from]]);
  return { ...metrics, ...Object.fromEntries(taken) };
}

function inTurn(first: ExpectedLoad, second: ExpectedLoad): ExpectedLoad {
  return { requests: first.requests + second.requests, seconds: first.seconds + second.seconds };
}

/** A run can end in its setup or in its warm-up. */
function hasBegun(setupData: SetupData | undefined): setupData is SetupData {
  return setupData !== undefined && setupData.loadStartedAtMs <= Date.now();
}

function measuredMetrics(metrics: K6Metrics): K6Metrics {
  return Object.fromEntries(
    Object.entries(metrics).filter(([name, metric]) => metric !== undefined && isMeasured(name, metric)),
  );
}

/** k6 hands setup's data back with its keys in another order. */
function inOrder({ endpoint, sent, requests, outcomes, okMs, causes }: AtRest): AtRest {
  return { endpoint, sent, requests, outcomes, okMs, ...(causes === undefined ? {} : { causes }) };
}

function factsOf(
  { id, method, path, category, expectedStatuses, rateLimit }: Endpoint,
  timeoutMs: number,
): EndpointFacts {
  return { id, method, path, category, expectedStatuses, timeoutMs, ...(rateLimit === undefined ? {} : { rateLimit }) };
}
