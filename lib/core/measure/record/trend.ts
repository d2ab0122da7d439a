import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { EMPTY_HISTOGRAM, type Histogram } from './histogram.ts';
import { mergeHistograms } from './histogram-sum.ts';

/** What is known exactly of the samples on both sides of a limit. */
export interface BeyondLimit {
  readonly limit: number;
  readonly countAtOrAbove: number;
  /** Absent where no sample is below the limit, ... */
  readonly largestBelow?: number;
  /** ... and where none is at it or above. */
  readonly smallestAtOrAbove?: number;
}

/** The samples of a trend: all is exact but the histogram. Minimum and maximum are NaN without a sample. */
export interface RecordedTrend {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly histogram: Histogram;
  /** By rising limits. */
  readonly beyond: readonly BeyondLimit[];
}

export const NO_SAMPLES: RecordedTrend = {
  count: 0,
  sum: 0,
  min: Number.NaN,
  max: Number.NaN,
  histogram: EMPTY_HISTOGRAM,
  beyond: [],
};

/** All samples of several trends. A limit stays where every part that has samples counted beyond it. */
export function mergeTrends(parts: readonly RecordedTrend[]): RecordedTrend {
  const measured = parts.filter(({ count }) => count > 0);
  const [first] = measured;
  if (first === undefined) return NO_SAMPLES;
  if (measured.length === 1) return first;
  return {
    count: sum(measured.map(({ count }) => count)),
    sum: sum(measured.map((part) => part.sum)),
    min: Math.min(...measured.map(({ min }) => min)),
    max: Math.max(...measured.map(({ max }) => max)),
    histogram: mergeHistograms(measured.map(({ histogram }) => histogram)),
    beyond: first.beyond.flatMap(({ limit }) => {
      const counted = measured.flatMap(({ beyond }) => beyond.find((each) => each.limit === limit) ?? []);
      return counted.length < measured.length ? [] : [mergeBeyond(limit, counted)];
    }),
  };
}

function mergeBeyond(limit: number, parts: readonly BeyondLimit[]): BeyondLimit {
  const below = parts.flatMap(({ largestBelow }) => largestBelow ?? []);
  const above = parts.flatMap(({ smallestAtOrAbove }) => smallestAtOrAbove ?? []);
  return {
    limit,
    countAtOrAbove: sum(parts.map(({ countAtOrAbove }) => countAtOrAbove)),
    ...present({
      largestBelow: below.length > 0 ? Math.max(...below) : undefined,
      smallestAtOrAbove: above.length > 0 ? Math.min(...above) : undefined,
    }),
  };
}
