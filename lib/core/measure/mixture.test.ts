import { expect, it } from 'vitest';
import { distributionOf } from './distribution.ts';
import { bracketsOf, mergeDistributions } from './mixture.ts';

it('a mixture of two distributions has the values of the comparison procedure for its coarse example', () => {
  const quantiles = [0, 0.5, 0.9, 0.95, 0.99, 1];
  const ladder = (values: readonly number[]) => quantiles.map((q, i) => [q, values[i] ?? Number.NaN] as const);
  const a = distributionOf({ count: 100, ladder: ladder([1, 50.5, 90.1, 95.05, 99.01, 100]) });
  const b = distributionOf({ count: 200, ladder: ladder([7, 7, 2000, 3400, 30_000, 30_000]) });
  const [p50, p95, p99] = mergeDistributions([a, b], [0.5, 0.95, 0.99]);
  expect(p50).toBeCloseTo(48.829345, 6);
  expect(p95).toBeCloseTo(2696.4824, 4);
  expect(p99).toBeCloseTo(26_658.2915, 4);
  expect(bracketsOf([a, b], [0.5, 0.95, 0.99])).toEqual([
    [7, 90.1],
    [2000, 3400],
    [3400, 30_000],
  ]);
});
