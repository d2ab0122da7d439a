import { describe, expect, it } from 'vitest';
import { isBinding, type Threshold } from './threshold.ts';

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
