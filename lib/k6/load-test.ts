import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { parseBaseUrl, requireConsent } from '../core/base-url.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { type LoadShape, modelOf, type Plan, plannedIterations } from '../core/load-shape.ts';
import { applySettings, choosePlan } from '../core/plan-settings.ts';
import { LADDER_TREND_STATS } from '../core/quantile-ladder.ts';
import {
  type AtRest,
  type EndpointFacts,
  type LoadRecord,
  type MeasuredRun,
  SCHEMA_VERSION,
} from '../core/run-summary.ts';
import { parseSettings } from '../core/settings.ts';
import { type Budgets, thresholdsOf } from '../core/threshold.ts';
import { MOST_REQUESTS_AT_REST, measureAtRest } from './at-rest.ts';
import { nextEndpoint } from './endpoint-rotation.ts';
import type { K6Data } from './k6-data.ts';
import { failedIterations, LOAD_PHASE, loadWindow, outcomeCounters, timeouts } from './metrics.ts';
import { type Requester, requesterOf } from './request.ts';
import { readRunOrder } from './run-order.ts';
import { toK6Scenario } from './shapes.ts';
import {
  loadSeconds,
  summariseEndpoint,
  summariseIterations,
  summariseK6Thresholds,
  summariseTotals,
  usersAtEnd,
} from './summary.ts';
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
  readonly handleSummary: (data: K6Data) => Record<string, string>;
}

interface SetupData {
  readonly atRest: readonly AtRest[];
  readonly loadStartedAtMs: number;
}

/** System tags that are set per reply cost time on each of them: these are the ones that something is counted by. */
const SYSTEM_TAGS: string[] = ['scenario', 'group', 'check', 'status', 'expected_response', 'error_code'];

/**
 * Turns a definition and the settings in the environment into what k6 runs.
 * @throws UserError for settings that do not fit, or a target without consent
 */
export function defineLoadTest<const Id extends string>(definition: LoadTestDefinition<Id>): LoadTest {
  const settings = parseSettings((name) => __ENV[name]);
  const order = readRunOrder();
  const target = settings.baseUrl ?? parseBaseUrl(order.backendUrl);
  requireConsent(target, settings.allowedHosts);

  const chosen = choosePlan(definition.plans, settings.plan);
  const plan = applySettings(chosen.name, chosen.plan, settings);
  const timeoutOf = (endpoint: Endpoint) => settings.requestTimeoutMs ?? endpoint.timeoutMs;
  const timeoutMs = Math.max(...definition.endpoints.map(timeoutOf));
  const ids = definition.endpoints.map(({ id }) => id);
  const thresholds = thresholdsOf(definition.budgets, ids);

  const underLoad = definition.endpoints.map((endpoint) =>
    requesterOf(endpoint, target, timeoutOf(endpoint), { endpoint: endpoint.id }),
  );
  const iterateStream = Object.fromEntries(
    Object.entries(plan).map(([name, shape]) => [name, iterationOf(shape, underLoad)]),
  );
  const streams = Object.values(iterateStream);
  const [only] = streams;

  const options: Options = {
    scenarios: Object.fromEntries(
      Object.entries(plan).map(([name, shape]) => [
        name,
        { ...toK6Scenario(shape, { endpointCount: ids.length, timeoutMs }), tags: { ...LOAD_PHASE } },
      ]),
    ),
    thresholds: k6Thresholds(thresholds, ids),
    summaryTrendStats: [...LADDER_TREND_STATS],
    systemTags: SYSTEM_TAGS,
    // Each hop of a redirect would be a request of its own.
    maxRedirects: 0,
    setupTimeout: `${ids.length * MOST_REQUESTS_AT_REST * timeoutMs + 10_000}ms`,
  };

  return {
    options,
    setup: () => ({
      atRest: order.measuresAtRest
        ? measureAtRest(
            definition.endpoints.map((endpoint) =>
              requesterOf(endpoint, target, timeoutOf(endpoint), { at_rest: endpoint.id }),
            ),
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
      const endpoints = definition.endpoints.map((endpoint) =>
        summariseEndpoint(data, factsOf(endpoint, timeoutOf(endpoint))),
      );
      const totals = summariseTotals(data, endpoints);
      const run: MeasuredRun = {
        schemaVersion: SCHEMA_VERSION,
        testId: definition.testId,
        runId: order.runId,
        instance: 1,
        scenario: definition.name,
        purpose: definition.purpose,
        planName: chosen.name,
        target: target.display,
        ...(setupData === undefined ? {} : { loadStartedAt: new Date(setupData.loadStartedAtMs).toISOString() }),
        load: recordLoad(data, plan, ids.length, totals.requests),
        endpoints,
        totals,
        thresholds,
        k6Thresholds: summariseK6Thresholds(data),
        atRest: (setupData?.atRest ?? []).map(inOrder),
      };
      return { [order.summaryFile]: `${JSON.stringify(run)}\n` };
    },
  };
}

/** k6 hands setup's data back with its keys in another order. */
function inOrder({ endpoint, sent, requests, outcomes, okMs }: AtRest): AtRest {
  return { endpoint, sent, requests, outcomes, okMs };
}

/** One iteration is one request, so that k6 can let each of them end in time, and the pause after it. */
function iterationOf(shape: LoadShape, requesters: readonly Requester[]): () => void {
  const next = nextEndpoint(modelOf(shape), requesters);
  const { thinkTimeSeconds, pacingSeconds } = { thinkTimeSeconds: 0, pacingSeconds: 0, ...shape };
  return () => {
    const startedAtMs = pacingSeconds > 0 ? Date.now() : 0;
    try {
      request(next());
    } catch (error) {
      failedIterations.add(1);
      // k6 would start the next iteration at once: thousands of them a second, each with its line in the log.
      sleep(1);
      throw error;
    }
    const pause = Math.max(thinkTimeSeconds, pacingSeconds > 0 ? pacingSeconds - (Date.now() - startedAtMs) / 1000 : 0);
    if (pause > 0) sleep(pause);
  };
}

function request({ endpoint, send, outcomeOf }: Requester): void {
  const outcome = outcomeOf(send());
  timeouts.add(outcome === 'timeout');
  if (outcome !== 'ok') outcomeCounters[outcome].add(1, { endpoint: endpoint.id });
}

function factsOf(
  { id, method, path, category, expectedStatuses, rateLimit }: Endpoint,
  timeoutMs: number,
): EndpointFacts {
  return { id, method, path, category, expectedStatuses, timeoutMs, ...(rateLimit === undefined ? {} : { rateLimit }) };
}

function recordLoad(data: K6Data, plan: Plan, endpointCount: number, requests: number): LoadRecord {
  const shapes = Object.values(plan);
  const windowSeconds = loadSeconds(data) ?? 0;
  const planned = shapes.map((shape) => plannedIterations(shape, endpointCount));
  const isKnown = planned.every((iterations) => iterations !== undefined);
  return {
    model: shapes.every((shape) => modelOf(shape) === 'open') ? 'open' : 'closed',
    plan,
    windowSeconds,
    requestsPerSecond: windowSeconds > 0 ? requests / windowSeconds : 0,
    ...(isKnown ? { plannedIterations: planned.reduce((sum: number, iterations) => sum + (iterations ?? 0), 0) } : {}),
    iterations: summariseIterations(data),
    ...usersAtEnd(data),
  };
}
