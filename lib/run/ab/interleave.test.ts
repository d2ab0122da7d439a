import { expect, it } from 'vitest';
import { interleave, pairsOfLook } from './interleave.ts';

const order = (pairs: readonly number[]) =>
  interleave(['A', 'B'], pairs)
    .map(({ arm, pair }) => `${arm}${pair}`)
    .join(' ');

it('lets base and head lead in turn', () => {
  expect(order([1, 2, 3])).toBe('A1 B1 B2 A2 A3 B3');
});

it('goes on in turn where the first look ended with an odd pair', () => {
  expect(pairsOfLook(1, 3)).toEqual([1, 2, 3]);
  expect(pairsOfLook(2, 3)).toEqual([4, 5, 6]);
  expect(order(pairsOfLook(2, 3))).toBe('B4 A4 A5 B5 B6 A6');
});

it('sends nothing for no pair, and leads as often with the one as with the other over an even number', () => {
  expect(interleave(['A', 'B'], [])).toEqual([]);
  const first = interleave(['A', 'B'], pairsOfLook(1, 50)).filter((_, i) => i % 2 === 0);
  expect(first.filter(({ arm }) => arm === 'A')).toHaveLength(25);
});
