import { compareRuns } from '../compare/compare-runs.ts';
import { exactInterval } from '../compare/distributions.ts';
import { estimatePairedLog } from '../compare/estimate.ts';
import { logMargins, stateOf, testOf } from '../compare/state.ts';
import { pairsOf, randomFrom } from './compared-runs.ts';

/** How often one row, judged alone, is called regressed. */
export function regressedShare(
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

/** A service of 20 endpoints: each run has luck of its own, and each endpoint in it. */
export function failedShare(
  change: number,
  trials: number,
  seed: number,
): {
  readonly failed: number;
  readonly found: number;
  readonly pairs: number;
} {
  const random = randomFrom(seed);
  const ids = Array.from({ length: 20 }, (_, i) => `endpoint-${i + 1}`);
  let failed = 0;
  let found = 0;
  let pairs = 0;
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
    const lookAt = (count: number, look: 1 | 2) =>
      compareRuns({ base: all.base.slice(0, count), head: all.head.slice(0, count), look: [look, 2] });
    const first = lookAt(5, 1);
    const comparison = first.needsSecondLook ? lookAt(10, 2) : first;
    pairs += first.needsSecondLook ? 10 : 5;
    if (comparison.decision === 'fail') failed += 1;
    if (
      comparison.rows.some(
        (row) => row.family === 'endpoint latency' && row.endpoint === 'endpoint-1' && row.state === 'regressed',
      )
    )
      found += 1;
  }
  return { failed, found, pairs };
}
