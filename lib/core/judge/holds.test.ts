import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range } from '../questions/question.ts';
import { whetherHolds } from './holds.ts';

describe('a limit is judged by where the figure lies', () => {
  it.each<[Range, '<' | '<=' | '>=', number, boolean | undefined]>([
    [{ low: 5, high: 5 }, '<', 5, false],
    [{ low: 5, high: 5 }, '<=', 5, true],
    [{ low: 5, high: 5 }, '>=', 5, true],
    [{ low: -172, high: 295 }, '<=', 5, undefined],
    [{ low: -172, high: 4 }, '<=', 5, true],
    [{ low: 6, high: 295 }, '<=', 5, false],
    [{ low: 30, isOpen: true }, '<=', 30, false],
    [{ low: 30 }, '<=', 30, undefined],
    [{ low: 30 }, '<', 30, false],
    [{ low: 80, high: 90, isOpen: true }, '>=', 80, true],
    [{ low: 80, high: 90, isOpen: true }, '>=', 85, undefined],
    [{ low: 80, high: 90, isOpen: true }, '>=', 90, false],
    [{ low: 80, high: 90 }, '>=', 90, undefined],
    [{ low: 400 }, '>=', 500, undefined],
    [{ low: 400 }, '>=', 300, true],
    [{ high: 50, isOpen: true }, '>=', 50, false],
    [{}, '<', 5, undefined],
    [{ low: Number.NaN, high: Number.NaN }, '<', 5, undefined],
  ])('%j %s %d: %s', (range, operator, limit, expected) => {
    expect(whetherHolds(range, operator, limit)).toBe(expected);
  });

  it('as every value in it is', () => {
    const value = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(
        fc.tuple(value, value),
        value,
        fc.constantFrom('<' as const, '<=' as const, '>=' as const),
        (ends, limit, operator) => {
          const [low = 0, high = 0] = [...ends].sort((a, b) => a - b);
          const holds = whetherHolds({ low, high }, operator, limit);
          const values = Array.from({ length: 2 * (high - low) + 1 }, (_, i) => low + i / 2);
          const each = values.map((x) => (operator === '<' ? x < limit : operator === '<=' ? x <= limit : x >= limit));
          expect(holds).toBe(each.every(Boolean) ? true : each.some(Boolean) ? undefined : false);
        },
      ),
    );
  });
});
