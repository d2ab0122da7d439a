import { expect, it } from 'vitest';
import { readTimeline } from '../../cli/timeline.ts';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const LOAD = { VUS: '10', DURATION: '3s', THINK_TIME: '50ms' };

it('the requests over time end with the load', async () => {
  const backend = await backendWith('--no-rate-limits', '--error-share', '0.1');
  const { folder, summary } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url });
  const points = readTimeline(folder, summary).timeline?.points ?? [];
  expect(points.length).toBeGreaterThanOrEqual(3);
  expect(points.at(-1)?.atSeconds).toBeCloseTo(summary.load.windowSeconds, 1);
});
