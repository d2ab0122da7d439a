import { describe, expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { QuestionMetrics } from '../question.ts';
import type { RateLimitPlan, RateLimitStudy } from './answer.ts';
import { METRICS } from './metrics.ts';

const study = (changes: Partial<RateLimitStudy>): RateLimitStudy => ({
  kind: 'rate-limit',
  endpoint: 'a',
  path: '/a',
  declared: { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' },
  hasSecondClient: true,
  requests: 250,
  accepted: 120,
  limited: 130,
  mostInWindow: 60,
  beyondLimit: 0,
  retryAfter: { right: 130, early: 0, late: 0, missing: 0 },
  bypasses: [],
  inWindow: [],
  ...changes,
});

const measures: QuestionMetrics<RateLimitPlan, RateLimitStudy> = METRICS;
const holdsOf = (metric: keyof typeof METRICS, changes: Partial<RateLimitStudy>, limit: number) => {
  const { actual, between } = measures[metric]?.measure(study(changes), limit) ?? {};
  return whetherHolds(between ?? (actual === undefined ? {} : { low: actual, high: actual }), '<=', limit);
};

it('a limit that was never used up lets nobody say what it lets through', () => {
  expect(holdsOf('acceptedInWindowBeyondLimit', {}, 0)).toBe(true);
  expect(holdsOf('acceptedInWindowBeyondLimit', { limited: 0, mostInWindow: 45 }, 0)).toBeUndefined();
  expect(holdsOf('acceptedInWindowBeyondLimit', { limited: 0, mostInWindow: 99, beyondLimit: 39 }, 0)).toBe(false);
});

describe('ways around it', () => {
  const ways = (...states: ('open' | 'closed' | 'unclear')[]): Partial<RateLimitStudy> => ({
    bypasses: states.map((state, i) => ({ way: i === 0 ? 'head' : 'options', state, attempts: 3, letThrough: 0 })),
  });

  it.each([
    [ways('closed', 'closed'), 0, true],
    [ways('open', 'unclear'), 0, false],
    [ways('closed', 'unclear'), 0, undefined],
    [ways('closed', 'unclear'), 1, true],
    [ways('unclear'), 0, undefined],
    [{}, 0, undefined],
  ] as const)('%j, of which at most %d may be open: %s', (changes, limit, holds) => {
    expect(holdsOf('openBypasses', changes, limit)).toBe(holds);
  });
});

it('a Retry-After of which nobody can say whether it is right is neither', () => {
  const retryAfter = { right: 0, early: 0, late: 0, missing: 2 };
  expect(holdsOf('wrongRetryAfterShare', { retryAfter }, 0.05)).toBeUndefined();
  expect(holdsOf('wrongRetryAfterShare', { retryAfter: { ...retryAfter, missing: 130 } }, 0.05)).toBe(false);
  expect(holdsOf('wrongRetryAfterShare', { retryAfter: { ...retryAfter, right: 128 } }, 0.05)).toBe(true);
  expect(holdsOf('wrongRetryAfterShare', { limited: 0 }, 0.05)).toBeUndefined();
});

it('another client that was never met is not said to be served', () => {
  expect(holdsOf('starvedRequests', {}, 0)).toBeUndefined();
  expect(holdsOf('starvedRequests', { isolation: { requests: 5, refused: 0 } }, 0)).toBe(true);
});
