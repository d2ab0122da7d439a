import digamma from '@stdlib/math-base-special-digamma';
import trigamma from '@stdlib/math-base-special-trigamma';
import { describe, expect, it } from 'vitest';
import { exactInterval, tQuantile, tUpperTail } from './distributions.ts';
import {
  estimateAgainstHistory,
  estimatePairedLog,
  estimatePairedShare,
  estimateUnpaired,
  moderate,
} from './estimate.ts';
import { benjaminiHochberg, holm } from './multiple-testing.ts';
import { inverseTrigamma, priorFromHistory, priorFromRows } from './noise-prior.ts';
import { logMargins, shareMargins, smallestDetectable, stateOf, testOf } from './state.ts';

const percent = (log: number) => 100 * (Math.exp(log) - 1);
const logs = (values: readonly number[]) => values.map(Math.log);
const BASE = [412.1, 398.7, 431.0, 405.5, 420.3];
const HEAD = [455.2, 430.1, 468.8, 452.7, 449.9];

describe('the vectors of docs/comparison-procedure.md, §2.11', () => {
  it.each([
    [0.95, 2, 2.919986],
    [0.95, 4, 2.131847],
    [0.975, 4, 2.776445],
    [0.95, 9, 1.833113],
    [0.95, 7.3, 1.88293],
    [0.95, 14.6, 1.75621],
    [0.975, 12.25, 2.173891],
  ])('the %s quantile of t with %s degrees of freedom is %s', (p, df, value) =>
    expect(tQuantile(p, df)).toBeCloseTo(value, 6),
  );

  it.each([
    [2.5, 4, 0.0333833],
    [3.7, 9, 0.00246028],
    [5.6, 4, 0.00249607],
    [2.2, 7.3, 0.0310846],
  ])('P(T > %s) with %s degrees of freedom is %s', (x, df, p) => expect(tUpperTail(x, df)).toBeCloseTo(p, 7));

  it('the digamma and trigamma functions and the inverse of the latter', () => {
    expect(digamma(2)).toBeCloseTo(0.4227843351, 10);
    expect(trigamma(2)).toBeCloseTo(0.6449340668, 10);
    expect(inverseTrigamma(0.5)).toBeCloseTo(2.459952948, 9);
  });

  it('five pairs', () => {
    const differences = logs(HEAD).map((x, i) => x - (logs(BASE)[i] ?? 0));
    const estimate = estimatePairedLog(differences);
    if (estimate === undefined) throw new Error('no estimate');
    expect(estimate.difference).toBeCloseTo(0.0875025706, 10);
    expect(estimate.standardError).toBeCloseTo(0.0076843127, 10);
    const test = testOf(estimate, 0.05);
    expect(test.low).toBeCloseTo(0.0711207933, 9);
    expect(test.high).toBeCloseTo(0.1038843478, 9);
    expect(percent(estimate.difference)).toBeCloseTo(9.1445, 4);
    expect(percent(test.low)).toBeCloseTo(7.3711, 4);
    expect(percent(test.high)).toBeCloseTo(10.9472, 4);
    expect(test.pWorse).toBeCloseTo(0.000169611, 9);
    expect(stateOf(estimate.difference, test, test, logMargins(413, 1, 0.05, 0.1), 0.05)).toBe('regressed');
  });

  it('the same runs unpaired', () => {
    const estimate = estimateUnpaired(logs(BASE), logs(HEAD));
    if (estimate === undefined) throw new Error('no estimate');
    expect(estimate.standardError).toBeCloseTo(0.01944292, 8);
    expect(estimate.degreesOfFreedom).toBeCloseTo(7.99685819, 7);
    const { low, high } = testOf(estimate, 0.05);
    expect(low).toBeCloseTo(0.05134568, 8);
    expect(high).toBeCloseTo(0.12365946, 8);
  });

  it('the noise that ten rows lend each other', () => {
    const variances = [0.0002, 0.0091, 0.0015, 0.0004, 0.0142, 0.0011, 0.0062, 0.0009, 0.0201, 0.0013];
    const prior = priorFromRows(variances, 4);
    expect(prior?.degreesOfFreedom).toBeCloseTo(1.89593702, 7);
    expect(prior?.variance).toBeCloseTo(0.0015518715, 10);
    const moderated = variances.map((each) => moderate(each, 4, prior));
    expect(moderated[0]?.degreesOfFreedom).toBeCloseTo(5.89593702, 7);
    const expected = [
      0.000634717, 0.0091, 0.00151668, 0.000770404, 0.0142, 0.001245307, 0.0062, 0.00110962, 0.0201, 0.001380993,
    ];
    for (const [i, { variance }] of moderated.entries()) expect(variance).toBeCloseTo(expected[i] ?? 0, 8);
  });

  it('the noise of ten rows that all have the same', () => {
    const variances = [0.0008, 0.0031, 0.0015, 0.0006, 0.0042, 0.0011, 0.0022, 0.0009, 0.0051, 0.0013];
    const prior = priorFromRows(variances, 4);
    expect(prior?.degreesOfFreedom).toBe(30);
    expect(prior?.variance).toBeCloseTo(0.00214076295, 10);
    const first = moderate(variances[0] ?? 0, 4, prior);
    expect(first.degreesOfFreedom).toBe(34);
    expect(first.variance).toBeCloseTo(0.00198303, 8);
  });

  it('families', () => {
    const p = [0.001, 0.013, 0.04, 0.2, 0.012];
    for (const [i, value] of [0.005, 0.048, 0.08, 0.2, 0.048].entries()) expect(holm(p)[i]).toBeCloseTo(value, 12);
    for (const [i, value] of [0.005, 0.0216667, 0.05, 0.2, 0.0216667].entries())
      expect(benjaminiHochberg(p)[i]).toBeCloseTo(value, 7);
  });

  it('a new run against a history', () => {
    const estimate = estimateAgainstHistory(logs([400, 415, 390, 430, 408, 397, 421, 404]), logs([470]));
    if (estimate === undefined) throw new Error('no estimate');
    expect(estimate.difference).toBeCloseTo(0.141616922, 9);
    expect(estimate.standardError).toBeCloseTo(0.0342597088, 9);
    const { low, high } = testOf(estimate, 0.05);
    expect([estimate.difference, low, high].map((log) => Number(percent(log).toFixed(4)))).toEqual([
      15.2135, 7.9728, 22.9398,
    ]);
  });

  it('shares', () => {
    const of3000 = (count: number) => ({ count, total: 3000 });
    const base = [12, 9, 15, 11, 10].map(of3000);
    const estimate = estimatePairedShare(base, [31, 24, 35, 29, 22].map(of3000));
    if (estimate === undefined) throw new Error('no estimate');
    expect(estimate.difference).toBeCloseTo(0.0056, 12);
    expect(estimate.standardError).toBeCloseTo(0.00093674, 8);
    const test = testOf(estimate, 0.05);
    expect(test.low).toBeCloseTo(0.00360302, 8);
    expect(test.high).toBeCloseTo(0.00759698, 8);
    const margins = shareMargins(57.5 / 15001);
    expect(margins).toEqual({ effect: 0.001, tolerance: 0.002 });
    expect(stateOf(estimate.difference, test, test, margins, 0.05)).toBe('regressed');
  });
});

it.each([
  [0.01, 3, 5.7],
  [0.03, 5, 6.7],
  [0.05, 3, 17.6],
  [0.05, 5, 10.1],
  [0.12, 20, 10.3],
])('with a noise of %s, %s pairs detect %s percent (§2.9)', (cv, pairs, detected) => {
  const estimate = { difference: 0, standardError: (cv * Math.SQRT2) / Math.sqrt(pairs), degreesOfFreedom: pairs - 1 };
  // The table is simulated, the formula an approximation.
  expect(Math.abs(percent(smallestDetectable(estimate, Math.log(1.05), 0.05)) - detected)).toBeLessThan(0.15);
});

it('one pair alone has no noise to be held against', () => {
  expect(estimatePairedLog([0.1])).toBeUndefined();
  expect(estimatePairedShare([{ count: 1, total: 10 }], [{ count: 2, total: 10 }])).toBeUndefined();
  expect(estimatePairedLog([0.1], priorFromHistory([0.01, -0.02, 0.005, 0.01]))).toBeUndefined();
});

it('one pair is held against the noise of five earlier ones of base against base', () => {
  const history = [0.01, -0.02, 0.005, 0.01, -0.01];
  const estimate = estimatePairedLog([0.1], priorFromHistory(history));
  expect(estimate?.standardError).toBeCloseTo(0.0134164, 6);
  expect(estimate?.degreesOfFreedom).toBe(4);
});

it('the exact interval of a share', () => {
  // Clopper and Pearson (1934), as scipy's binomtest(k, n).proportion_ci gives it.
  expect(exactInterval(0, 40)).toEqual([0, expect.closeTo(0.0880973, 7)]);
  expect(exactInterval(2, 40)).toEqual([expect.closeTo(0.006114, 6), expect.closeTo(0.169197, 6)]);
  expect(exactInterval(15, 15)).toEqual([expect.closeTo(0.7819806, 7), 1]);
});
