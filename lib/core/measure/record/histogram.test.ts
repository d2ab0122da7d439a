import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../../testing/record-lines.ts';
import { boundsOf, bucketOf, histogramOf, isKey, keyOf, middleOf, placeOfKey } from './histogram.ts';
import { HistogramSum, histogramOfBuckets, mergeHistograms } from './histogram-sum.ts';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0.001, max: 3_600_000, noNaN: true }),
  fc.integer({ min: -1000, max: 1000 }),
);

function sumOf(values: readonly number[]): HistogramSum {
  const sum = new HistogramSum();
  sum.addBuckets(bucketsOf(values));
  return sum;
}

describe('a bucket', () => {
  it('is of the key that the record has', () => {
    expect([1, 2, 500, 0.001].map(keyOf)).toEqual([130944, 131072, 132090, 129667]);
    expect(keyOf(-1)).toBe(2 ** 18 + keyOf(1));
  });

  it.each([0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('is that of 0 for %d', (none) => {
    expect([keyOf(none), bucketOf(none), middleOf(bucketOf(none))]).toEqual([0, 0, 0]);
  });

  it('holds its value between its bounds, at most 0.4 % from its middle', () => {
    fc.assert(
      fc.property(value, (each) => {
        const place = bucketOf(each);
        const [low, high] = boundsOf(place);
        expect(low).toBeLessThanOrEqual(each);
        expect(high).toBeGreaterThanOrEqual(each);
        // Below the smallest normal double there are no 7 bits of mantissa.
        if (Math.abs(each) > 1e-300) expect(Math.abs(middleOf(place) - each)).toBeLessThanOrEqual(Math.abs(each) / 256);
      }),
      { numRuns: 1000 },
    );
  });

  it('begins where the one before it ends, on both sides of 0', () => {
    for (const place of [-131000, -3, -2, -1, 0, 1, 2, 131000]) expect(boundsOf(place)[1]).toBe(boundsOf(place + 1)[0]);
  });

  it('comes after those of smaller values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        if (a < b) expect(bucketOf(a)).toBeLessThanOrEqual(bucketOf(b));
        if (bucketOf(a) < bucketOf(b)) expect(middleOf(bucketOf(a))).toBeLessThanOrEqual(middleOf(bucketOf(b)));
      }),
    );
  });

  it('has a key of 19 bits', () => {
    expect([0, 2 ** 19 - 1].every(isKey)).toBe(true);
    expect([-1, 2 ** 19, 0.5, Number.NaN].some(isKey)).toBe(false);
  });
});

describe('a histogram', () => {
  it('holds each sample of the record in its bucket, by rising values', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { count, places, counts } = sumOf(values).sealed();
        const expected = values.map(bucketOf).sort((a, b) => a - b);
        expect(count).toBe(values.length);
        expect([...places].flatMap((place, i) => Array.from({ length: counts[i] ?? 0 }, () => place))).toEqual(
          expected,
        );
        expect([...new Set(places)]).toHaveLength(places.length);
      }),
    );
  });

  it('is the same whether samples come at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value), { maxLength: 5 }), (parts) => {
        const together = sumOf(parts.flat()).sealed();
        expect(mergeHistograms(parts.map((part) => sumOf(part).sealed()))).toEqual(together);
        const oneByOne = new HistogramSum();
        for (const part of parts) oneByOne.addBuckets(bucketsOf(part));
        expect(oneByOne.taken()).toEqual(together);
        expect(oneByOne.taken().count).toBe(0);
        oneByOne.addHistogram(together);
        expect(oneByOne.sealed()).toEqual(together);
        expect(histogramOfBuckets(bucketsOf(parts.flat()))).toEqual(together);
      }),
    );
  });

  it('goes on after it was looked at', () => {
    const sum = sumOf([1, 2]);
    expect(sum.sealed().count).toBe(2);
    sum.addBuckets(bucketsOf([2]));
    expect([...sum.sealed().counts]).toEqual([1, 2]);
  });

  it('counts beyond 32 bits', () => {
    const places = [placeOfKey(keyOf(1))];
    const many = mergeHistograms([histogramOf(places, [2 ** 32 - 1]), histogramOf(places, [2])]);
    expect(many).toMatchObject({ count: 2 ** 32 + 1 });
    expect([...many.counts]).toEqual([2 ** 32 + 1]);
  });
});
