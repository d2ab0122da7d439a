import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import {
  formatCount,
  formatDuration,
  formatFactor,
  formatMoment,
  formatMs,
  formatPlannedRate,
  formatRate,
  formatShare,
  parseDurationSeconds,
} from './units.ts';

describe('parseDurationSeconds', () => {
  it.each([
    ['30s', 30],
    ['1m30s', 90],
    ['1.5h', 5400],
    ['500ms', 0.5],
    ['1m500ms', 60.5],
    ['1d2h3m4s5ms', 93_784.005],
    ['0', 0],
    ['0s', 0],
    [' 10s ', 10],
    ['0.1s', 0.1],
    ['90m', 5400],
  ])('reads %j as %d seconds', (text, seconds) => {
    expect(parseDurationSeconds(text, 'DURATION')).toBe(seconds);
  });

  it.each([
    '',
    ' ',
    '30',
    '1.5',
    '-5s',
    '+5s',
    '5S',
    '5 s',
    '1m 30s',
    '30s1m',
    '1s1s',
    '1h30',
    '.5s',
    '5.s',
    '1e3s',
    '5sec',
    's',
    'NaN',
    'Infinity',
    '1,5s',
    '5s\n;rm',
  ])('refuses %j, and says for which setting', (text) => {
    const parse = () => parseDurationSeconds(text, 'THINK_TIME');
    expect(parse).toThrow(UserError);
    expect(parse).toThrow(/^THINK_TIME is not a duration\.\n {2}received: .*\n {2}expected: .*30s/);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.25, '250ms'],
    [0.0015, '1.5ms'],
    [1, '1s'],
    [59.96, '1m'],
    [60, '1m'],
    [95, '1m35s'],
    [3600, '1h'],
    [3661.5, '1h1m1.5s'],
    [7200.04, '2h'],
    [90_000, '25h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('writes what parseDurationSeconds reads back, for every tenth of a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (tenths) => {
        expect(parseDurationSeconds(formatDuration(tenths / 10), 'DURATION')).toBe(tenths / 10);
      }),
      { examples: [[0], [1], [10], [599], [600], [35_999], [36_000]] },
    );
  });
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.0123, '1.2 %'],
    [0.1154, '12 %'],
    [0.5, '50 %'],
    [0.9469, '94.7 %'],
    [0.9996, '99.96 %'],
    [0.0001, '0.01 %'],
    [0.00009, '< 0.01 %'],
    [1e-12, '< 0.01 %'],
    [0.9999, '99.99 %'],
    [0.99991, '> 99.99 %'],
    [0.999999, '> 99.99 %'],
    [1.003, '100.3 %'],
    [1.5, '150 %'],
    [1.00001, '> 100 %'],
    [317.1086, '32,000 %'],
  ])('writes %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it.each([
    [0.8832, 56, '88 %'],
    [2 / 56, 56, '4 %'],
    [0.9469, 300, '95 %'],
    [0.9469, 7300, '94.7 %'],
    [1 / 500, 500, '0.2 %'],
    [499 / 500, 500, '99.8 %'],
    [0.9996, 100_000, '99.96 %'],
    [0.9996, 2500, '99.96 %'],
    [1, 3, '100 %'],
    [0, 3, '0 %'],
  ])('writes %d of %d samples as %s', (share, samples, text) => {
    expect(formatShare(share, samples)).toBe(text);
  });

  const counts = fc
    .integer({ min: 2, max: 1_000_000 })
    .chain((samples) => fc.record({ samples: fc.constant(samples), count: fc.integer({ min: 1, max: samples - 1 }) }));

  it('never rounds something to nothing, nor almost everything to everything', () => {
    const between = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(between, (share) => {
        expect(['0 %', '100 %']).not.toContain(formatShare(share));
      }),
      { examples: [[Number.MIN_VALUE], [1 - Number.EPSILON / 2], [0.00005], [0.99995]] },
    );
    fc.assert(
      fc.property(counts, ({ count, samples }) => {
        expect(['0 %', '100 %']).not.toContain(formatShare(count / samples, samples));
      }),
    );
  });

  it('shows no digit that is finer than one of the samples, but the first one that is not 0', () => {
    fc.assert(
      fc.property(counts, ({ count, samples }) => {
        const text = formatShare(count / samples, samples);
        fc.pre(!/[<>]/.test(text));
        const [, decimals = ''] = /\.(\d+)/.exec(text) ?? [];
        const fromEnd = Math.min(count, samples - count) / samples;
        const finest = Math.min(100 / samples, 10 ** Math.floor(Math.log10(100 * fromEnd) + 1e-9));
        expect(10 ** -decimals.length).toBeGreaterThanOrEqual(0.999 * Math.min(finest, 1));
      }),
    );
  });

  it('tells what failed and what succeeded so that they add up, to a percent', () => {
    fc.assert(
      fc.property(counts, ({ count, samples }) => {
        const [failed, succeeded] = [count, samples - count].map((each) => formatShare(each / samples, samples));
        fc.pre(!/[<>]/.test(`${failed}${succeeded}`));
        expect(Math.abs(Number.parseFloat(`${failed}`) + Number.parseFloat(`${succeeded}`) - 100)).toBeLessThan(1.001);
      }),
    );
  });
});

it.each([
  [0, '0 ms'],
  [0.004, '< 0.01 ms'],
  [0.05, '0.050 ms'],
  [0.5, '0.50 ms'],
  [9.94, '9.9 ms'],
  [9.994, '10 ms'],
  [99.94, '100 ms'],
  [612.4, '612 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [5125, '5.1 s'],
  [10_000, '10 s'],
  [30_980, '31 s'],
])('formatMs writes %d as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

it.each([
  [12.94, '12.9 ms'],
  [144.2, '144 ms'],
  [5125, '5.13 s'],
])('formatMs writes %d as %s with three digits', (ms, text) => {
  expect(formatMs(ms, 3)).toBe(text);
});

it.each([
  [0, undefined, '0/s'],
  [0.034, undefined, '0.034/s'],
  [8.77, undefined, '8.8/s'],
  [5, undefined, '5/s'],
  [83.33, 'journeys', '83 journeys/s'],
  [1067.92, undefined, '1,068/s'],
])('formatRate writes %d %s as %s', (perSecond, of, text) => {
  expect(formatRate(perSecond, of)).toBe(text);
});

it.each([
  [12.5, '12.5/s'],
  [1000, '1,000/s'],
  [33.333333, '33.33/s'],
])('formatPlannedRate writes %d as %s', (perSecond, text) => {
  expect(formatPlannedRate(perSecond)).toBe(text);
});

it.each([
  [0.8, '0.8×'],
  [3.21, '3.2×'],
  [31.4, '31×'],
  [318.2, '318×'],
])('formatFactor writes %d as %s', (factor, text) => {
  expect(formatFactor(factor)).toBe(text);
});

it.each([
  ['2026-11-27T02:31:11.606Z', '2026-11-27 02:31 UTC'],
  ['2026-11-27T02:31:11Z', '2026-11-27 02:31 UTC'],
  ['2025-11-10', '2025-11-10'],
])('formatMoment writes %s as %s', (iso, text) => {
  expect(formatMoment(iso)).toBe(text);
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [12_345, '12,345'],
  [1_234_567, '1,234,567'],
])('formatCount writes %d as %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});
