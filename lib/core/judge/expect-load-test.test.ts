import { describe, expect, it } from 'vitest';
import { defineEndpoint } from '../spec/endpoint.ts';
import { UserError } from '../spec/errors.ts';
import { type Budgets, overrideBudgets } from './budgets.ts';
import { expectLoadTest } from './expect-load-test.ts';

const MEMBERS = [
  'name',
  'testId',
  'purpose',
  'endpoints',
  'budgets',
  'plans',
  'warmUpSeconds',
  'study',
  'referenceBackend',
];

const rhythm = { thinkTimeSeconds: 0, pacingSeconds: 0 };
const users = { kind: 'constant-users', users: 2, durationSeconds: 5, rampUpSeconds: 0, ...rhythm };
const arrivals = { kind: 'constant-arrivals', ratePerSecond: 0.5, durationSeconds: 5, expectedLatencyMs: 100 };
const limited = { requests: 5, windowSeconds: 60, algorithm: 'fixed-window' } as const;
const budgets: Budgets = {
  overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0 },
  everyEndpoint: { successShare: { limit: 0.99, level: 'warn' }, okReplies: 1 },
  endpoints: { a: {}, b: { okP95Ms: { limit: 9, waiver: { reason: 'PERF-12', until: '2026-12-31' } } }, elsewhere: {} },
  studies: { p95DriftPerHour: 2 },
};
const sound = {
  name: 'asks',
  testId: 'ASKS',
  purpose: '',
  endpoints: [
    defineEndpoint({ id: 'a', path: '/a', category: '', check: ({ body }) => body !== '' }),
    defineEndpoint({ id: 'b', path: '/b', category: 'Any', headers: { x: 'y' }, body: '{}', rateLimit: limited }),
  ],
  budgets,
  plans: {
    timed: { users },
    both: {
      light: { kind: 'ramping-users', startUsers: 0, stages: [{ users: 3, durationSeconds: 0 }], ...rhythm },
      heavy: arrivals,
      fixed: { kind: 'fixed-work', users: 1, requestsPerEndpoint: 3, ...rhythm },
      own: { kind: 'scripted', users: 1, durationSeconds: 3 },
      rate: {
        kind: 'ramping-arrivals',
        startRatePerSecond: 0,
        stages: [{ ratePerSecond: 0.1, durationSeconds: 1 }],
        expectedLatencyMs: 1,
        maxUsers: 3,
      },
    },
  },
  warmUpSeconds: 0,
  study: { begin: () => ({}) },
  referenceBackend: ['--delay-ms', '5'],
};

function messageOf(definition: unknown): string {
  try {
    expectLoadTest(definition, MEMBERS);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
}

it('a test that is what its type says is accepted', () => {
  expect(messageOf(sound)).toBe('');
  expect(messageOf({ ...sound, budgets: { ...budgets, endpoints: {} } })).toBe('');
});

const withBudgets = (changes: object) => ({ ...sound, budgets: { ...budgets, ...changes } });
const withFirst = (changes: object) => ({
  ...sound,
  endpoints: [{ ...sound.endpoints[0], ...changes }, sound.endpoints[1]],
});
const withOverall = (overall: object) => ({ ...sound, budgets: { ...budgets, overall } });
const withShape = (shape: unknown) => ({ ...sound, plans: { timed: { users: shape } } });

describe('before anything is sent, a test is refused', () => {
  it.each<[string, unknown, RegExp]>([
    ['that is none', 'smoke', /The load test is not an object/],
    [
      'with a misspelt member',
      { ...sound, budget: {} },
      /a member that is not known\.\n {2}received: "budget"\n.*\n {2}to do: {4}did you mean "budgets"\?/,
    ],
    ['without a name', { ...sound, name: '' }, /The name of the load test is not a text/],
    [
      'without endpoints',
      { ...sound, endpoints: undefined },
      /must have either endpoints or journeys\.\n {2}received: neither/,
    ],
    [
      'with two endpoints of one id',
      { ...sound, endpoints: [sound.endpoints[0], sound.endpoints[0]] },
      /Two endpoints share one id\.\n {2}received: "a" twice/,
    ],
    ['whose path has a query string', withFirst({ path: '/search?q=chair' }), /The path of endpoint "a" is not a path/],
    [
      'whose path is a template',
      withFirst({ path: '/users/{id}' }),
      /Endpoint "a" cannot be sent in turn\.\n {2}received: a path that needs values/,
    ],
    [
      'whose path is none',
      withFirst({ path: undefined }),
      /The path of endpoint "a" is not a path\.\n {2}received: nothing/,
    ],
    ['whose id is none', withFirst({ id: 7 }), /The id of endpoint 1 is not a text\.\n {2}received: a whole number/],
    ['whose id k6 cannot tag', withFirst({ id: 'a,b' }), /cannot be a k6 tag value/],
    [
      'with an endpoint that defineEndpoint did not make',
      withFirst({ expectedStatuses: undefined }),
      /expectedStatuses of Endpoint "a" is not a list/,
    ],
    [
      'with a misspelt member of an endpoint',
      withFirst({ expectedStatus: [200] }),
      /Endpoint "a" has a member that is not known[\s\S]*did you mean "expectedStatuses"/,
    ],
    [
      'with an unknown method',
      withFirst({ method: 'get' }),
      /Endpoint "a" has a method that is not known\.\n {2}received: "get"/,
    ],
    [
      'with a server that has no variable',
      withFirst({ server: 'Auth' }),
      /The server of Endpoint "a" has a name that no/,
    ],
    [
      'with an impossible timeout',
      withFirst({ timeoutMs: Number.POSITIVE_INFINITY }),
      /The timeout of endpoint "a" is impossible/,
    ],
    [
      'with an impossible status',
      withFirst({ expectedStatuses: [700] }),
      /expected statuses of endpoint "a" is impossible/,
    ],
    [
      'with an endless window',
      withFirst({ rateLimit: { ...limited, windowSeconds: Number.POSITIVE_INFINITY } }),
      /rate-limit window of endpoint "a"/,
    ],
    [
      'with an unknown limiter',
      withFirst({ rateLimit: { ...limited, algorithm: 'token-bucket' } }),
      /algorithm of the rate limit of endpoint "a"/,
    ],
    [
      'with a misspelt rate limit',
      withFirst({ rateLimit: { ...limited, window: 60 } }),
      /The rateLimit of Endpoint "a" has a member that is not known/,
    ],
    ['with a body that is an object', withFirst({ body: {} }), /The body of Endpoint "a" is neither a text nor bytes/],
    [
      'with a header that is no text',
      withFirst({ headers: { authorization: 7 } }),
      /The header "authorization" of Endpoint "a" cannot be sent/,
    ],
    [
      'with a header whose name has a line break',
      withFirst({ headers: { 'x\n': 'y' } }),
      /A header of Endpoint "a" has a name that cannot be sent/,
    ],
    ['with a header without a name', withFirst({ headers: { '': 'y' } }), /has a name that cannot be sent/],
    [
      'with a header of two lines',
      withFirst({ headers: { token: 's3cret\nx' } }),
      /received: a text with a line break\n/,
    ],
    [
      'with a check that is a promise',
      withFirst({ check: async () => false }),
      /The check of Endpoint "a" cannot say .*\n {2}received: AsyncFunction/,
    ],
    ['with a check that is a generator', withFirst({ *check() {} }), /received: GeneratorFunction/],
    ['with a check that is none', withFirst({ check: 'total' }), /received: a text\n {2}expected: a function/],
    ['without budgets', { ...sound, budgets: undefined }, /budgets is not an object\.\n {2}received: nothing/],
    [
      'with a budget of a journey that it does not have',
      withBudgets({ journeys: { buy: {} } }),
      /name a journey that the test does not have\.\n {2}received: "buy"\n {2}expected: no budgets of journeys/,
    ],
    [
      'with a misspelt limit of journeys',
      withBudgets({ everyJourney: { p95: 5 } }),
      /The budget "everyJourney" has a member that is not known/,
    ],
    [
      'with an impossible limit of journeys',
      withBudgets({ everyJourney: { completedShare: 99 } }),
      /The limit "completedShare" in the budget "everyJourney" cannot be held/,
    ],
    [
      'with a misspelt limit of a metric',
      withBudgets({ custom: { basket_size: { okP95Ms: 5 } } }),
      /The budget of the metric "basket_size" has a member that is not known/,
    ],
    [
      'with limits of two kinds of metrics',
      withBudgets({ custom: { sold: { countAtMost: 5, p95: 3 } } }),
      /The budget of the metric "sold" is of two kinds of metrics\.\n {2}received: p95, .*trend.*countAtMost, .*counter/,
    ],
    [
      "with a budget of one of k6's metrics",
      withBudgets({ custom: { http_req_duration: { p95: 3 } } }),
      /"custom" of budgets names no metric that a scenario file can make/,
    ],
    [
      'with a share of an endless metric',
      withBudgets({ custom: { found: { shareAtLeast: Number.POSITIVE_INFINITY } } }),
      /The limit "shareAtLeast" in the budget of the metric "found" cannot be held/,
    ],
    [
      'with a misspelt part of budgets',
      { ...sound, budgets: { ...budgets, everyEndpont: {} } },
      /received: "everyEndpont"[\s\S]*did you mean "everyEndpoint"/,
    ],
    [
      'with a misspelt budget',
      withOverall({ okP95ms: 5 }),
      /The budget "overall" has a member that is not known\.\n {2}received: "okP95ms"[\s\S]*did you mean "okP95Ms"/,
    ],
    [
      'with a misspelt budget of an endpoint',
      { ...sound, budgets: { ...budgets, endpoints: { a: {}, b: { okP95: 1 } } } },
      /The budget of endpoint "b" has a member/,
    ],
    [
      'with a misspelt budget of a question',
      { ...sound, budgets: { ...budgets, studies: { recoverySecond: 3 } } },
      /did you mean "recoverySeconds"/,
    ],
    [
      'with a budget of another endpoint in the place of its own',
      { ...sound, budgets: { ...budgets, endpoints: { a: {}, B2: {} } } },
      /do not name every endpoint of the test\.\n {2}received: no "b"/,
    ],
    [
      'with an endless limit',
      withOverall({ okP95Ms: Number.POSITIVE_INFINITY }),
      /The limit "okP95Ms" in the budget "overall" cannot be held\.\n {2}received: no finite number/,
    ],
    ['with a limit that is no number', withOverall({ okP95Ms: Number.NaN }), /received: no finite number/],
    ['with a limit that is a text', withOverall({ okP95Ms: '500' }), /received: a whole number/],
    ['with a limit that nothing is below', withOverall({ timeoutRate: 0 }), /a finite number, above 0, and at most 1/],
    ['with a share in percent', withOverall({ successShare: 99 }), /at most 1: 0\.01 is 1 %/],
    ['with half an error', withOverall({ serverErrors: 0.5 }), /a whole number, at least 0/],
    [
      'with an endless limit of a question',
      { ...sound, budgets: { ...budgets, studies: { recoverySeconds: Number.NaN } } },
      /The limit "recoverySeconds"/,
    ],
    [
      'with a misspelt level',
      withOverall({ okP95Ms: { limit: 5, level: 'warning' } }),
      /a level that is not known\.\n {2}received: "warning"/,
    ],
    ['with a limit in an object without it', withOverall({ okP95Ms: { level: 'warn' } }), /received: nothing/],
    ['with a misspelt waiver', withOverall({ okP95Ms: { limit: 5, waver: {} } }), /did you mean "waiver"/],
    [
      'with a waiver without a reason',
      withOverall({ okP95Ms: { limit: 5, waiver: { reason: ' ', until: '2026-12-31' } } }),
      /The waiver of okP95Ms has no reason/,
    ],
    [
      'with a waiver without a real day',
      withOverall({ okP95Ms: { limit: 5, waiver: { reason: 'x', until: '2026-02-30' } } }),
      /does not say when it ends/,
    ],
    [
      'with a waiver of no use',
      withOverall({ okP95Ms: { limit: 5, waiver: null } }),
      /The waiver of okP95Ms is not an object/,
    ],
    ['without plans', { ...sound, plans: {} }, /There is no plan/],
    [
      'with more users than any machine has room for',
      withShape({ ...users, users: 1e9 }),
      /has a users that cannot be/,
    ],
    ['with a load of 30,000 years', withShape({ ...users, durationSeconds: 1e12 }), /a durationSeconds that cannot be/],
    ['with a pause of 300 years', withShape({ ...users, thinkTimeSeconds: 1e10 }), /a thinkTimeSeconds that cannot be/],
    ['with a plan without load', { ...sound, plans: { timed: {} } }, /The plan "timed" has no stream/],
    [
      'with a stream that k6 cannot name',
      { ...sound, plans: { timed: { 'my users': users } } },
      /received: "my users"/,
    ],
    [
      'with an unknown shape',
      withShape({ kind: 'constant-user' }),
      /a shape that is not known\.\n {2}received: "constant-user"/,
    ],
    [
      'with endless users',
      withShape({ ...users, users: Number.POSITIVE_INFINITY }),
      /has a users that cannot be\.\n {2}received: no finite number/,
    ],
    [
      'with half a user',
      withShape({ ...users, users: 1.5 }),
      /received: a number with decimals\n {2}expected: a whole number from 1 to 100000/,
    ],
    [
      'without a duration',
      withShape({ ...users, durationSeconds: undefined }),
      /has a durationSeconds that cannot be\.\n {2}received: nothing/,
    ],
    [
      'with a misspelt member of a shape',
      withShape({ ...users, duration: 5 }),
      /of plan "timed" has a member that is not known\.\n {2}received: "duration"/,
    ],
    ['without a rate', withShape({ ...arrivals, ratePerSecond: Number.NaN }), /received: no finite number/],
    ['without stages', withShape({ kind: 'ramping-users', startUsers: 0, stages: [], ...rhythm }), /has no stages/],
    [
      'with an impossible stage',
      withShape({ kind: 'ramping-users', startUsers: 0, stages: [{ users: -1, durationSeconds: 1 }], ...rhythm }),
      /Stage 1 of the stream "users" of plan "timed" has a users/,
    ],
    ['with an endless warm-up', { ...sound, warmUpSeconds: Number.POSITIVE_INFINITY }, /warmUpSeconds cannot be/],
    ['with a question that is none', { ...sound, study: 'soak' }, /study is not an object/],
    ['with a question that was not called', { ...sound, study: {} }, /study is no question/],
    ['with arguments that are none', { ...sound, referenceBackend: '--delay-ms 5' }, /referenceBackend is not a list/],
  ])('%s', (_case, definition, message) => {
    expect(messageOf(definition)).toMatch(message);
    expect(messageOf(definition)).not.toContain('s3cret');
  });
});

describe('what overrides budgets is refused', () => {
  const override = (changes: object) => () => overrideBudgets(budgets, changes);
  it('where it names an endpoint that they do not', () => {
    expect(override({ endpoints: { elsewere: {} } })).toThrow(
      /did you mean one by the other: "elsewere" and "elsewhere"/,
    );
    expect(override({ endpoints: { elsewhere: {} } })).not.toThrow();
  });
  it('where it is misspelt', () => {
    expect(override({ everyendpoint: {} })).toThrow(/did you mean "everyEndpoint"/);
    expect(() => overrideBudgets({ ...budgets, studys: {} } as Budgets, {})).toThrow(/did you mean "studies"/);
  });
});
