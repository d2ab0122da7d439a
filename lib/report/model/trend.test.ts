import { expect, it } from 'vitest';
import { trendOf } from './trend.ts';

it('ten rising values: S = 45, Var S = 125, so 44 / √125 standard deviations', () => {
  const { deviate, risingShare } = trendOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(deviate).toBeCloseTo(44 / Math.sqrt(125), 9);
  expect(risingShare).toBe(1);
});

it('falling values are the mirror image', () => {
  expect(trendOf([4, 3, 2, 1])).toEqual({ risingShare: 0, deviate: -trendOf([1, 2, 3, 4]).deviate });
});

it('S = 1 of a pair more up than down is no deviation at all', () => {
  expect(trendOf([1, 3, 2])).toEqual({ risingShare: 2 / 3, deviate: 0 });
});

it.each([[[]], [[5]], [[5, 5, 5, 5]]])('%j has no trend', (values) => {
  expect(trendOf(values)).toEqual({ risingShare: 0, deviate: 0 });
});

it('ties count as neither up nor down', () => {
  // 1 1 2 3: of 6 pairs, 5 rise and one is a tie, so S = 5 and Var S = 4·3·13/18.
  const { deviate, risingShare } = trendOf([1, 1, 2, 3]);
  expect(risingShare).toBeCloseTo(5 / 6, 12);
  expect(deviate).toBeCloseTo(4 / Math.sqrt((4 * 3 * 13) / 18), 12);
});
