import { expect, it } from 'vitest';
import type { ThresholdVerdict } from './threshold.ts';
import { byVerdict, isExcused } from './threshold-order.ts';

const ALL = ['pass', 'warn', 'waived', 'no_data', 'fail'].map((verdict) => ({ verdict: verdict as ThresholdVerdict }));

it('what failed stands before what was not measured, what is excused, and what holds', () => {
  expect([...ALL].sort(byVerdict).map(({ verdict }) => verdict)).toEqual(['fail', 'no_data', 'waived', 'warn', 'pass']);
  expect(byVerdict({ verdict: 'warn' }, { verdict: 'warn' })).toBe(0);
});

it('a threshold that only warns or is waived is excused', () => {
  expect(ALL.filter(isExcused).map(({ verdict }) => verdict)).toEqual(['warn', 'waived']);
});
