import { expect, it } from 'vitest';
import { expectEndpointsOrJourneys, expectFitting } from './expect-journeys.ts';

const begin = () => ({ iterations: {} });
const seed = () => 7;
const browse = { name: 'browse', begin };
const buy = { name: 'buy', begin, setup: seed };
const users = { kind: 'constant-users', users: 1 };
const sound = {
  journeys: [browse, buy],
  mix: { browse: 70, buy: 30 },
  setup: seed,
  plans: { day: { mixed: users, buyers: { ...users, journey: 'buy' } }, night: { mixed: { kind: 'fixed-journeys' } } },
};
const inTurn = { endpoints: [{ id: 'a', path: '/a' }], plans: { day: { users: { kind: 'fixed-work' } } } };

function messageOf(definition: Readonly<Record<string, unknown>>): string {
  try {
    expectEndpointsOrJourneys(definition);
    expectFitting(definition);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const streamed = (...journeys: (string | undefined)[]) => ({
  day: Object.fromEntries(
    journeys.map((journey, i) => [`s${i}`, journey === undefined ? users : { ...users, journey }]),
  ),
});

it.each([
  ['journeys with weights, and streams of their own', sound],
  ['journeys without weights, which are all alike', { ...sound, mix: undefined }],
  ['a weight of 0 for a journey that has a stream', { ...sound, mix: { browse: 1, buy: 0 } }],
  ['a journey without a weight that has a stream', { ...sound, mix: { browse: 0.5 } }],
  ['a question that watches any load', { ...sound, study: { begin, ofJourneys: true } }],
  ['endpoints that are sent in turn', inTurn],
  ['endpoints with what runs before and after', { ...inTurn, setup: seed, teardown: async () => {} }],
])('%s are accepted', (_, definition) => {
  expect(messageOf(definition)).toBe('');
});

it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ['endpoints and journeys', { ...sound, endpoints: [] }, /either endpoints or journeys\.\n {2}received: both/],
  [
    'a question of which they are no load, by its own reason',
    { ...sound, study: { begin, ofJourneys: 'a pool counts requests' } },
    /cannot be asked of journeys: a pool counts requests\.\n {2}received: study beside journeys/,
  ],
  ['what says nothing of journeys', { ...sound, study: { begin } }, /cannot be asked of journeys\.\n/],
  ['neither', { plans: {} }, /either endpoints or journeys\.\n {2}received: neither/],
  [
    'one journey in the place of a list',
    { ...sound, journeys: browse },
    /not a list of journeys.\n {2}received: an object/,
  ],
  ['no journey', { ...sound, journeys: [] }, /received: an empty list/],
  [
    'a function in the place of a journey',
    { ...sound, journeys: [browse, seed] },
    /Journey 2 of .* is none\.\n {2}received: a function/,
  ],
  [
    'what journey() did not make',
    { ...sound, journeys: [{ name: 'x', run: seed }] },
    /Journey 1 .*\n.*\n {2}expected: what journey\(\) returned/,
  ],
  ['one name twice', { ...sound, journeys: [browse, buy, browse] }, /share one name\.\n {2}received: "browse" twice/],
  [
    'a mix of another journey',
    { ...sound, mix: { browse: 1, bu: 1 } },
    /mix names a journey .*\n {2}received: "bu"\n {2}expected: one of "browse" and "buy"\n {2}to do: {4}did you mean "buy"\?/,
  ],
  ['a mix that is a list', { ...sound, mix: [70, 30] }, /mix is not an object/],
  ['a mix without weights', { ...sound, mix: { browse: 0, buy: 0 } }, /mix picks no journey/],
  ['an empty mix', { ...sound, mix: {} }, /mix picks no journey/],
  [
    'a weight below 0',
    { ...sound, mix: { browse: 70, buy: -1 } },
    /weight of the journey "buy" .*\n {2}received: a number below zero/,
  ],
  [
    'an endless weight',
    { ...sound, mix: { browse: Number.POSITIVE_INFINITY } },
    /journey "browse" .*\n {2}received: no finite number/,
  ],
  ['a weight that is a text', { ...sound, mix: { browse: '70' } }, /received: a whole number/],
  [
    'a stream of another journey',
    { ...sound, plans: streamed('bui', undefined) },
    /stream "s0" of plan "day" .*\n {2}received: "bui"[\s\S]*did you mean "buy"/,
  ],
  [
    'a stream whose journey is no name',
    { ...sound, plans: { day: { s: { ...users, journey: buy } } } },
    /stream "s" of plan "day" has a journey that is no name\.\n {2}received: an object/,
  ],
  [
    'a journey that only other streams leave out',
    { ...sound, plans: streamed('buy') },
    /journey "browse" is sent by no plan\.\n {2}received: streams that each/,
  ],
  [
    'a journey without a weight',
    { ...sound, mix: { browse: 1 }, plans: streamed(undefined) },
    /journey "buy" is sent by no plan\.\n {2}received: no weight/,
  ],
  [
    'fixed work of journeys',
    { ...sound, plans: { day: { s: { kind: 'fixed-work' } } } },
    /stream "s" of plan "day" .*\n.*\n.*\n {2}to do: {4}use fixedJourneys/,
  ],
  [
    'fixed journeys of endpoints',
    { ...inTurn, plans: sound.plans.night && { night: sound.plans.night } },
    /stream "mixed" of plan "night" is about journeys[\s\S]*use fixedWork/,
  ],
  [
    'a stream of a journey beside endpoints',
    { ...inTurn, plans: streamed('buy') },
    /stream "s0" of plan "day" is about journeys/,
  ],
  ['a mix of endpoints', { ...inTurn, mix: {} }, /mix is about journeys, and the load test has none/],
  [
    'an endpoint with parameters, sent in turn',
    { ...inTurn, endpoints: [{ id: 'order', path: '/orders/{id}' }] },
    /Endpoint "order" cannot be sent in turn\.\n {2}received: a path that needs/,
  ],
  [
    'an endpoint that follows, sent in turn',
    { ...inTurn, endpoints: [{ id: 'old', path: '/old', redirects: 'follow' }] },
    /Endpoint "old" .*\n {2}received: redirects/,
  ],
  [
    'a setup that is no function',
    { ...sound, setup: {} },
    /setup of the load test is no function\.\n {2}received: an object/,
  ],
  ['a teardown that is no function', { ...inTurn, teardown: 'clear' }, /teardown of the load test is no function/],
  [
    'a journey that needs another setup',
    { ...sound, setup: () => 8 },
    /journey "buy" needs what another setup returns\.\n {2}received: another function/,
  ],
  [
    'a journey that needs a setup',
    { ...sound, setup: undefined },
    /journey "buy" .*\n {2}received: a load test without setup/,
  ],
])('%s is refused', (_, definition, message) => {
  expect(messageOf(definition)).toMatch(message);
});
