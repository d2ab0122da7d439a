import { expect, it } from 'vitest';
import { splitmix32 } from './splitmix32.ts';

it('tells each number of a sequence without those before it, as often below any limit as that is large', () => {
  const numbers = Array.from({ length: 10_000 }, (_, place) => splitmix32(1, place));
  expect(splitmix32(1, 4321)).toBe(numbers[4321]);
  expect(new Set(numbers).size).toBeGreaterThan(9_900);
  for (const limit of [0.1, 0.5, 0.9])
    expect(Math.abs(numbers.filter((each) => each < limit).length / 10_000 - limit)).toBeLessThan(0.03);
  expect(numbers.every((each) => each >= 0 && each < 1)).toBe(true);
});
