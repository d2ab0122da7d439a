import { describe, expect, it } from 'vitest';
import { failedShare, regressedShare } from '../testing/simulated-comparisons.ts';
import { exactInterval } from './distributions.ts';

describe('one row, by simulation', () => {
  it.each([
    [0.01, 5],
    [0.03, 5],
    [0.05, 5],
    [0.05, 10],
    [0.12, 20],
  ])('with a noise of %s, %s pairs call no change regressed in 5 %% at most', (cv, pairs) => {
    const [low] = regressedShare(cv, pairs, 0, 4000, 1);
    expect(low).toBeLessThanOrEqual(0.05);
  });

  // The columns of docs/comparison-procedure.md §2.9: the change that is found four times in five.
  it.each([
    [0.02, 5, 0.061],
    [0.03, 5, 0.067],
    [0.05, 5, 0.101],
    [0.05, 10, 0.07],
    [0.08, 7, 0.128],
    [0.12, 20, 0.103],
  ])('with a noise of %s, %s pairs find a change of %s in about 80 %%', (cv, pairs, change) => {
    const [low, high] = regressedShare(cv, pairs, change, 4000, 2);
    // The table is rounded, and simulated itself.
    expect(low).toBeLessThan(0.84);
    expect(high).toBeGreaterThan(0.76);
  });
});

describe('20 endpoints with two looks, by simulation', () => {
  /** Enough to find a gate that fails one comparison in five for nothing; `npm run test:simulation` makes 2,000. */
  const TRIALS = 40;

  it('the gate fails at most 5 % of comparisons in which nothing changed', () => {
    const [low] = exactInterval(failedShare(0, TRIALS, 3).failed, TRIALS, 0.99);
    expect(low).toBeLessThanOrEqual(0.05);
  });

  it('one endpoint that got 20 % slower is nearly always caught', () => {
    expect(failedShare(0.2, TRIALS, 4).found).toBeGreaterThan(0.95 * TRIALS);
  });
});
