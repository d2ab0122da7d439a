import { describe, expect, it } from 'vitest';
import { marginOf } from './margin.ts';

type Held = Parameters<typeof marginOf>[0];

const ms = (operator: Held['operator'], limit: number, actual?: number): Held => ({
  operator,
  limit,
  unit: 'ms',
  verdict: 'pass',
  ...(actual === undefined ? {} : { actual }),
});
const share = (operator: Held['operator'], limit: number, actual: number): Held => ({
  ...ms(operator, limit, actual),
  unit: 'share',
});

describe('the margin is a share of the limit', () => {
  it.each<[Held, number | undefined]>([
    [ms('<', 500, 250), 0.5],
    [ms('<', 500, 500), 0],
    [ms('<', 500, 750), -0.5],
    [ms('<=', 500, 600), -0.2],
    [ms('>=', 500, 750), 0.5],
    [ms('>', 500, 0), -1],
    [ms('<', 0, 7), undefined],
    [ms('<', 500), undefined],
    [{ ...ms('<=', 4, 5), unit: 'count' }, undefined],
    [{ ...ms('==', 5, 7), unit: 'value' }, undefined],
    [{ ...ms('!=', 5, 7), unit: 'value' }, undefined],
  ])('%j: %s', (held, margin) => {
    if (margin === undefined) expect(marginOf(held)).toBeUndefined();
    else expect(marginOf(held)).toBeCloseTo(margin, 12);
  });
});

describe('of a share that must be reached it is what is left of the errors that it allows', () => {
  it.each<[Held, number | undefined]>([
    [share('>=', 0.99, 1), 1],
    [share('>=', 0.99, 0.995), 0.5],
    [share('>=', 0.99, 0.99), 0],
    [share('>=', 0.99, 0.9), -9],
    [share('>', 0.5, 0.75), 0.5],
    // Nothing is allowed, so nothing can be left of it.
    [share('>=', 1, 1), undefined],
    [share('<', 0.01, 0), 1],
    [share('<', 0.01, 0.005), 0.5],
  ])('%j: %s', (held, margin) => {
    if (margin === undefined) expect(marginOf(held)).toBeUndefined();
    else expect(marginOf(held)).toBeCloseTo(margin, 12);
  });

  it('so that a perfect one is not the nearest to its limit', () => {
    const perfect = marginOf(share('>=', 0.99, 1)) ?? 0;
    expect(perfect).toBeGreaterThan(marginOf(ms('<', 500, 1)) ?? 0);
  });
});

describe('of a figure that lies between two values', () => {
  const growth: Held = { ...share('<=', 0.05, 0.01), between: { low: -0.02, high: 0.04 } };

  it('that which decided counts', () => {
    expect(marginOf(growth)).toBeCloseTo(0.2, 12);
    expect(marginOf({ ...growth, actual: 0.2, between: { low: 0.1, high: 0.3 }, verdict: 'fail' })).toBeCloseTo(-3, 12);
    const rate: Held = { operator: '>=', limit: 100, unit: 'perSecond', verdict: 'pass', between: { low: 400 } };
    expect(marginOf(rate)).toBeCloseTo(3, 12);
  });

  it('and that has no number, there is none', () => {
    expect(
      marginOf({ operator: '<=', limit: 30, unit: 'seconds', verdict: 'fail', between: { low: 30.1 } }),
    ).toBeUndefined();
  });
});
