import { expect, it } from 'vitest';
import { cutOf } from './cut-load.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';

const scenario = (facts: object) =>
  ({
    name: 'soak',
    facts: { plan: 'long', isSteady: true, expected: { requests: 1, seconds: 60 }, ...facts },
  }) as unknown as PreparedScenario;

it('a load is cut into equal parts, none longer than asked for', () => {
  expect(cutOf(scenario({}), 20)).toEqual({ parts: 3, secondsEach: 20 });
  expect(cutOf(scenario({}), 25)).toEqual({ parts: 3, secondsEach: 20 });
});

it.each<[string, object, number, RegExp]>([
  ['that changes', { isSteady: undefined }, 20, /load of soak cannot be sent .*: it is not constant/],
  ['that is one part', {}, 60, /--segment does not divide the load/],
  ['of parts that are too short', {}, 0.5, /--segment does not divide the load/],
  ['whose rows come once', { usesUp: ['vouchers'] }, 20, /each would begin with the first row of vouchers/],
])('a load %s is not', (_, facts, seconds, message) => {
  expect(() => cutOf(scenario(facts), seconds)).toThrow(message);
});
