import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, linesOf } from '../../../testing/record-lines.ts';
import { LADDER_TREND_STATS } from '../quantile-ladder.ts';
import { readRecord } from './read-record.ts';
import { mergeTrends, NO_SAMPLES, type RecordedTrend } from './trend.ts';
import { certainBounds, quantileOf, trendValues } from './trend-quantiles.ts';

/** TrendSink.P of k6's metrics/sink.go. */
function ofSamples(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  if (sorted.length === 1) return sorted[0] ?? Number.NaN;
  const i = q * (sorted.length - 1);
  const j = sorted[Math.floor(i)] ?? Number.NaN;
  const k = sorted[Math.ceil(i)] ?? Number.NaN;
  return j + (k - j) * (i - Math.floor(i));
}

/** As it comes out of the record, from one series. */
function recorded(samples: readonly number[], limits: readonly number[] = []): RecordedTrend {
  const metric = 'a';
  const periods = [{ fromMs: 0, toMs: 1000, samples: samples.map((value) => ({ metric, value })) }];
  const lines = linesOf({ limits: [{ metric, tags: {}, values: limits }], periods });
  const [series] = readRecord(lines.map((line) => JSON.stringify(line))).series;
  return series?.kind === 'trend' ? series.trend : NO_SAMPLES;
}

const QUANTILES = [0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.9999, 1];
const LIMIT = 500;

/** Lognormal, of which some are at the limit and many within 1 % of it. */
const sample = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0.01, 0.3, 1)) },
  { weight: 1, arbitrary: fc.constant([0, 0] as const) },
);
const near = fc.double({ min: LIMIT * 0.99, max: LIMIT * 1.01, noNaN: true });
const samples = fc
  .array(
    fc.oneof(
      sample.map(([z, sigma]) => LIMIT * Math.exp(sigma * z)),
      near,
      near.map((value) => Number(value.toFixed(1))),
      fc.constantFrom(LIMIT, 0, 0.001, 499.999999, 500.000001),
    ),
    { minLength: 1, maxLength: 300 },
  )
  .chain((all) => fc.integer({ min: 1, max: all.length }).map((length) => all.slice(0, length)));

describe('a quantile', () => {
  it('is on that side of a counted limit on which k6 finds it, and at most 1 % away from what k6 finds', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const trend = recorded(values, [300, LIMIT, 501.5]);
        for (const q of QUANTILES) {
          const [ours, k6s] = [quantileOf(trend, q), ofSamples(values, q)];
          for (const limit of [300, LIMIT, 501.5]) expect(ours < limit).toBe(k6s < limit);
          expect(Math.abs(ours - k6s)).toBeLessThanOrEqual(0.01 * k6s);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is so for each number of samples, all of them next to the limit', () => {
    for (let count = 1; count <= 120; count++) {
      const values = Array.from({ length: count }, (_, i) => LIMIT * (1 + 0.01 * Math.sin(7 * i)));
      for (let beyond = 0; beyond <= count; beyond++) {
        const shifted = values.map((value, i) => (i < beyond ? value + 6 : value - 6));
        const trend = recorded(shifted, [LIMIT]);
        for (const q of [0.5, 0.9, 0.95, 0.99])
          expect(quantileOf(trend, q) < LIMIT).toBe(ofSamples(shifted, q) < LIMIT);
      }
    }
  });

  it('is so where the samples are in several parts', () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 2, maxLength: 4 }), (parts) => {
        const trend = mergeTrends(parts.map((part) => recorded(part, [LIMIT])));
        const together = recorded(parts.flat(), [LIMIT]);
        expect({ ...trend, sum: 0 }).toEqual({ ...together, sum: 0 });
        for (const q of QUANTILES) expect(quantileOf(trend, q) < LIMIT).toBe(ofSamples(parts.flat(), q) < LIMIT);
      }),
    );
  });

  it('is exact between the two samples around the limit', () => {
    const values = [480, 499.2, 501.3, 520];
    expect(quantileOf(recorded(values, [LIMIT]), 0.5)).toBe(ofSamples(values, 0.5));
  });

  it('would be on the wrong side without the count beyond the limit', () => {
    // They are in the bucket from 500 to 502, whose middle is 501.
    const values = Array.from({ length: 100 }, () => 500.5);
    expect(quantileOf(recorded([...values, 400, 510], [500.9]), 0.95)).toBeLessThan(500.9);
    expect(quantileOf(recorded([...values, 400, 510]), 0.95)).toBe(501);
  });

  it('is a sample where there is one, and none where there is none', () => {
    expect(quantileOf(recorded([123.4]), 0.95)).toBe(123.4);
    expect(quantileOf(NO_SAMPLES, 0.95)).toBeNaN();
  });

  it('goes by the values where some are negative', () => {
    const values = [-1000, -10, -0.5, 0, 0.5, 10, 1000];
    const trend = recorded(values);
    for (const [i, value] of values.entries()) {
      const ours = quantileOf(trend, i / (values.length - 1));
      expect(Math.abs(ours - value)).toBeLessThanOrEqual(0.004 * Math.abs(value));
    }
  });
});

it('a quantile of the samples lies between its certain bounds, and so does ours', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const trend = recorded(values, [LIMIT]);
      for (const q of QUANTILES) {
        const [low, high] = certainBounds(trend, q);
        const [ours, k6s] = [quantileOf(trend, q), ofSamples(values, q)];
        expect(low).toBeLessThanOrEqual(Math.min(ours, k6s) * (1 + 1e-12));
        expect(high).toBeGreaterThanOrEqual(Math.max(ours, k6s) * (1 - 1e-12));
        expect(high - low).toBeLessThanOrEqual(0.008 * high + 1e-300);
      }
    }),
  );
});

describe('the values of a trend', () => {
  it('are those that k6 is asked for, and rise', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const figures = trendValues(recorded(values, [LIMIT]));
        expect(Object.keys(figures)).toEqual(LADDER_TREND_STATS);
        const { count, avg = Number.NaN, min, max, ...percentiles } = figures;
        expect({ count, min, max }).toEqual({
          count: values.length,
          min: Math.min(...values),
          max: Math.max(...values),
        });
        expect(avg).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6);
        const ladder = [min, ...Object.values(percentiles), max] as number[];
        expect(ladder).toEqual(ladder.toSorted((a, b) => a - b));
      }),
    );
  });

  it('have no average above the greatest sample', () => {
    expect(trendValues(recorded([0.1, 0.1, 0.1])).avg).toBe(0.1);
  });

  it('are 0 without a sample, as k6 has it', () => {
    expect(new Set(Object.values(trendValues(NO_SAMPLES)))).toEqual(new Set([0]));
  });
});

it('the buckets of the record hold each sample once', () => {
  expect(bucketsOf([1, 1, 1.005, 0, -1])).toEqual([0, 1, 130944, 3, 262144, 1]);
});
