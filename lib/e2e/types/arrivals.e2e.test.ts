import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { backendWith, expectSumsToAgree } from '../truth.ts';

it('the timed mixed plan delivers its two streams of arrivals', async () => {
  const backend = await backendWith('--no-rate-limits');
  const { summary, exitCode } = await runScenario('mixed', { BASE_URL: backend.url, DURATION: '3s', RATE: '92' });
  expect(exitCode).toBe(0);
  expect(summary.load.model).toBe('open');
  expect(summary.load.plannedIterations).toBe(276);
  expect(summary.totals.requests).toBeGreaterThanOrEqual(275);
  expect(summary.totals.requests).toBeLessThanOrEqual(278);
  for (const { requests } of summary.endpoints)
    expect(Math.abs(requests - summary.totals.requests / 5)).toBeLessThanOrEqual(2);
});

it('a warm-up is in no count, of which the server knows how many there were', async () => {
  const backend = await backendWith('--no-rate-limits');
  const load = { RATE: '40', DURATION: '3s', WARM_UP: '2s', BASE_URL: backend.url };
  const { summary, report, exitCode } = await runScenario('mixed', load, ['--no-baseline']);
  const truth = await backend.readTruth();
  expect(exitCode).toBe(0);
  expectSumsToAgree(summary);
  expect(summary.load).toMatchObject({
    warmUpSeconds: 2,
    plannedIterations: 120,
    iterations: { completed: summary.totals.requests, dropped: 0, failed: 0 },
  });
  const warmUp = truth.totals.received - summary.totals.requests;
  // k6 starts one arrival more or less at either end of a stream, and there are two.
  expect(Math.abs(warmUp - 80)).toBeLessThanOrEqual(2);
  expect(Math.abs(summary.totals.requests - 120)).toBeLessThanOrEqual(2);
  expect(summary.load.windowSeconds).toBeGreaterThan(2.5);
  expect(summary.load.windowSeconds).toBeLessThan(4);
  expect(report).toContain('after a warm-up of 2s, which is not counted');
});

it('a load is counted without what its warm-up could not start or was answered', async () => {
  const backend = await backendWith('--no-rate-limits', '--delay-ms', '200', '--status', 'projects=500');
  const load = { VUS: '5', DURATION: '2s', WARM_UP: '1s', THINK_TIME: '0', BASE_URL: backend.url };
  const { summary } = await runScenario('sustained', load, ['--no-baseline']);
  const truth = await backend.readTruth();
  const ofLoad = summary.totals.outcomes.server_error ?? 0;
  const delivered = truth.endpoints.projects.delivered[500] ?? 0;
  expect(ofLoad).toBeGreaterThan(0);
  expect(ofLoad).toBeLessThan(delivered);
  expect(summary.load.iterations.completed).toBe(summary.totals.requests);
});
