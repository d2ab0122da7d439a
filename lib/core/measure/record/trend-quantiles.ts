import { firstWhere } from '../first-where.ts';
import { LADDER_PERCENTILES } from '../quantile-ladder.ts';
import { boundsOf, middleOf } from './histogram.ts';
import type { RecordedTrend } from './trend.ts';

/**
 * A quantile as k6 works it out (TrendSink.P in its metrics/sink.go): linear between the samples of the ranks around
 * q(n-1). The value of a rank is the middle of its bucket, so it is at most 0.39 % off for values of one sign. At each
 * limit of the trend the samples next to it are known, so that the quantile is below the limit exactly where that of
 * the samples themselves is.
 * @param q 0-1
 */
export function quantileOf(trend: RecordedTrend, q: number): number {
  return quantilesOf(trend, [q])[0] ?? Number.NaN;
}

/** As quantileOf, for several at once. @returns one for each of `quantiles` */
export function quantilesOf(trend: RecordedTrend, quantiles: readonly number[]): number[] {
  const ranks = new Ranks(trend);
  return quantiles.map((q) => between(trend.count, q, (rank) => ranks.valueAt(rank)));
}

/** Between which two values a quantile of the samples themselves surely lies, both included. */
export function certainBounds(trend: RecordedTrend, q: number): readonly [low: number, high: number] {
  const ranks = new Ranks(trend);
  const at = (end: 0 | 1) => between(trend.count, q, (rank) => ranks.boundsAt(rank)[end]);
  return [at(0), at(1)];
}

/** What k6's summary has of a trend that is asked for LADDER_TREND_STATS: 0 for every figure without a sample. */
export function trendValues(trend: RecordedTrend): Record<string, number> {
  const { count } = trend;
  const some = (value: number): number => (count === 0 ? 0 : value);
  const percentiles = quantilesOf(
    trend,
    LADDER_PERCENTILES.map((percent) => percent / 100),
  );
  return {
    count,
    // A sum is rounded: the average of equal samples could come out above them.
    avg: some(Math.min(Math.max(trend.sum / count, trend.min), trend.max)),
    min: some(trend.min),
    max: some(trend.max),
    ...Object.fromEntries(LADDER_PERCENTILES.map((percent, i) => [`p(${percent})`, some(percentiles[i] ?? 0)])),
  };
}

/** Where a quantile lies between the values of two neighbouring ranks, which rise with the rank. */
function between(count: number, q: number, valueAt: (rank: number) => number): number {
  const at = q * (count - 1);
  const low = valueAt(Math.floor(at));
  const high = valueAt(Math.ceil(at));
  // The last digit of the product could lie above both.
  return Math.min(low + (high - low) * (at - Math.floor(at)), high);
}

/** The samples of a trend in order, as far as they are known: rank 0 is the least. */
class Ranks {
  private readonly trend: RecordedTrend;
  /** How many samples the buckets up to each one hold together. */
  private readonly upTo: Float64Array;

  constructor(trend: RecordedTrend) {
    this.trend = trend;
    let total = 0;
    this.upTo = Float64Array.from(trend.histogram.counts, (count) => {
      total += count;
      return total;
    });
  }

  valueAt(rank: number): number {
    const [low, high] = this.certainAt(rank);
    return Math.min(Math.max(middleOf(this.placeAt(rank)), low), high);
  }

  boundsAt(rank: number): readonly [low: number, high: number] {
    const [leastOfBucket, mostOfBucket] = boundsOf(this.placeAt(rank));
    const [low, high] = this.certainAt(rank);
    return [Math.max(low, leastOfBucket), Math.min(high, mostOfBucket)];
  }

  private placeAt(rank: number): number {
    const bucket = firstWhere(this.upTo.length, (i) => (this.upTo[i] ?? 0) > rank);
    return this.trend.histogram.places[bucket] ?? Number.NaN;
  }

  /** What the exact figures say of a rank: the least, the greatest and the samples next to a limit are known. */
  private certainAt(rank: number): readonly [low: number, high: number] {
    const { count, min, max, beyond } = this.trend;
    let low = rank === count - 1 ? max : min;
    let high = rank === 0 ? min : max;
    for (const { countAtOrAbove, largestBelow, smallestAtOrAbove } of beyond) {
      const firstBeyond = count - countAtOrAbove;
      if (rank < firstBeyond) {
        high = Math.min(high, largestBelow ?? max);
        if (rank === firstBeyond - 1) low = Math.max(low, largestBelow ?? min);
      } else {
        low = Math.max(low, smallestAtOrAbove ?? min);
        if (rank === firstBeyond) high = Math.min(high, smallestAtOrAbove ?? max);
      }
    }
    return [low, high];
  }
}
