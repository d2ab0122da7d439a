import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { parseBaseUrl, requireConsent } from '../core/base-url.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { LOAD_PHASE } from '../core/k6-metrics.ts';
import { type LoadShape, modelOf, type Plan } from '../core/load-shape.ts';
import { FACTS_KEY, isMeasured, type K6Measurement, type K6Metrics, type TestFacts } from '../core/measure-run.ts';
import { applySettings, choosePlan } from '../core/plan-settings.ts';
import { LADDER_TREND_STATS } from '../core/quantile-ladder.ts';
import type { AtRest, EndpointFacts } from '../core/run-summary.ts';
import { parseSettings } from '../core/settings.ts';
import { type Budgets, thresholdsOf } from '../core/threshold.ts';
import { MOST_REQUESTS_AT_REST, measureAtRest } from './at-rest.ts';
import { takeTurns } from './endpoint-rotation.ts';
import { failedIterations, loadWindow, notOkDuration, outcomeCounters, timeouts } from './metrics.ts';
import { type Requester, requesterOf } from './request.ts';
import { readRunOrder } from './run-order.ts';
import { toK6Scenario } from './shapes.ts';
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
  met.push(...definition.endpoints.filter((endpoint) => !met.includes(endpoint)));
  const settings = parseSettings((name) => __ENV[name]);
  const order = readRunOrder();
  const target = settings.baseUrl ?? parseBaseUrl(order.backendUrl);
  requireConsent(target, settings.allowedHosts);

  const chosen = choosePlan(definition.plans, settings.plan);
  const plan = applySettings(chosen.name, chosen.plan, settings);
  const timeoutOf = (endpoint: Endpoint) => settings.requestTimeoutMs ?? endpoint.timeoutMs;
  const timeoutMs = Math.max(...definition.endpoints.map(timeoutOf));
  const ids = definition.endpoints.map(({ id }) => id);
  // k6 reads the options and the summary from one copy of the script; every user's copy comes through here too.
  const thresholds = __VU === 0 ? thresholdsOf(definition.budgets, ids) : [];

  const underLoad = definition.endpoints.map((endpoint) =>
    requesterOf(endpoint, target, timeoutOf(endpoint), { endpoint: endpoint.id }),
  );
  const iterateStream = Object.fromEntries(
    Object.entries(plan).map(([name, shape]) => [
      name,
      iterationOf(shape, underLoad, order.abortOnFailAfterSeconds !== undefined),
    ]),
  );
  const streams = Object.values(iterateStream);
  const [only] = streams;

  const factsOfTest: TestFacts = {
    plan: chosen.name,
    longestLimitWindowSeconds: Math.max(
      0,
      ...definition.endpoints.map(({ rateLimit }) => rateLimit?.windowSeconds ?? 0),
    ),
  };
  const options: Options = {
    scenarios: Object.fromEntries(
      Object.entries(plan).map(([name, shape]) => [
        name,
        { ...toK6Scenario(shape, { endpointCount: ids.length, timeoutMs }), tags: { ...LOAD_PHASE } },
      ]),
    ),
    thresholds: __VU === 0 ? k6Thresholds(thresholds, ids, order.abortOnFailAfterSeconds) : {},
    ext: { [FACTS_KEY]: factsOfTest },
    summaryTrendStats: [...LADDER_TREND_STATS],
    systemTags: SYSTEM_TAGS,
    // Each hop of a redirect would be a request of its own.
    maxRedirects: 0,
    setupTimeout: `${met.length * MOST_REQUESTS_AT_REST * timeoutMs + 10_000}ms`,
  };

  return {
    options,
    setup: () => ({
      atRest: order.measuresAtRest
        ? measureAtRest(
            met.map((endpoint) => requesterOf(endpoint, target, timeoutOf(endpoint), { at_rest: endpoint.id })),
          )
        : [],
      loadStartedAtMs: Date.now(),
    }),
    iterate: streams.length === 1 && only !== undefined ? only : () => iterateStream[exec.scenario.name]?.(),
    teardown: ({ loadStartedAtMs }) => {
      loadWindow.add(Date.now() - loadStartedAtMs);
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
        ...(order.abortOnFailAfterSeconds === undefined ? {} : { abortsOnFail: true }),
        target: target.display,
        ...(setupData === undefined ? {} : { loadStartedAt: new Date(setupData.loadStartedAtMs).toISOString() }),
        endpoints: definition.endpoints.map((endpoint) => factsOf(endpoint, timeoutOf(endpoint))),
        thresholds,
        atRest: (setupData?.atRest ?? []).map(inOrder),
        metrics: measuredMetrics(data.metrics),
      };
      return { [order.summaryFile]: JSON.stringify(measurement) };
    },
  };
}

function measuredMetrics(metrics: K6Metrics): K6Metrics {
  return Object.fromEntries(
    Object.entries(metrics).filter(([name, metric]) => metric !== undefined && isMeasured(name, metric)),
  );
}

/** k6 hands setup's data back with its keys in another order. */
function inOrder({ endpoint, sent, requests, outcomes, okMs }: AtRest): AtRest {
  return { endpoint, sent, requests, outcomes, okMs };
}

/** One iteration is one request, so that k6 can let each of them end in time, and the pause after it. */
function iterationOf(shape: LoadShape, requesters: readonly Requester[], countsTimeouts: boolean): () => void {
  const nextRequest = takeTurns(
    modelOf(shape),
    requesters.map((requester) => countedRequest(requester, countsTimeouts)),
  );
  const pause = pauseOf(shape);
  return () => {
    const startedAtMs = pause.countsFromStart ? Date.now() : 0;
    try {
      nextRequest()();
    } catch (error) {
      failedIterations.add(1);
      // k6 would start the next iteration at once: thousands of them a second, each with its line in the log.
      sleep(1);
      throw error;
    }
    pause.take(startedAtMs);
  };
}

/** Runs for every request of the load: what is not needed for a good reply waits until there is a bad one. */
function countedRequest({ endpoint, send, outcomeOf }: Requester, countsTimeouts: boolean): () => void {
  const tags = { endpoint: endpoint.id };
  const [usualStatus] = endpoint.expectedStatuses;
  const isChecked = endpoint.check !== undefined;
  const request = () => {
    const reply = send();
    if (reply.status === usualStatus && !isChecked) return undefined;
    const outcome = outcomeOf(reply);
    if (outcome === 'ok') return undefined;
    if (outcome !== 'check_failed') notOkDuration.add(reply.timings.duration, tags);
    outcomeCounters[outcome].add(1, tags);
    return outcome;
  };
  return countsTimeouts ? () => timeouts.add(request() === 'timeout') : request;
}

/**
 * Users think for half to one and a half of the think time. With the same time for all of them, users who started
 * together would go on sending together, in a burst per think time.
 */
function pauseOf(shape: LoadShape): {
  readonly countsFromStart: boolean;
  readonly take: (startedAtMs: number) => void;
} {
  const { thinkTimeSeconds, pacingSeconds } = { thinkTimeSeconds: 0, pacingSeconds: 0, ...shape };
  if (pacingSeconds > 0) {
    const take = (startedAtMs: number) =>
      sleep(Math.max(thinkTimeSeconds * (0.5 + Math.random()), pacingSeconds - (Date.now() - startedAtMs) / 1000));
    return { countsFromStart: true, take };
  }
  return {
    countsFromStart: false,
    take: thinkTimeSeconds > 0 ? () => sleep(thinkTimeSeconds * (0.5 + Math.random())) : () => {},
  };
}

function factsOf(
  { id, method, path, category, expectedStatuses, rateLimit }: Endpoint,
  timeoutMs: number,
): EndpointFacts {
  return { id, method, path, category, expectedStatuses, timeoutMs, ...(rateLimit === undefined ? {} : { rateLimit }) };
}
