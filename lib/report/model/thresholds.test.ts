import { expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { StoredThreshold } from '../../core/judge/threshold.ts';
import { FIXTURES } from '../../testing/runs.ts';
import { thresholdRows } from './thresholds.ts';

const P95: StoredThreshold = { metric: 'okP95Ms', limit: 500, operator: '<', unit: 'ms', actual: 400, verdict: 'pass' };
const rowOf = (threshold: StoredThreshold) =>
  thresholdRows({ ...asStored(FIXTURES.healthy), scenario: 'x', thresholds: [threshold] })[0];

it('a row has the title of its metric, its own title, or its name', () => {
  expect(rowOf(P95)).toMatchObject({ title: 'p95 of successful responses', scenario: 'x' });
  expect(rowOf({ ...P95, metric: 'http_reqs', title: 'rate of http_reqs' })?.title).toBe('rate of http_reqs');
  expect(rowOf({ ...P95, metric: 'http_reqs' })?.title).toBe('http_reqs');
  expect(rowOf({ ...P95, metric: 'toString' })?.title).toBe('toString');
});

it.each<[number | undefined, true | undefined]>([
  [1, true],
  [399, true],
  [400, undefined],
  [0, undefined],
  [undefined, undefined],
])('a p95 of %s responses has too few to be sure: %s', (samples, isFew) => {
  expect(rowOf({ ...P95, ...(samples === undefined ? {} : { samples }) })?.hasFewSamples).toBe(isFew);
});

it('only a percentile needs many responses', () => {
  expect(rowOf({ ...P95, metric: 'successShare', operator: '>=', unit: 'share', samples: 3 })).not.toHaveProperty(
    'hasFewSamples',
  );
});

it.each<[Partial<StoredThreshold>, number | undefined]>([
  [{ actual: 400 }, 0.2],
  [{ actual: 600 }, -0.2],
  [{ actual: 0.99, limit: 0.9, operator: '>=', unit: 'share' }, 0.9],
  [{ actual: 0.45, limit: 0.9, operator: '>=', unit: 'share' }, -4.5],
  [{ actual: 4, limit: 1, operator: '>=', unit: 'count' }, undefined],
  [{ actual: 4, limit: 0 }, undefined],
])('%j has a margin of %s', (changes, margin) => {
  const found = rowOf({ ...P95, ...changes })?.margin;
  if (margin === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(margin, 9);
});

it('nothing measured has no margin', () => {
  const { actual: _, ...unmeasured } = P95;
  expect(rowOf({ ...unmeasured, verdict: 'no_data' })).not.toHaveProperty('margin');
});
