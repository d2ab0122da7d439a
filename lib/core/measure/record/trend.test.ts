import { describe, expect, it } from 'vitest';
import { histogramOf } from './histogram.ts';
import { mergeTrends, NO_SAMPLES, type RecordedTrend } from './trend.ts';

const trend = (changes: Partial<RecordedTrend>): RecordedTrend => ({
  count: 2,
  sum: 30,
  min: 10,
  max: 20,
  histogram: histogramOf([1, 2], [1, 1]),
  beyond: [],
  ...changes,
});

describe('trends together', () => {
  it('are nothing where none has a sample', () => {
    expect(mergeTrends([])).toBe(NO_SAMPLES);
    expect(mergeTrends([NO_SAMPLES, NO_SAMPLES])).toBe(NO_SAMPLES);
  });

  it('add up, with the least and the greatest of all', () => {
    const together = mergeTrends([trend({}), NO_SAMPLES, trend({ count: 1, sum: 5, min: 5, max: 5 })]);
    expect(together).toMatchObject({ count: 3, sum: 35, min: 5, max: 20 });
    expect([...together.histogram.counts]).toEqual([2, 2]);
  });

  it('know the samples next to a limit', () => {
    const parts = [
      trend({ beyond: [{ limit: 15, countAtOrAbove: 1, largestBelow: 10, smallestAtOrAbove: 20 }] }),
      trend({ beyond: [{ limit: 15, countAtOrAbove: 2, smallestAtOrAbove: 16 }] }),
      trend({ beyond: [{ limit: 15, countAtOrAbove: 0, largestBelow: 14 }] }),
    ];
    const { beyond } = mergeTrends(parts);
    expect(beyond).toEqual([{ limit: 15, countAtOrAbove: 3, largestBelow: 14, smallestAtOrAbove: 16 }]);
    expect(mergeTrends(parts.slice(2)).beyond).toEqual([{ limit: 15, countAtOrAbove: 0, largestBelow: 14 }]);
    expect(mergeTrends([...parts.slice(2), ...parts.slice(2)]).beyond).toEqual([
      { limit: 15, countAtOrAbove: 0, largestBelow: 14 },
    ]);
  });

  it('know nothing of a limit that a part with samples did not count', () => {
    const counted = trend({ beyond: [{ limit: 15, countAtOrAbove: 0, largestBelow: 14 }] });
    expect(mergeTrends([counted, trend({})]).beyond).toEqual([]);
    expect(mergeTrends([trend({}), counted]).beyond).toEqual([]);
    expect(mergeTrends([NO_SAMPLES, counted]).beyond).toEqual(counted.beyond);
  });
});
