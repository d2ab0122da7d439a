import { expect, it } from 'vitest';
import { findGaps } from './gaps.ts';

const scenariosOf = (ran: readonly string[], available?: readonly string[]) =>
  findGaps(ran, available).map(({ scenario }) => scenario);

it('every question of the library is open where nothing was run', () => {
  expect(scenariosOf([])).toEqual([
    'sequential',
    'rapid-fire',
    'sustained',
    'mixed',
    'breakpoint',
    'recovery',
    'soak',
    'pool',
    'rate-limit',
    'websocket',
  ]);
});

it.each([
  [['sustained'], 'sustained', false],
  [['pool-exhaustion'], 'pool', false],
  [['rate-limit-bypass'], 'rate-limit', false],
  [['websocket'], 'soak', true],
  [['soaking'], 'soak', true],
  [['soak-test-of-others', 'mixed'], 'soak', false],
  [['my-soak'], 'soak', true],
])('%j leave %s open: %s', (ran, scenario, isOpen) => {
  expect(scenariosOf(ran).includes(scenario)).toBe(isOpen);
});

it('a gap says whether the project has the scenario, where the project is known', () => {
  expect(findGaps([], ['soak']).find(({ scenario }) => scenario === 'soak')?.isAvailable).toBe(true);
  expect(findGaps([], ['soak']).find(({ scenario }) => scenario === 'pool')?.isAvailable).toBe(false);
  expect(findGaps([], undefined)[0]).not.toHaveProperty('isAvailable');
});

it("a project's own scenarios that were not run come last, without a question of ours", () => {
  expect(findGaps(['smoke'], ['smoke', 'checkout', 'soak']).at(-1)).toEqual({
    scenario: 'checkout',
    isAvailable: true,
  });
  expect(scenariosOf(['smoke', 'checkout'], ['smoke', 'checkout', 'soak'])).not.toContain('checkout');
  expect(scenariosOf([], ['soak']).filter((scenario) => scenario === 'soak')).toHaveLength(1);
});
