import { expect, it } from 'vitest';
import { readTimeline } from '../cli/timeline.ts';
import { addOutcomes, countRequests } from '../core/outcome.ts';
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

it('--no-timeline leaves none, and a run without one says so when it is read', async () => {
  const { folder, files, summary } = await runScenario('smoke', { DURATION: '1s' }, ['--no-timeline']);
  expect(files).toEqual(['k6.log', 'report.html', 'report.json', 'report.md', 'summary.json']);
  expect(readTimeline(folder, summary)).toEqual({ note: 'No requests over time: nothing recorded them.' });
});
