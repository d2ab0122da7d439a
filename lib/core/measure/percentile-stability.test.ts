import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasEnoughBeyond, samplesToTell, stabilityOf } from './percentile-stability.ts';
import { LADDER_QUANTILES, type Latency, latencyAt } from './quantile-ladder.ts';

/** The latency of replies as k6 summarises them: linear between two of them. */
function latencyOf(repliesMs: readonly number[]): Latency {
  const sorted = [...repliesMs].sort((a, b) => a - b);
  const at = (quantile: number) => {
    const rank = quantile * (sorted.length - 1);
    const low = sorted[Math.floor(rank)] ?? Number.NaN;
    const high = sorted[Math.ceil(rank)] ?? Number.NaN;
    return low + (rank - Math.floor(rank)) * (high - low);
  };
  return latencyAt(sorted.length, 1, LADDER_QUANTILES.map(at));
}

const replies = (fast: number, slow: number) => [
  ...Array.from({ length: fast }, (_, i) => 50 + i / 1000),
  ...Array.from({ length: slow }, (_, i) => 800 + i / 1000),
];

describe('a p95 is unstable where its interval straddles the limit', () => {
  it.each([
    ['just about 5 % of the responses are slow', 950, 50, true],
    ['a few less are', 955, 45, true],
    ['half as many are', 975, 25, false],
    ['twice as many are', 900, 100, false],
    ['none is', 1000, 0, false],
    ['all are', 0, 1000, false],
  ])('%s', (_case, fast, slow, isUnstable) => {
    const stability = stabilityOf(latencyOf(replies(fast, slow)), 0.95, 500);
    expect(stability?.isUnstable).toBe(isUnstable);
    expect(stability?.shareOverLimit).toBeCloseTo(slow / (fast + slow), 2);
  });

  it('a merged percentile lies anywhere in its bracket', () => {
    const merged = latencyOf(Array.from({ length: 1000 }, () => 20));
    const brackets = { p50: [20, 20], p95: [20, 600], p99: [600, 700] } as const;
    expect(stabilityOf({ ...merged, brackets }, 0.95, 500)).toMatchObject({ isUnstable: true, lowMs: 20, highMs: 600 });
    expect(stabilityOf(merged, 0.95, 500)?.isUnstable).toBe(false);
  });

  it('with the ranks of docs/comparison-procedure.md', () => {
    // 1.645·√(0.95·0.05/1000) = 0.01134: of 1, 2, ... 1000 ms the ranks 0.93866 and 0.96134.
    const stability = stabilityOf(latencyOf(Array.from({ length: 1000 }, (_, i) => i + 1)), 0.95, 955);
    expect(stability?.lowMs).toBeCloseTo(938.72, 1);
    expect(stability?.highMs).toBeCloseTo(961.38, 1);
    expect(stability?.isUnstable).toBe(true);
    expect(stability?.shareOverLimit).toBeCloseTo(0.0455, 6);
  });

  it('the limit itself is not below the limit', () => {
    const even = latencyOf(Array.from({ length: 1000 }, () => 500));
    expect(stabilityOf(even, 0.95, 500)).toEqual({ lowMs: 500, highMs: 500, isUnstable: false, shareOverLimit: 1 });
    expect(stabilityOf(even, 0.95, 500.1)).toMatchObject({ isUnstable: false, shareOverLimit: 0 });
    // Almost all are a little faster: the interval reaches the limit, which would be crossed there.
    const mostly = latencyOf([...Array.from({ length: 950 }, () => 499), ...Array.from({ length: 50 }, () => 500)]);
    expect(stabilityOf(mostly, 0.95, 500)).toMatchObject({ lowMs: 499, highMs: 500, isUnstable: true });
    expect(stabilityOf(mostly, 0.95, 499)?.isUnstable).toBe(false);
  });
});

it('nothing is said of a distribution that is not known', () => {
  expect(stabilityOf({ count: 0 }, 0.95, 500)).toBeUndefined();
  expect(stabilityOf({ count: 3, p95: 7 }, 0.95, 500)).toBeUndefined();
  expect(stabilityOf({ count: 0, ladder: [] }, 0.95, 500)).toBeUndefined();
});

it('of a single response the interval is that response', () => {
  expect(stabilityOf(latencyOf([7]), 0.95, 500)).toEqual({ lowMs: 7, highMs: 7, isUnstable: false, shareOverLimit: 0 });
});

it('the share over the limit is that of the responses, to a step of the ladder', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 1000 }),
      (repliesMs, limitMs) => {
        const share = repliesMs.filter((ms) => ms >= limitMs).length / repliesMs.length;
        const told = stabilityOf(latencyOf(repliesMs), 0.95, limitMs)?.shareOverLimit ?? Number.NaN;
        expect(Math.abs(told - share)).toBeLessThanOrEqual(0.011 + 2 / repliesMs.length);
      },
    ),
  );
});

it('the interval holds the percentile, and lies within the responses', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 300 }), (repliesMs) => {
      const latency = latencyOf(repliesMs);
      const stability = stabilityOf(latency, 0.95, 500);
      expect(stability?.lowMs).toBeLessThanOrEqual(latency.p95 ?? Number.NaN);
      expect(stability?.highMs).toBeGreaterThanOrEqual(latency.p95 ?? Number.NaN);
      expect(stability?.lowMs).toBeGreaterThanOrEqual(Math.min(...repliesMs));
      expect(stability?.highMs).toBeLessThanOrEqual(Math.max(...repliesMs));
    }),
  );
});

it.each([
  [0.95, 399, false],
  [0.95, 400, true],
  [0.99, 1999, false],
  [0.99, 2000, true],
  // 200 · (1 − 0.9) is 19.999999999999996 in a computer.
  [0.9, 199, false],
  [0.9, 200, true],
  [0.95, 0, false],
])('a percentile at %s of %i samples has at least 20 beyond it: %s', (quantile, samples, isEnough) => {
  expect(hasEnoughBeyond(quantile, samples)).toBe(isEnough);
});

describe('how many samples tell on which side of its limit a percentile is', () => {
  it('are never fewer than it needs anyway, and more the nearer it is', () => {
    expect(samplesToTell(0.95, 0)).toBe(400);
    expect(samplesToTell(0.95, 0.2)).toBe(400);
    // 1.645²·0.95·0.05 / 0.01² = 1285.4
    expect(samplesToTell(0.95, 0.04)).toBe(1286);
    expect(samplesToTell(0.95, 0.06)).toBe(1286);
    expect(samplesToTell(0.5, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are so many that the limit is no longer in the interval', () => {
    const count = samplesToTell(0.95, 0.04);
    const even = latencyOf(Array.from({ length: count }, (_, i) => i / count));
    expect(stabilityOf(even, 0.95, 0.96)?.isUnstable).toBe(false);
    expect(stabilityOf({ ...even, count: Math.floor(count / 2) }, 0.95, 0.96)?.isUnstable).toBe(true);
  });
});
