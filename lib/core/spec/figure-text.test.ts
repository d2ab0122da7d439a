import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatActual, formatLimit, type Unit } from './figure-text.ts';

describe('formatLimit', () => {
  it.each([
    [500, 'ms', '500 ms'],
    [999.5, 'ms', '999.5 ms'],
    [1000, 'ms', '1 s'],
    [1234, 'ms', '1.234 s'],
    [0.9995, 'share', '99.95 %'],
    [0.07, 'share', '7 %'],
    [12_500, 'perSecond', '12,500/s'],
    [12.125, 'perSecond', '12.125/s'],
    [30, 'seconds', '30 s'],
    [2_000_000, 'count', '2,000,000'],
    [0.12345678, 'value', '0.12345678'],
  ] as const)('%d %s reads %s', (limit, unit, text) => {
    expect(formatLimit(limit, unit)).toBe(text);
  });
});

describe('formatActual', () => {
  it.each([
    [1000.313045, 1000, 'ms', '1.0003 s'],
    [999.7, 1000, 'ms', '999.7 ms'],
    [1020, 1000, 'ms', '1.02 s'],
    [5125, 2000, 'ms', '5.1 s'],
    [612.4, 500, 'ms', '612 ms'],
    [500.3, 500, 'ms', '500.3 ms'],
    [30.001, 30, 'seconds', '30.001 s'],
    [29.996, 30, 'seconds', '29.996 s'],
    [3.21, 30, 'seconds', '3.2 s'],
    [99.9999, 100, 'perSecond', '99.9999/s'],
    [1067.92, 100, 'perSecond', '1,068/s'],
    [10_000.4, 10_000, 'ms', '10.0004 s'],
    [0.00004, 0.00005, 'share', '0.004 %'],
    [0.00004, 0.01, 'share', '< 0.01 %'],
    [317.1086, 0.05, 'share', '32,000 %'],
    [2_000_001, 2_000_000, 'count', '2,000,001'],
    [1.0000001, 1, 'value', '1.0000001'],
  ] as const)('%d against %d %s reads %s', (actual, limit, unit, text) => {
    expect(formatActual(actual, limit, unit)).toBe(text);
  });

  it('shows more digits than its samples support where fewer would hide a limit that is crossed', () => {
    expect(formatActual(0.8832, 0.99, 'share', 56)).toBe('88 %');
    expect(formatActual(0.8832, 0.88, 'share', 56)).toBe('88.3 %');
  });
});

/** As a reader takes it: its number in the unit that stands behind it. */
function read(text: string): number {
  const number = Number(
    text
      .replaceAll(',', '')
      .replace(/^[<>] /, '')
      .replace(/(\/s| ?[a-z%]*)$/, ''),
  );
  const inUnit = / ms$/.test(text) ? number / 1000 : / %$/.test(text) ? number / 100 : number;
  if (text.startsWith('<')) return inUnit / 2;
  return text.startsWith('>') ? (inUnit < 1 ? (inUnit + 1) / 2 : inUnit * 1.00001) : inUnit;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
const side = (a: number, b: number) => (near(a, b) ? 0 : Math.sign(a - b));

/** Limits as people write them, and figures that are as near to them as may be. */
const limits: Readonly<Record<Exclude<Unit, 'count'>, fc.Arbitrary<number>>> = {
  ms: fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(0.5, 1.5, 999.5, 1000, 1500, 10_000)),
  seconds: fc.integer({ min: 1, max: 9000 }),
  perSecond: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(0.25, 12.5)),
  value: fc.integer({ min: 1, max: 9000 }),
  share: fc.oneof(
    fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
    fc.constantFrom(0.001, 0.995, 0.999, 0.9995, 0.99995),
  ),
};
const judged = fc
  .constantFrom(...(Object.keys(limits) as (keyof typeof limits)[]))
  .chain((unit) =>
    fc.record({
      unit: fc.constant(unit),
      limit: limits[unit],
      by: fc.double({ min: -1, max: 1, noNaN: true }),
      exponent: fc.integer({ min: 0, max: 8 }),
      samples: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
    }),
  )
  .map(({ by, exponent, limit, ...rest }) => ({ ...rest, limit, actual: limit * (1 + by * 10 ** -exponent) }));

it('what is shown stands to the shown limit as the figure does to the limit, in every unit', () => {
  fc.assert(
    fc.property(judged, ({ actual, limit, unit, samples }) => {
      fc.pre(actual > 0 && (unit !== 'share' || actual <= 1) && near(actual, limit) === (actual === limit));
      const [shown, bound] = [formatActual(actual, limit, unit, samples), formatLimit(limit, unit)];
      expect(side(read(shown), read(bound)), `${shown} against ${bound}`).toBe(side(actual, limit));
    }),
    { numRuns: 2000 },
  );
});

it('nothing that is crossed reads like its limit, and nothing that holds does unless it is equal', () => {
  fc.assert(
    fc.property(judged, ({ actual, limit, unit, samples }) => {
      fc.pre(actual > 0 && (unit !== 'share' || actual <= 1) && Math.abs(actual - limit) > 1e-9 * limit);
      expect(formatActual(actual, limit, unit, samples)).not.toBe(formatLimit(limit, unit));
    }),
    { numRuns: 2000 },
  );
});
