import { describe, expect, it } from 'vitest';
import { type Budgets, journeyThresholdsOf, overrideBudgets, thresholdsOf } from './budgets.ts';

const budgets: Budgets<'a' | 'b'> = {
  overall: { timeoutRate: 0.01, okP95Ms: 500 },
  everyEndpoint: { okReplies: 1, okP95Ms: 400 },
  endpoints: { a: {}, b: { okP95Ms: 900, serverErrors: 3 } },
};

it('thresholds come first overall, then endpoint by endpoint, each list in one fixed order', () => {
  expect(thresholdsOf(budgets, ['b', 'a'])).toEqual([
    { metric: 'okP95Ms', limit: 500 },
    { metric: 'timeoutRate', limit: 0.01 },
    { metric: 'okP95Ms', limit: 900, endpoint: 'b' },
    { metric: 'serverErrors', limit: 3, endpoint: 'b' },
    { metric: 'okReplies', limit: 1, endpoint: 'b' },
    { metric: 'okP95Ms', limit: 400, endpoint: 'a' },
    { metric: 'okReplies', limit: 1, endpoint: 'a' },
  ]);
  expect(thresholdsOf({ overall: {}, everyEndpoint: {}, endpoints: {} }, ['a'])).toEqual([]);
  expect(thresholdsOf({ overall: {}, everyEndpoint: {}, endpoints: {} }, ['constructor'])).toEqual([]);
});

it('journeys have the limits of every journey, and their own', () => {
  const written = {
    ...budgets,
    everyJourney: { okP95Ms: 900, completedShare: 0.99 },
    journeys: { buy: { okP95Ms: 2000 } },
  };
  expect(journeyThresholdsOf(written, ['buy', 'constructor'])).toEqual([
    { metric: 'journeyP95Ms', limit: 2000, journey: 'buy' },
    { metric: 'journeysCompletedShare', limit: 0.99, journey: 'buy' },
    { metric: 'journeyP95Ms', limit: 900, journey: 'constructor' },
    { metric: 'journeysCompletedShare', limit: 0.99, journey: 'constructor' },
  ]);
  expect(journeyThresholdsOf(budgets, ['buy'])).toEqual([]);
});

it('a limit of 0 is a limit', () => {
  expect(thresholdsOf({ overall: { serverErrors: 0 }, everyEndpoint: {}, endpoints: {} }, [])).toHaveLength(1);
});

describe('overrideBudgets', () => {
  it('replaces what it names, keeps the rest and leaves the original alone', () => {
    const before = structuredClone(budgets);
    const changed = overrideBudgets(budgets, {
      overall: { okP95Ms: 1000 },
      everyEndpoint: { okReplies: 10 },
      endpoints: { b: { okP95Ms: 2000 }, a: { timeoutRate: 0.5 } },
    });
    expect(changed).toEqual({
      overall: { timeoutRate: 0.01, okP95Ms: 1000 },
      everyEndpoint: { okReplies: 10, okP95Ms: 400 },
      endpoints: { a: { timeoutRate: 0.5 }, b: { okP95Ms: 2000, serverErrors: 3 } },
    });
    expect(budgets).toEqual(before);
  });

  it('replaces limits of journeys and of metrics one by one', () => {
    const shared: Budgets = {
      ...budgets,
      everyJourney: { okP95Ms: 3000, completedShare: 0.9 },
      journeys: { buy: { okP95Ms: 5000 } },
      custom: { basket_size: { p95: 20, max: 50 } },
    };
    expect(
      overrideBudgets(shared, {
        everyJourney: { okP95Ms: 4000 },
        journeys: { buy: { perSecond: 2 }, browse: { perSecond: 9 } },
        custom: { basket_size: { max: 60 } },
      }),
    ).toEqual({
      ...budgets,
      everyJourney: { okP95Ms: 4000, completedShare: 0.9 },
      journeys: { buy: { okP95Ms: 5000, perSecond: 2 }, browse: { perSecond: 9 } },
      custom: { basket_size: { p95: 20, max: 60 } },
    });
    expect(overrideBudgets(shared, {})).toEqual(shared);
  });

  it('changes nothing when it names nothing', () => {
    expect(overrideBudgets(budgets, {})).toEqual(budgets);
  });
});

it('a budget for what gets past a rate limit is one for endpoints that declare one, never for all requests together', () => {
  const limited: Budgets = { overall: {}, everyEndpoint: { acceptedBeyondLimit: 0 }, endpoints: {} };
  expect(thresholdsOf(limited, ['info', 'other'], new Set(['info']))).toEqual([
    { metric: 'acceptedBeyondLimit', endpoint: 'info', limit: 0 },
  ]);
  expect(thresholdsOf(limited, ['info', 'other'])).toEqual([]);
  expect(() => thresholdsOf({ ...limited, overall: { acceptedBeyondLimit: 0 } }, [])).toThrow(/no meaning/);
});

describe('a limit that only warns, or is waived,', () => {
  const waiver = { reason: 'PERF-12', until: '2026-12-31' };

  it('is written down by a budget, endpoint by endpoint', () => {
    const written: Budgets = {
      overall: { okP95Ms: { limit: 500, level: 'warn' }, serverErrors: { limit: 0, level: 'fail' } },
      everyEndpoint: { okP95Ms: 500 },
      endpoints: { b: { okP95Ms: { limit: 400, waiver } } },
    };
    expect(thresholdsOf(written, ['a', 'b'])).toEqual([
      { metric: 'okP95Ms', limit: 500, level: 'warn' },
      { metric: 'serverErrors', limit: 0 },
      { metric: 'okP95Ms', limit: 500, endpoint: 'a' },
      { metric: 'okP95Ms', limit: 400, waiver, endpoint: 'b' },
    ]);
  });

  it('is refused where its waiver never ends', () => {
    const forever = { limit: 400, waiver: { reason: 'PERF-12', until: 'never' } };
    expect(() => thresholdsOf({ overall: { okP95Ms: forever }, everyEndpoint: {}, endpoints: {} }, [])).toThrow(
      /does not say when it ends/,
    );
  });
});
