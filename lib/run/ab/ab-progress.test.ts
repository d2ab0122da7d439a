import { expect, it } from 'vitest';
import { endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { type AbProgress, describeProgress, describeReplies } from './ab-progress.ts';

const summary = runSummary(measuredRun([endpointSummary('projects', { outcomes: { ok: 3000 }, okMedianMs: 40 })]));
const THIRD: AbProgress = { side: 'head', pair: 2, done: 3, planned: 10, secondsSoFar: 30, isSelfCheck: false };

it('says which run it was, what it measured, and how long the others take at this pace', () => {
  expect(describeProgress(THIRD, summary)).toMatch(
    /^Run 3 of 10 \(pair 2, head\): 3,000 requests, p95 [\d.]+ ms; about 1m10s left$/,
  );
});

it('says nothing of time after the last run, and names a verdict that is no pass', () => {
  const last = describeProgress({ ...THIRD, done: 10, pair: 5 }, { ...summary, verdict: 'no_data' });
  expect(last).toMatch(/^Run 10 of 10 \(pair 5, head\): .*, no data \(.+\)$/);
});

it('tells the two sides of base against base apart', () => {
  const of = (side: AbProgress['side']) => describeProgress({ ...THIRD, side, isSelfCheck: true }, undefined);
  expect(of('base')).toContain('(pair 2, base against base, first side): no summary;');
  expect(of('head')).toContain('(pair 2, base against base, second side): no summary;');
});

it('says at once that a pair will not count, and why', () => {
  expect(describeProgress({ ...THIRD, unfit: 'its machine was 100 % busy' }, summary)).toMatch(
    /, p95 [\d.]+ ms; its machine was 100 % busy: this pair will not count; about 1m10s left$/,
  );
});

it.each([
  [[205, 195], '195 to 205; by them the p90 or a lower percentile decides'],
  [[600, 600], '600; by them the p95 decides'],
  [[10, 39], '10 to 39; too few to compare any latency'],
])('says what the responses of the first run will decide: %j', (counts, said) => {
  const endpoints = counts.map((ok, i) => endpointSummary(`e${i}`, { outcomes: { ok } }));
  expect(describeReplies({ endpoints })).toBe(`successful responses of each endpoint: ${said}`);
});
