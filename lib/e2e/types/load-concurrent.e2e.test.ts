import { describe, expect, it } from 'vitest';
import { runSuite } from '../suite.ts';
import { runScenario, sum } from '../tool.ts';
import { backendWith, expectSumsToAgree, outcomesByTruth } from '../truth.ts';

const LIMITS = {
  'system-stats': { ok: 60, rate_limited: 440 },
  'system-ports': { ok: 30, rate_limited: 470 },
  services: { ok: 60, rate_limited: 440 },
  agents: { ok: 60, rate_limited: 440 },
};

describe('the reference plans send exactly the work of LOAD-CONCURRENT-001, and count it as the server does', () => {
  it.each([
    ['rapid-fire', 2500],
    ['sustained', 2500],
    ['mixed', 2300],
  ])('%s: %i requests', async (scenario, requests) => {
    const backend = await backendWith();
    const { summary, exitCode } = await runScenario(scenario, { BASE_URL: backend.url }, [
      '--plan',
      'reference',
      '--no-baseline',
    ]);
    const truth = await backend.readTruth();
    expect(exitCode).toBe(0);
    expectSumsToAgree(summary);
    expect(summary.totals.requests).toBe(requests);
    expect(truth.totals.received).toBe(requests);
    expect(summary.load).toMatchObject({
      plannedIterations: requests,
      iterations: { completed: requests, dropped: 0, failed: 0 },
    });
    for (const { id, outcomes } of summary.endpoints) {
      expect(outcomes).toEqual(outcomesByTruth(truth.endpoints[id as keyof typeof truth.endpoints].delivered));
    }
    for (const [id, expected] of Object.entries(LIMITS)) {
      if (scenario === 'rapid-fire')
        expect(summary.endpoints.find((endpoint) => endpoint.id === id)?.outcomes).toEqual(expected);
    }
  });
});

const WINDOW_SECONDS = 2;

it('against a healthy backend the whole test passes, with 7,300 requests that the server counted too', async () => {
  const backend = await backendWith('--rate-limit-window-seconds', String(WINDOW_SECONDS));
  const { exitCode, report, runs, markdown } = await runSuite(
    { BASE_URL: backend.url },
    '--pause',
    `${WINDOW_SECONDS}s`,
  );
  const truth = await backend.readTruth();
  expect({ exitCode, verdict: report.verdict }).toEqual({ exitCode: 0, verdict: 'pass' });
  expect(runs.map((run) => run.totals.requests)).toEqual([2500, 2500, 2300]);
  expect(runs.map((run) => run.testId)).toEqual(Array(3).fill('LOAD-CONCURRENT-001'));
  expect(report.totals.requests).toBe(7300);
  expect(sum(report.endpoints.map(({ requests }) => requests))).toBe(7300);
  expect(sum(report.totals.outcomes.map(({ count }) => count))).toBe(7300);
  const atRest = sum(runs.flatMap((run) => run.atRest.map(({ sent }) => sent)));
  expect(runs[0]?.atRest).toHaveLength(12);
  expect(runs.slice(1).flatMap((run) => run.atRest)).toEqual([]);
  expect(truth.totals.received).toBe(7300 + atRest);
  expect(markdown).toContain('| **All requests** | 7,300 | 100 % |');
  expect(report.runs.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
});
