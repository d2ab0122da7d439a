import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../spec/sum.ts';
import { compact, mergeLatencies, mergeWithBrackets } from './merge-latencies.ts';
import { LADDER_QUANTILES, latencyAt } from './quantile-ladder.ts';

/** The quantile of k6 and of docs/comparison-procedure.md: type 7, linear between the samples. */
function quantile(sorted: readonly number[], q: number): number {
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

function latencyOf(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const average = sum(sorted) / sorted.length;
  return latencyAt(
    sorted.length,
    average,
    LADDER_QUANTILES.map((q) => quantile(sorted, q)),
  );
}

describe('mergeWithBrackets', () => {
  const samples = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 400 });

  it('brackets the true percentile of all requests together, whatever they were', () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 2, maxLength: 6 }), (sets) => {
        const merged = mergeWithBrackets(sets.map((each) => compact(latencyOf(each))));
        const pooled = sets.flat().sort((a, b) => a - b);
        for (const [name, q] of [
          ['p50', 0.5],
          ['p95', 0.95],
          ['p99', 0.99],
        ] as const) {
          const [low, high] = merged.brackets?.[name] ?? [Number.NaN, Number.NaN];
          const truth = quantile(pooled, q);
          expect(low).toBeLessThanOrEqual(truth + 1e-5);
          expect(high).toBeGreaterThanOrEqual(truth - 1e-5);
          expect(merged[name]).toBeGreaterThanOrEqual(low - 1e-5);
          expect(merged[name]).toBeLessThanOrEqual(high + 1e-5);
        }
        const values = (merged.ladder ?? []).map(([, ms]) => ms);
        expect(values).toEqual(values.toSorted((a, b) => a - b));
        expect(merged.ladder?.find(([q]) => q === 0.95)?.[1]).toBe(merged.p95);
      }),
    );
  });

  it('says nothing beside one set of requests: its percentiles are exact', () => {
    expect(mergeWithBrackets([compact(latencyOf([1, 2, 3])), { count: 0 }]).brackets).toBeUndefined();
  });
});

describe('mergeLatencies', () => {
  it('measures nothing where nothing was measured', () => {
    expect(mergeLatencies([{ count: 0 }, { count: 0 }])).toEqual({ count: 0 });
  });

  it('leaves one set of requests as it is', () => {
    const only = latencyOf([1, 2, 3, 400]);
    expect(mergeLatencies([{ count: 0 }, only])).toBe(only);
  });

  it('keeps quick responses and timeouts apart: no percentile lies where nobody was', () => {
    const quick = latencyOf(Array.from({ length: 960 }, (_, i) => 5 + i / 100));
    const slow = latencyOf(Array.from({ length: 40 }, () => 30_000));
    const merged = mergeLatencies([quick, slow]);
    expect(merged.p95).toBeLessThan(15);
    expect(merged.p99).toBe(30_000);
    expect(merged.max).toBe(30_000);
  });

  it('averages by how many requests there were in each set', () => {
    const merged = mergeLatencies([latencyOf([10, 20, 30]), { count: 0 }, latencyOf([100])]);
    expect(merged).toMatchObject({ count: 4, min: 10, max: 100 });
    expect(merged.avg).toBeCloseTo(40, 9);
  });

  describe('where one of several sets has no ladder', () => {
    const whole = latencyOf([10, 20, 30]);
    const bare = { count: 1, min: 50, avg: 50, max: 50 };

    it('says the count, the bounds and the average of all, and no percentile', () => {
      expect(mergeLatencies([whole, { ...bare, p95: 50 }])).toEqual({ count: 4, min: 10, avg: 27.5, max: 50 });
    });

    it('leaves out what one of them does not say', () => {
      expect(mergeLatencies([whole, { count: 1, avg: 50 }])).toEqual({ count: 4, avg: 27.5 });
      expect(mergeLatencies([whole, { count: 1, max: 50 }])).toEqual({ count: 4, max: 50 });
      expect(mergeLatencies([whole, { count: 1 }])).toEqual({ count: 4 });
    });

    it('keeps a bound or an average that is 0, and takes no part in those of a set without requests', () => {
      const refused = { count: 3, min: 0, avg: 0, max: 0 };
      const nothing = { count: 0 };
      expect(mergeLatencies([refused, bare, nothing])).toEqual({ count: 4, min: 0, avg: 12.5, max: 50 });
    });

    it('says no percentile, whatever the others know', () => {
      const merged = mergeLatencies([whole, whole, { ...bare, p50: 50, p95: 50, p99: 50 }]);
      expect(Object.keys(merged).sort()).toEqual(['avg', 'count', 'max', 'min']);
    });

    it('says all of the only one that has requests', () => {
      const only = { ...bare, p95: 50 };
      expect(mergeLatencies([only, { count: 0 }])).toBe(only);
    });
  });

  it('counts and bounds exactly, and ranks every quantile to within a step of the ladder', () => {
    const samples = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { minLength: 30, maxLength: 300 });
    fc.assert(
      fc.property(samples, samples, (one, other) => {
        const pooled = [...one, ...other].sort((a, b) => a - b);
        const merged = mergeLatencies([latencyOf(one), latencyOf(other)]);
        expect(merged.count).toBe(pooled.length);
        expect(merged.min).toBeCloseTo(pooled[0] ?? Number.NaN, 5);
        expect(merged.max).toBeCloseTo(pooled.at(-1) ?? Number.NaN, 5);
        for (const [q, ms] of merged.ladder ?? []) {
          const notSlower = pooled.filter((value) => value <= ms + 1e-6).length / pooled.length;
          const faster = pooled.filter((value) => value < ms - 1e-6).length / pooled.length;
          // Two ladders of so few samples, a percent apart: two samples of each at most.
          const slack = 0.01 + 4 / pooled.length;
          expect(notSlower).toBeGreaterThanOrEqual(q - slack);
          expect(faster).toBeLessThanOrEqual(q + slack);
        }
      }),
      { numRuns: 60 },
    );
  });
});
