import { expect, it } from 'vitest';
import { endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { describeSoFar } from './so-far.ts';

function runWith(p95: number | undefined) {
  const run = runSummary(measuredRun([endpointSummary('projects', { outcomes: { ok: 3000 } })]));
  const { p95: _, ...ok } = run.totals.latencyMs.ok;
  const latencyMs = { ...run.totals.latencyMs, ok: p95 === undefined ? ok : { ...ok, p95 } };
  return { ...run, totals: { ...run.totals, latencyMs } };
}

const pair = (base: number | undefined, head: number | undefined) => ({ base: runWith(base), head: runWith(head) });

it.each([
  [[pair(100, 103)], 'So far (1 pair): p95 of head +3 % against base'],
  [[pair(100, 98), pair(100, 108)], 'So far (2 pairs): p95 of head +3 % against base, pair by pair -2 % to +8 %'],
  [
    [pair(100, 130), pair(200, 200), pair(50, 60), pair(undefined, 60)],
    'So far (3 pairs): p95 of head +20 % against base, pair by pair 0 % to +30 %',
  ],
])('says of the pairs so far how the p95 changed: %#', (pairs, said) => expect(describeSoFar(pairs)).toBe(said));

it('says nothing without a pair that has a p95 on both sides', () => {
  expect(describeSoFar([])).toBeUndefined();
  expect(describeSoFar([pair(undefined, 10)])).toBeUndefined();
});
