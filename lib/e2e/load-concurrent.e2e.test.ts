import { expect, it } from 'vitest';
import { addOutcomes } from '../core/measure/outcome.ts';
import { unhurriedProject } from './own-project.ts';
import { runSuiteOf } from './suite.ts';
import { runScenario, startTool, sum, temporaryFolder } from './tool.ts';
import { backendWith, expectSumsToAgree, outcomesByTruth, startForTest } from './truth.ts';

const LIMITS = {
  'system-stats': { ok: 60, rate_limited: 440 },
  'system-ports': { ok: 30, rate_limited: 470 },
  services: { ok: 60, rate_limited: 440 },
  health: { not_found: 500 },
  agents: { ok: 60, rate_limited: 440 },
};

it('the burst of LOAD-CONCURRENT-001 meets exactly the limits, and 404 where the route is missing', async () => {
  const backend = await startForTest({ profile: 'report' });
  const args = ['--plan', 'reference', '--no-baseline'];
  const { summary, exitCode } = await runScenario('rapid-fire', { BASE_URL: backend.url }, args);
  const truth = await backend.readTruth();
  expect(exitCode).toBe(99);
  expectSumsToAgree(summary);
  expect(Object.fromEntries(summary.endpoints.map(({ id, outcomes }) => [id, outcomes]))).toEqual(LIMITS);
  for (const { id, outcomes } of summary.endpoints)
    expect(outcomes).toEqual(outcomesByTruth(truth.endpoints[id as keyof typeof truth.endpoints].delivered));
});

it('the whole test against a healthy backend passes, with 7,300 requests that the server counted too', async () => {
  // A fifth of the declared limits, every three seconds: they are kept even where a burst takes a quarter of a minute.
  const backend = await backendWith('--limit-scale', '0.2', '--rate-limit-window-seconds', '3');
  const suite = await runSuiteOf(unhurriedProject(), { BASE_URL: backend.url }, '--pause', '3s');
  const { exitCode, report, runs, markdown, stdout, stderr } = suite;
  expect(`${stdout}${stderr}`.split('\n').length, stdout + stderr).toBeLessThanOrEqual(60);
  const truth = await backend.readTruth();
  expect({ exitCode, verdict: report.verdict }, stdout).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(runs.map((run) => run.totals.requests)).toEqual([2500, 2500, 2300]);
  for (const { totals, load } of runs) {
    expect(load).toMatchObject({
      plannedIterations: totals.requests,
      iterations: { completed: totals.requests, dropped: 0, failed: 0 },
    });
  }
  expect(runs.map((run) => run.testId)).toEqual(Array(3).fill('LOAD-CONCURRENT-001'));
  expect(report.totals.requests).toBe(7300);
  expect(sum(report.endpoints.map(({ requests }) => requests))).toBe(7300);
  expect(sum(report.totals.outcomes.map(({ count }) => count))).toBe(7300);
  const atRest = runs.flatMap((run) => run.atRest);
  expect(runs[0]?.atRest).toHaveLength(12);
  expect(runs.slice(1).flatMap((run) => run.atRest)).toEqual([]);
  expect(truth.totals.received).toBe(7300 + sum(atRest.map(({ sent }) => sent)));
  for (const [id, { delivered }] of Object.entries(truth.endpoints)) {
    const ofLoad = runs.flatMap(({ endpoints }) => endpoints).filter((endpoint) => endpoint.id === id);
    const okAtRest = sum(atRest.filter(({ endpoint }) => endpoint === id).map(({ sent }) => sent));
    const counted = addOutcomes([...ofLoad.map(({ outcomes }) => outcomes), { ok: okAtRest }]);
    expect(counted, id).toEqual(outcomesByTruth(delivered));
  }
  expect(markdown).toContain('| **All requests** | 7,300 | 100 % |');
  expect(report.runs.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
});

it('Ctrl-C between two plans ends the test as incomplete', async () => {
  const results = temporaryFolder();
  const tool = startTool(['suite', 'load-concurrent', '--results', results, '--pause', '60s', '--no-baseline']);
  await tool.says(/Waiting 1m/);
  tool.child.kill('SIGINT');
  const { exitCode, stdout } = await tool.ended;
  expect(exitCode).toBe(105);
  expect(stdout).toContain('2 of 3 plans did not run');
});
