import { expect, it } from 'vitest';
import { addOutcomes, countRequests } from '../core/measure/outcome.ts';
import { readTimeline } from '../results/timeline.ts';
import { runScenario, sum } from './tool.ts';
import { backendWith } from './truth.ts';

const LOAD = { VUS: '10', DURATION: '5s', THINK_TIME: '50ms' };

it('the requests over time add up exactly to those of the summary, outcome by outcome', async () => {
  const backend = await backendWith('--no-rate-limits', '--error-share', '0.1');
  const { folder, summary, stderr } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url });
  const { timeline, note } = readTimeline(folder, summary);
  expect(note).toBeUndefined();
  const points = timeline?.points ?? [];
  expect(points.length).toBeGreaterThanOrEqual(3);
  expect(sum(points.map(({ requests }) => requests))).toBe(summary.totals.requests);
  expect(addOutcomes(points.map(({ outcomes }) => outcomes))).toEqual(summary.totals.outcomes);
  for (const { requests, outcomes } of points) expect(countRequests(outcomes)).toBe(requests);
  expect(points.some(({ okMs }) => okMs !== undefined && okMs.p99 > 0)).toBe(true);
  expect(points.some(({ activeUsers }) => activeUsers === 10)).toBe(true);
  expect(stderr).not.toContain('over time');
});
