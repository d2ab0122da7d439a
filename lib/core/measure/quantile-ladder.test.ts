import { describe, expect, it } from 'vitest';
import { LADDER_PERCENTILES, LADDER_TREND_STATS, latencyFromTrend } from './quantile-ladder.ts';

/** A k6 trend in which every statistic of the ladder is 10 ms times its quantile, so that each is its own. */
function trend(count: number): Record<string, number> {
  const values: Record<string, number> = { count, avg: 7, min: 0, max: 1000 };
  for (const percentile of LADDER_PERCENTILES) values[`p(${percentile})`] = percentile * 10;
  return values;
}

it('k6 is asked for the count, the mean, the extremes and 119 percentiles under names it accepts', () => {
  expect(LADDER_TREND_STATS.slice(0, 4)).toEqual(['count', 'avg', 'min', 'max']);
  const percentiles = LADDER_TREND_STATS.slice(4);
  expect(percentiles).toHaveLength(119);
  for (const stat of percentiles) expect(stat).toMatch(/^p\([1-9]\d?(\.\d{1,2})?\)$/);
  expect(new Set(LADDER_TREND_STATS).size).toBe(LADDER_TREND_STATS.length);
  expect(percentiles).toEqual(
    expect.arrayContaining(['p(50)', 'p(90.5)', 'p(99.1)', 'p(99.9)', 'p(99.95)', 'p(99.99)']),
  );
});

describe('the latency of a trend', () => {
  it('has 121 points from the minimum to the maximum, both coordinates rising', () => {
    const { ladder = [] } = latencyFromTrend(trend(3));
    expect(ladder).toHaveLength(121);
    expect(ladder[0]).toEqual([0, 0]);
    expect(ladder[1]).toEqual([0.01, 10]);
    expect(ladder[119]).toEqual([0.9999, 999.9]);
    expect(ladder[120]).toEqual([1, 1000]);
    for (const [i, [quantile, ms]] of ladder.entries()) {
      const [before, msBefore] = ladder[i - 1] ?? [-1, -1];
      expect(quantile).toBeGreaterThan(before);
      expect(ms).toBeGreaterThan(msBefore);
    }
  });

  it('takes each figure from its own statistic', () => {
    const { ladder: _, ...figures } = latencyFromTrend(trend(3));
    expect(figures).toEqual({ count: 3, min: 0, avg: 7, p50: 500, p90: 900, p95: 950, p99: 990, max: 1000 });
  });

  it('keeps nanoseconds and drops the noise of k6 beyond them', () => {
    const { p95, avg } = latencyFromTrend({ ...trend(1), 'p(95)': 12.3456789123, avg: 0.1 + 0.2 });
    expect(p95).toBe(12.345679);
    expect(avg).toBe(0.3);
  });

  it('is nothing but a count of 0 when there were no samples: k6 writes 0 for every figure of them', () => {
    const zeros = Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, 0]));
    expect(latencyFromTrend(zeros)).toEqual({ count: 0 });
    expect(latencyFromTrend(undefined)).toEqual({ count: 0 });
    expect(latencyFromTrend({ avg: 5 })).toEqual({ count: 0 });
  });

  it.each(['avg', 'min', 'max', 'p(50)', 'p(95)', 'p(99.95)'])('is refused when k6 left out %s', (stat) => {
    const { [stat]: _, ...values } = trend(3);
    expect(() => latencyFromTrend(values)).toThrow(`k6's summary has no "${stat}" for a trend with 3 samples`);
  });
});
