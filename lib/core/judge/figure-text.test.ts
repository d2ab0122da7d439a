import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatActual, formatLimit } from './figure-text.ts';

it.each([
  [1000.313045, 1000, 'ms', '1000.3 ms'],
  [1000.4, 1000, 'ms', '1000.4 ms'],
  [612.4, 500, 'ms', '612 ms'],
  [30.001, 30, 'seconds', '30.001 s'],
  [29.996, 30, 'seconds', '29.996 s'],
  [99.9999, 100, 'perSecond', '99.9999/s'],
  [10_000.4, 10_000, 'ms', '10000.4 ms'],
  [0.00004, 0.00005, 'share', '0.004 %'],
  [0.00004, 0.01, 'share', '< 0.01 %'],
  [2_000_001, 2_000_000, 'count', '2,000,001'],
  [1.0000001, 1, 'value', '1.0000001'],
] as const)('%d against %d %s reads %s', (actual, limit, unit, text) => {
  expect(formatActual(actual, limit, unit)).toBe(text);
});

const PLACES = { ms: 1, seconds: 1, perSecond: 1, value: 1, count: 1, share: 100 } as const;
const numberOf = (text: string) =>
  Number(/[\d.]+/.exec(text.replaceAll(',', ''))?.[0]) * (text.startsWith('<') ? 0.5 : 1) || 0;

it('what is rounded stands to its limit as the value does, in every unit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ms', 'seconds', 'perSecond', 'value' as const),
      fc.integer({ min: 1, max: 9000 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 9 }),
      (unit, limit, by, exponent) => {
        const actual = limit + by * 10 ** -exponent;
        const text = formatActual(actual, limit, unit);
        expect(Math.sign(numberOf(text) - numberOf(formatLimit(limit, unit)))).toBe(Math.sign(actual - limit));
        expect(PLACES[unit]).toBe(1);
      },
    ),
  );
});
