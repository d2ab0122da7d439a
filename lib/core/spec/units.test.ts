import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import { formatCount, formatDuration, formatMs, formatShare, parseDurationSeconds } from './units.ts';

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
    [0.0123, '1.23 %'],
    [0.5, '50 %'],
    [0.0001, '0.01 %'],
    [0.00009, '< 0.01 %'],
    [1e-12, '< 0.01 %'],
    [0.9999, '99.99 %'],
    [0.99991, '> 99.99 %'],
    [0.999999, '> 99.99 %'],
    [1.5, '150 %'],
  ])('writes %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('never rounds something to nothing, nor almost everything to everything', () => {
    const between = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(between, (share) => {
        expect(['0 %', '100 %']).not.toContain(formatShare(share));
      }),
      { examples: [[Number.MIN_VALUE], [1 - Number.EPSILON / 2], [0.00005], [0.99995]] },
    );
  });
});

it.each([
  [0, '0.00 ms'],
  [0.5, '0.50 ms'],
  [9.994, '9.99 ms'],
  [10, '10.0 ms'],
  [99.94, '99.9 ms'],
  [100, '100 ms'],
  [612.4, '612 ms'],
  [9999, '9999 ms'],
  [10_000, '10.00 s'],
  [30_001, '30.00 s'],
])('formatMs writes %d as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
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
