import { expect, it, vi } from 'vitest';

vi.mock('k6/execution', () => ({ default: {} }));
vi.mock('k6/data', () => ({ SharedArray: class {} }));

interface K6Side {
  expectSupplied(test: object): void;
  secretsOf(definition: object, plan: object): readonly string[];
  usedUpBy(definition: object, plan: object): readonly string[];
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './supplies.ts';
const { expectSupplied, secretsOf, usedUpBy } = (await import(/* @vite-ignore */ file)) as K6Side;

const closed = { kind: 'constant-users', users: 20, durationSeconds: 5, rampUpSeconds: 0, thinkTimeSeconds: 0 };
const ramp = { kind: 'ramping-users', startUsers: 3, stages: [{ users: 9, durationSeconds: 1 }] };
const fixed = { kind: 'fixed-journeys', users: 4, journeysPerUser: 5 };
const open = {
  kind: 'constant-arrivals',
  ratePerSecond: 2,
  durationSeconds: 7.2,
  expectedLatencyMs: 100,
  maxUsers: 30,
};

/** Data that notes what it is asked for. */
function noting(name = 'rows', handsOutOnce = false) {
  const asked: unknown[] = [];
  return { name, handsOutOnce, asked, expectEnough: (...counts: unknown[]) => asked.push(counts) };
}

function askedOf(plan: object, warmUp: object = {}): unknown[] {
  const data = noting();
  const journeys = [{ name: 'buy', endpoints: [], atMostSeconds: 10, data }];
  expectSupplied({ definition: { journeys }, plan, warmUp, endpoints: [] });
  return data.asked;
}

it.each<[string, object, object, [users: number, turns: number | undefined]]>([
  ['users of all streams', { a: closed, b: ramp }, {}, [29, undefined]],
  ['users of a warm-up, which may still be busy', { a: closed }, { 'warm-up-a': closed }, [40, undefined]],
  ['work that is fixed', { a: fixed }, {}, [4, 20]],
  ['arrivals, and as many users as there can be for them', { a: open }, {}, [30, 15]],
  ['as many numbers as there are in several streams', { a: fixed, b: open }, {}, [34, 40]],
  ['one stream of which nobody knows how much it sends', { a: fixed, b: closed }, {}, [24, undefined]],
])('rows are counted for %s', (_, plan, warmUp, counts) => {
  expect(askedOf(plan, warmUp)).toEqual([counts]);
});

const complete = vi.fn();
const auth = (data: object, secrets: readonly string[]) => ({ data, secrets, expectComplete: complete });
const [users, vouchers, elsewhere] = [noting('users'), noting('vouchers', true), noting('elsewhere', true)];
const account = auth(users, ['client', 'pin']);
const definition = {
  journeys: [
    { name: 'browse', endpoints: [], atMostSeconds: 1, auth: account, data: users },
    { name: 'buy', endpoints: [], atMostSeconds: 1, auth: account, data: vouchers },
    { name: 'not sent', endpoints: [], atMostSeconds: 1, auth: auth(elsewhere, ['other']), data: elsewhere },
  ],
  mix: { browse: 1, buy: 1 },
};

it('what journeys of the plan share is asked once, and nothing of those that are not sent', () => {
  expectSupplied({ definition, plan: { a: fixed }, warmUp: {}, endpoints: [] });
  expect(complete).toHaveBeenCalledTimes(1);
  expect([users.asked, vouchers.asked, elsewhere.asked]).toEqual([[[4, 20]], [[4, 20]], []]);
  expect(secretsOf(definition, { a: fixed })).toEqual(['client', 'pin']);
  expect(usedUpBy(definition, { a: fixed })).toEqual(['vouchers']);
});

it('a test of endpoints needs nothing', () => {
  expect(() => expectSupplied({ definition: {}, plan: { a: closed }, warmUp: {}, endpoints: [] })).not.toThrow();
  expect(usedUpBy({}, { a: closed })).toEqual([]);
});
