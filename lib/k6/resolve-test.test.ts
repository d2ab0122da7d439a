import { describe, expect, it } from 'vitest';
import type { Threshold } from '../core/judge/threshold.ts';
import type { RecorderConfig } from '../core/measure/record/recorder-config.ts';
import { pool } from '../core/questions/pool/index.ts';
import { rateLimit } from '../core/questions/rate-limit/index.ts';
import { websocket } from '../core/questions/websocket/index.ts';
import { defineEndpoint, type Endpoint } from '../core/spec/endpoint.ts';
import { DEFAULT_RUN_ORDER, type RunOrder } from '../core/spec/run-order.ts';
import { parseSettings, type SettingName } from '../core/spec/settings.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';

/** What is looked at here of a resolved test; the modules themselves know types of k6. */
interface ResolvedTest {
  readonly target: { readonly href: string };
  readonly servers: Readonly<Record<string, unknown>>;
  readonly endpoints: readonly Endpoint[];
  readonly planName: string;
  readonly plan: Readonly<Record<string, unknown>>;
  readonly warmUpSeconds: number;
  readonly warmUp: Readonly<Record<string, unknown>>;
}

interface K6Side {
  resolveTest(
    definition: object,
    settings: object,
    order: RunOrder,
    read: (variable: string) => string | undefined,
  ): ResolvedTest;
  judgedThresholds(test: ResolvedTest, study: object | undefined): Threshold[];
  optionsOf(
    test: ResolvedTest,
    study: object | undefined,
    context: { thresholds: readonly Threshold[]; today: string; mostRequestsAtRest: number },
  ): {
    readonly scenarios: Readonly<Record<string, { readonly startTime?: string; readonly tags?: object }>>;
    readonly thresholds: Readonly<Record<string, readonly unknown[]>>;
    readonly setupTimeout: string;
    readonly ext: {
      readonly 'k6-verdict': Partial<TestFacts> & { readonly recorder?: RecorderConfig; readonly measured?: string };
    };
    readonly systemTags: readonly string[];
  };
  factsOf(test: ResolvedTest, study: object | undefined): TestFacts;
  measuredTest(test: ResolvedTest, study: object | undefined, thresholds: readonly Threshold[]): object;
  measurementOf(test: object, data: { readonly metrics: object; readonly setup_data?: object }, nowMs: number): object;
}

// An import that the compiler follows would bring k6's globals, such as __ENV, into the project of the Node code.
const files: readonly string[] = [
  './resolve-test.ts',
  './judged-thresholds.ts',
  './options-of-test.ts',
  './facts-of-test.ts',
  './measurement-of-test.ts',
];
const modules = await Promise.all(files.map((file) => import(/* @vite-ignore */ file)));
const { resolveTest, judgedThresholds, optionsOf, factsOf, measuredTest, measurementOf } = Object.assign(
  {},
  ...modules,
) as K6Side;

const endpoints = [
  defineEndpoint({ id: 'a', path: '/a', category: 'Any' }),
  defineEndpoint({ id: 'b', path: '/b', category: 'Any', timeoutMs: 5000 }),
  defineEndpoint({
    id: 'limited',
    path: '/l',
    category: 'Any',
    rateLimit: { requests: 5, windowSeconds: 7, algorithm: 'fixed-window' },
  }),
];
const users = { kind: 'constant-users', users: 3, durationSeconds: 20, rampUpSeconds: 0 } as const;
const steady = { ...users, thinkTimeSeconds: 1, pacingSeconds: 0 };
const definition = {
  name: 'example',
  testId: 'EXAMPLE',
  purpose: 'Is it resolved?',
  endpoints,
  budgets: { overall: { okP95Ms: 500, timeoutRate: 0.01 }, everyEndpoint: { okReplies: 1 }, endpoints: {} },
  plans: { timed: { users: steady }, short: { users: { ...steady, durationSeconds: 2 } } },
};

interface Circumstances {
  readonly changes?: object;
  readonly settings?: Partial<Record<SettingName, string>>;
  readonly order?: Partial<RunOrder>;
  readonly variables?: Readonly<Record<string, string>>;
}

const resolve = ({ changes = {}, settings = {}, order = {}, variables = {} }: Circumstances = {}) =>
  resolveTest(
    { ...definition, ...changes },
    parseSettings((name) => settings[name]),
    { ...DEFAULT_RUN_ORDER, ...order },
    (name) => variables[name],
  );
const optionsOfTest = (circumstances: Circumstances = {}, study?: object, mostRequestsAtRest = 12) =>
  optionsOf(resolve(circumstances), study, { thresholds: [], today: '2026-01-02', mostRequestsAtRest });

describe('a load test is resolved', () => {
  it('to its first plan and the reference backend, where nothing else is said', () => {
    expect(resolve()).toMatchObject({
      target: { href: DEFAULT_RUN_ORDER.backendUrl },
      planName: 'timed',
      plan: { users: steady },
      warmUpSeconds: 0,
      warmUp: {},
      endpoints,
    });
  });

  it('with the settings, which beat what it says itself', () => {
    const settings = { PLAN: 'short', VUS: '9', BASE_URL: 'http://127.0.0.1:81/v1/', REQUEST_TIMEOUT: '2s' };
    const test = resolve({ settings });
    expect(test).toMatchObject({ target: { href: 'http://127.0.0.1:81/v1' }, planName: 'short' });
    expect(test.plan).toEqual({ users: { ...steady, durationSeconds: 2, users: 9 } });
    expect(test.endpoints.map(({ timeoutMs }) => timeoutMs)).toEqual([2000, 2000, 2000]);
  });

  it('with the servers that its endpoints name, which the tool, the summary and nobody else is told, without secrets', () => {
    const endpoints = [defineEndpoint({ id: 'login', path: '/login', category: 'Auth', server: 'auth' })];
    const variables = { AUTH_URL: 'http://me:secret@127.0.0.1:82' };
    const test = resolve({ changes: { endpoints }, variables });
    expect(test).toMatchObject({ servers: { auth: { href: 'http://127.0.0.1:82', credentials: 'me:secret' } } });
    const servers = { auth: 'http://127.0.0.1:82' };
    expect(factsOf(test, undefined)).toMatchObject({ servers });
    expect(measuredTest(test, undefined, [])).toMatchObject({ servers, endpoints: [{ id: 'login', server: 'auth' }] });
    expect(factsOf(resolve(), undefined)).not.toHaveProperty('servers');
    expect(measuredTest(resolve(), undefined, [])).not.toHaveProperty('servers');
    expect(() => resolve({ changes: { endpoints } })).toThrow(/no AUTH_URL/);
  });

  it('with names for outputs besides our record, and only for these', () => {
    expect(resolve({ order: { isExported: true } }).endpoints).toMatchObject([
      { name: '/a', timeoutMs: 30_000 },
      { name: '/b', timeoutMs: 5000 },
      { name: '/l' },
    ]);
    expect(resolve().endpoints).toEqual(endpoints);
    expect(optionsOfTest({ order: { isExported: true } }).systemTags).toEqual(
      expect.arrayContaining(['name', 'method']),
    );
    expect(optionsOfTest().systemTags).not.toContain('name');
  });

  it('with the warm-up of the settings, else its own, else that of the order', () => {
    const order = { defaultWarmUpSeconds: 4 };
    const changes = { warmUpSeconds: 6 };
    const settings = { WARM_UP: '0' };
    expect(resolve({ order }).warmUpSeconds).toBe(4);
    expect(resolve({ order, changes }).warmUpSeconds).toBe(6);
    expect(resolve({ order, changes, settings }).warmUpSeconds).toBe(0);
    expect(Object.keys(resolve({ order }).warmUp)).toEqual(['warm-up-users']);
  });

  it('with what its question adds to the plan, once the settings are applied', () => {
    const completePlan = (plan: object, seen: object) => ({ ...plan, seen });
    const settings = { VUS: '2', REQUEST_TIMEOUT: '1s' };
    const { plan } = resolve({ changes: { study: { completePlan } }, settings });
    expect(plan.users).toMatchObject({ users: 2 });
    expect(plan.seen).toMatchObject({ warmUpSeconds: 0, endpoints: [{ timeoutMs: 1000 }, {}, {}] });
  });

  it('not at all without endpoints, without consent, or with an unknown plan', () => {
    expect(() => resolve({ changes: { endpoints: [] } })).toThrow('The load test "example" has no endpoints.');
    expect(() => resolve({ settings: { BASE_URL: 'http://shop.example.com' } })).toThrow('has not been allowed');
    expect(() => resolve({ settings: { PLAN: 'nightly' } })).toThrow('no such plan');
  });
});

describe('k6 is told', () => {
  it('the load alone, without a warm-up', () => {
    const { scenarios } = optionsOfTest();
    expect(Object.keys(scenarios)).toEqual(['users']);
    expect(scenarios.users?.tags).toEqual({ phase: 'load' });
    expect(scenarios.users).not.toHaveProperty('startTime');
  });

  it('the warm-up before the load, and outside its tag', () => {
    const { scenarios, thresholds } = optionsOfTest({ settings: { WARM_UP: '2.5s' } });
    expect(Object.keys(scenarios)).toEqual(['warm-up-users', 'users']);
    expect(scenarios['warm-up-users']).not.toHaveProperty('tags');
    expect(scenarios.users).toMatchObject({ startTime: '2500ms', tags: { phase: 'load' } });
    expect(thresholds).toHaveProperty(['iterations{phase:load}']);
  });

  it('to wait for the requests at rest as long as each of them may take', () => {
    expect(optionsOfTest({}, undefined, 8).setupTimeout).toBe('250000ms');
    expect(optionsOfTest({ settings: { REQUEST_TIMEOUT: '1s' } }, undefined, 8).setupTimeout).toBe('18000ms');
  });

  it('to end the run at a crossed threshold, counted from the beginning of the load', () => {
    const circumstances = { settings: { WARM_UP: '5s' }, order: { abortOnFailAfterSeconds: 10 } };
    const test = resolve(circumstances);
    const { thresholds } = optionsOf(test, undefined, {
      thresholds: judgedThresholds(test, undefined),
      today: '2026-01-02',
      mostRequestsAtRest: 0,
    });
    expect(thresholds['http_req_duration{expected_response:true,phase:load}']).toEqual([
      { threshold: 'p(95)<500', abortOnFail: true, delayAbortEval: '15s' },
    ]);
  });

  it('to keep what the question counts', () => {
    expect(
      optionsOfTest({}, { question: pool, plan: { kind: 'pool' }, kept: ['step_ok{step:0}'] }).thresholds,
    ).toHaveProperty(['step_ok{step:0}'], []);
  });
});

describe('the recorder is told', () => {
  const order = { isRecorded: true, runId: 'r', spareFile: 'elsewhere' };
  const told = (circumstances: Circumstances = {}, study?: object) => {
    const test = resolve({ ...circumstances, order: { ...order, ...circumstances.order } });
    const thresholds = judgedThresholds(test, undefined);
    return optionsOf(test, study, { thresholds, today: '2026-01-02', mostRequestsAtRest: 0 });
  };

  it('and k6 of no threshold: its own figures are off', () => {
    const { thresholds, systemTags } = told();
    expect(thresholds).toEqual({});
    expect(systemTags).toContain('error');
    expect(optionsOfTest().systemTags).not.toContain('error');
    expect(optionsOfTest().ext['k6-verdict']).not.toHaveProperty('recorder');
  });

  it('beyond which limits samples are counted, and nothing that ends a run which is to go to its end', () => {
    const { recorder } = told().ext['k6-verdict'];
    expect(recorder?.limits).toEqual([
      { metric: 'http_req_duration', tags: { expected_response: 'true', phase: 'load' }, values: [500] },
    ]);
    expect(recorder).toMatchObject({ stops: [], spare: 'elsewhere' });
  });

  it('beyond which limits of journeys and of metrics of the author samples are counted', () => {
    const budgets = {
      ...definition.budgets,
      overall: {},
      everyEndpoint: {},
      everyJourney: { okP95Ms: 900, completedShare: 0.9 },
      custom: { basket_size: { p50: 8, max: 20 } },
    };
    const journeys = [{ name: 'buy', endpoints: definition.endpoints, atMostSeconds: 60 }];
    const { recorder, measured } = told({ changes: { budgets, journeys, endpoints: undefined } }).ext['k6-verdict'];
    expect(recorder?.limits).toEqual([
      { metric: 'journey_completed', tags: { journey: 'buy' }, values: [900] },
      { metric: 'basket_size', tags: { phase: 'load' }, values: [8] },
    ]);
    expect(JSON.parse(measured ?? '').thresholds).toHaveLength(4);
  });

  it('what ends the run, by the same limits as k6 would be', () => {
    const { recorder } = told({ settings: { WARM_UP: '5s' }, order: { abortOnFailAfterSeconds: 10 } }).ext[
      'k6-verdict'
    ];
    expect(recorder?.stops).toEqual([
      {
        name: 'http_req_duration{expected_response:true,phase:load}: p(95)<500',
        metric: 'http_req_duration',
        tags: { expected_response: 'true', phase: 'load' },
        aggregate: 'p95',
        operator: '<',
        limit: 500,
        afterSeconds: 15,
      },
      {
        name: 'timeouts: rate<0.01',
        metric: 'timeouts',
        tags: {},
        aggregate: 'rate',
        operator: '<',
        limit: 0.01,
        afterSeconds: 15,
      },
    ]);
  });

  const journeys = [{ name: 'buy', endpoints: endpoints.slice(0, 1), atMostSeconds: 60 }];
  const ofJourneys = {
    overall: {},
    everyEndpoint: { okP99Ms: 700, okMeanMs: 90, successShare: 0.99 },
    everyJourney: { okP50Ms: 800, completedShare: 0.9, perSecond: 1 },
    custom: { sold: { countAtMost: 3, countAtLeast: 1 }, in_stock: { shareAtLeast: 0.9 }, basket_size: { max: 20 } },
  };
  const changes = { budgets: { ...definition.budgets, ...ofJourneys }, journeys, endpoints: undefined };

  it('what ends the run, of endpoints, journeys and metrics of the author, which k6 is not told where it judges', () => {
    const aborting = { changes, order: { abortOnFailAfterSeconds: 1 } };
    const stops = told(aborting).ext['k6-verdict'].recorder?.stops ?? [];
    expect(stops.map(({ name, kind }) => [name, kind])).toEqual([
      ['http_req_duration{endpoint:a,expected_response:true}: p(99)<700', undefined],
      ['http_req_duration{endpoint:a,expected_response:true}: avg<90', undefined],
      ['journey_completed{journey:buy}: med<800', undefined],
      ['sold{phase:load}: count<=3', 'counter'],
      ['in_stock{phase:load}: rate>=0.9', 'rate'],
      ['basket_size{phase:load}: max<20', 'trend'],
    ]);
    const { thresholds } = told({ ...aborting, order: { isRecorded: false, abortOnFailAfterSeconds: 1 } });
    expect(thresholds).toHaveProperty(['journey_completed{journey:buy}']);
    expect(thresholds).not.toHaveProperty(['sold{phase:load}']);
  });

  it('while k6 only loads it, of the metrics that the script must make, each of its kind', () => {
    const inspected = { changes, order: { isRecorded: false, isInspected: true } };
    expect(told(inspected).thresholds).toEqual({
      sold: ['count>=0', 'count>=0'],
      in_stock: ['rate>=0'],
      basket_size: ['avg>=0'],
    });
    expect(told({ changes }).thresholds).toEqual({});
  });

  it('and the tool, which limits end no run', () => {
    expect(told({ changes }).ext['k6-verdict'].judgedAtEnd).toEqual([
      'success rate (excluding expected 429s) (a)',
      'completed journeys per second (journey buy)',
      'share of journeys completed (journey buy)',
      'count, at least (sold)',
    ]);
    const budgets = {
      ...definition.budgets,
      overall: { timeoutRate: 0.1, okP95Ms: 5 },
      everyEndpoint: {},
      endpoints: { a: {} },
    };
    expect(told({ changes: { budgets } }).ext['k6-verdict']).not.toHaveProperty('judgedAtEnd');
  });

  it('what was run, with the streams of the plan in their order', () => {
    const plans = { timed: { zebra: steady, ant: steady } };
    const { measured = '' } = told({ changes: { plans } }).ext['k6-verdict'];
    expect(JSON.parse(measured)).toMatchObject({ runId: 'r', scenario: 'example', planName: 'timed' });
    expect(Object.keys(JSON.parse(measured).plan)).toEqual(['zebra', 'ant']);
  });
});

describe('a run is judged', () => {
  it('by its budgets', () => {
    const metrics = judgedThresholds(resolve(), undefined).map(({ metric, endpoint }) => [metric, endpoint]);
    expect(metrics).toContainEqual(['okP95Ms', undefined]);
    expect(metrics).toContainEqual(['okReplies', 'a']);
  });

  it('by the answer to its question alone, where its load is more than users would send', () => {
    const changes = { budgets: { ...definition.budgets, studies: { freeUsers: 10 } } };
    const judged = judgedThresholds(resolve({ changes }), { question: pool, plan: { kind: 'pool' } });
    expect(judged.map(({ metric }) => metric)).toEqual(['freeUsers']);
  });
});

describe('the tool is told', () => {
  it('the windows of declared limits, and whether the load stays as it is', () => {
    expect(factsOf(resolve(), undefined)).toMatchObject({
      plan: 'timed',
      limitWindowsSeconds: { limited: 7 },
      isSteady: true,
    });
    expect(factsOf(resolve({ settings: { WARM_UP: '1s' } }), undefined)).not.toHaveProperty('isSteady');
    expect(factsOf(resolve({ settings: { RAMP_UP: '1s' } }), undefined)).not.toHaveProperty('isSteady');
  });

  it('what is expected of the warm-up and of the load together', () => {
    const alone = factsOf(resolve(), undefined).expected;
    const both = factsOf(resolve({ settings: { WARM_UP: '10s' } }), undefined).expected;
    expect(alone.seconds).toBe(20);
    expect(both.seconds).toBe(30);
    expect(both.requests).toBeCloseTo(1.5 * alone.requests, -1);
  });

  it('what the question wants of the run', () => {
    const study = { question: rateLimit, plan: { kind: 'rate-limit' }, needsRecorder: true, clients: 2 };
    const facts = factsOf(resolve({ changes: { referenceBackend: ['--capacity', '9'] } }), study);
    expect(facts).toMatchObject({ study: 'rate-limit', needsRecorder: true, clients: 2 });
    expect(facts).toMatchObject({ referenceBackend: ['--capacity', '9'] });
  });
});

describe('the measurement', () => {
  const loadStartedAtMs = Date.parse('2026-01-02T03:04:05Z');
  const atRest = [{ okMs: [1], outcomes: { ok: 1 }, requests: 1, sent: 2, endpoint: 'a' }];
  const data = { metrics: {}, setup_data: { loadStartedAtMs, atRest } };
  const plain = measuredTest(resolve(), undefined, []);

  it('says what was run, without credentials', () => {
    const settings = { BASE_URL: 'http://u:secret@127.0.0.1:81', WARM_UP: '1s' };
    const order = { runId: 'r', testId: 'WHOLE', abortOnFailAfterSeconds: 1 };
    const measurement = measurementOf(measuredTest(resolve({ settings, order }), undefined, []), data, loadStartedAtMs);
    expect(measurement).toMatchObject({
      runId: 'r',
      testId: 'WHOLE',
      scenario: 'example',
      planName: 'timed',
      warmUpSeconds: 1,
      abortsOnFail: true,
      target: 'http://127.0.0.1:81',
      loadStartedAt: '2026-01-02T03:04:05.000Z',
    });
    expect(JSON.stringify(measurement)).not.toContain('secret');
  });

  it('has what was met at rest in a fixed order of its members', () => {
    const measurement = measurementOf(plain, data, loadStartedAtMs) as { atRest: object[] };
    expect(measurement.atRest.map(Object.keys)).toEqual([['endpoint', 'sent', 'requests', 'outcomes', 'okMs']]);
  });

  it('has no start of a load that did not begin', () => {
    expect(measurementOf(plain, data, loadStartedAtMs - 1)).not.toHaveProperty('loadStartedAt');
    expect(measurementOf(plain, { metrics: {} }, 0)).toMatchObject({ atRest: [] });
  });

  it('takes metrics for others where the question says so, and leaves out what nobody looks at', () => {
    const metrics = { mine: { values: { count: 2 } }, 'other{a:b}': { values: { count: 1 } }, vus: { values: {} } };
    const study = { question: websocket, plan: { kind: 'websocket' }, aliases: { 'theirs{a:b}': 'mine' } };
    const measurement = measurementOf(measuredTest(resolve(), study, []), { metrics }, 0) as { metrics: object };
    expect(measurement.metrics).toEqual({
      'other{a:b}': { values: { count: 1 } },
      'theirs{a:b}': { values: { count: 2 } },
      vus: { values: {} },
    });
  });
});
