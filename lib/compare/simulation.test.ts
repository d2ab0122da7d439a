import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import { exactInterval } from './distributions.ts';
import { estimatePairedLog } from './estimate.ts';
import { pairsOf, randomFrom } from './fixtures.ts';
import { logMargins, stateOf, testOf } from './state.ts';

/** How often one row, judged alone, is called regressed. */
function regressedShare(
  cv: number,
  pairs: number,
  change: number,
  trials: number,
  seed: number,
): readonly [number, number] {
  const random = randomFrom(seed);
  const margins = logMargins(200, 1, 0.05, 0.1);
  let regressed = 0;
  for (let i = 0; i < trials; i += 1) {
    const differences = Array.from({ length: pairs }, () => Math.log1p(change) + cv * Math.SQRT2 * random.normal());
    const estimate = estimatePairedLog(differences);
    if (estimate === undefined) throw new Error('no estimate');
    const test = testOf(estimate, 0.05);
    if (stateOf(estimate.difference, test, test, margins, 0.05) === 'regressed') regressed += 1;
  }
  return exactInterval(regressed, trials, 0.999);
}

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

  // The columns of comparison procedure §2.9: the change that is found four times in five.
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

/** A service of 20 endpoints: each run has luck of its own, and each endpoint in it. */
function failedShare(
  change: number,
  trials: number,
  seed: number,
): { readonly failed: number; readonly found: number } {
  const random = randomFrom(seed);
  const ids = Array.from({ length: 20 }, (_, i) => `endpoint-${i + 1}`);
  let failed = 0;
  let found = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const all = pairsOf(10, (side) => {
      const ofRun = 0.02 * random.normal();
      return {
        hasLadders: false,
        endpoints: Object.fromEntries(
          ids.map((id, i) => {
            const slowed = side === 'head' && i === 0 ? 1 + change : 1;
            return [id, { medianMs: (40 + 10 * i) * slowed * Math.exp(ofRun + 0.03 * random.normal()) }];
          }),
        ),
      };
    });
    const lookAt = (pairs: number, look: 1 | 2) =>
      compareRuns({ base: all.base.slice(0, pairs), head: all.head.slice(0, pairs), look: [look, 2] });
    const first = lookAt(5, 1);
    const comparison = first.needsSecondLook ? lookAt(10, 2) : first;
    if (comparison.decision === 'fail') failed += 1;
    if (
      comparison.rows.some(
        (row) => row.family === 'endpoint p95' && row.endpoint === 'endpoint-1' && row.state === 'regressed',
      )
    )
      found += 1;
  }
  return { failed, found };
}

describe('20 endpoints with two looks, by simulation', () => {
  const TRIALS = 150;

  it('the gate fails at most 5 % of comparisons in which nothing changed', () => {
    const [low] = exactInterval(failedShare(0, TRIALS, 3).failed, TRIALS, 0.99);
    expect(low).toBeLessThanOrEqual(0.05);
  });

  it('one endpoint that got 20 % slower is nearly always caught', () => {
    expect(failedShare(0.2, TRIALS, 4).found).toBeGreaterThan(0.95 * TRIALS);
  });
});
