import { describe, expect, it } from 'vitest';
import { isBinding, type JudgedThreshold, marginOf, type Threshold } from './threshold.ts';

describe('k6 is asked only about what binds', () => {
  const waiver = { reason: 'PERF-12', until: '2026-12-31' };

  it.each<[string, Pick<Threshold, 'level' | 'waiver'>, boolean]>([
    ['a plain one', {}, true],
    ['one that warns', { level: 'warn' }, false],
    ['a waived one', { waiver }, false],
    ['one whose waiver ended', { waiver: { ...waiver, until: '2026-12-30' } }, true],
    ['one that warns, whose waiver ended', { level: 'warn', waiver: { ...waiver, until: '2026-12-30' } }, false],
  ])('%s', (_case, threshold, expected) => {
    expect(isBinding(threshold, '2026-12-31')).toBe(expected);
  });
});

it.each<[JudgedThreshold['operator'], number, number | undefined, number | undefined]>([
  ['<', 500, 250, 0.5],
  ['<', 500, 500, 0],
  ['<', 500, 750, -0.5],
  ['<=', 4, 5, -0.25],
  ['>=', 0.5, 0.75, 0.5],
  ['>=', 1, 0, -1],
  ['<=', 0, 3, undefined],
  ['<', 500, undefined, undefined],
])('the margin to %s %d at %s is %s', (operator, limit, actual, margin) => {
  const judged: JudgedThreshold = {
    metric: 'okP95Ms',
    limit,
    operator,
    unit: 'ms',
    samples: 1,
    verdict: 'pass',
    ...(actual === undefined ? {} : { actual }),
  };
  expect(marginOf(judged)).toBe(margin);
});

it.each<[Parameters<typeof marginOf>[0], number | undefined]>([
  [{ actual: 400, limit: 500, operator: '<', unit: 'ms' }, 0.2],
  [{ actual: 600, limit: 500, operator: '<=', unit: 'ms' }, -0.2],
  [{ actual: 0.9, limit: 0.5, operator: '>=', unit: 'share' }, 0.8],
  [{ actual: 0.9, limit: 0.5, operator: '>', unit: 'share' }, 0.8],
  [{ actual: 7, limit: 5, operator: '>=', unit: 'count' }, undefined],
  [{ actual: 7, limit: 5, operator: '==', unit: 'value' }, undefined],
  [{ actual: 7, limit: 5, operator: '!=', unit: 'value' }, undefined],
  [{ actual: 7, limit: 0, operator: '<', unit: 'ms' }, undefined],
  [{ limit: 5, operator: '<', unit: 'ms' }, undefined],
])('the margin of %j is %s of the limit', (threshold, margin) => {
  if (margin === undefined) expect(marginOf(threshold)).toBeUndefined();
  else expect(marginOf(threshold)).toBeCloseTo(margin, 12);
});
