import { expect, it } from 'vitest';
import { expectTheReportedCollapse } from '../report-profile.ts';
import { runSuite } from '../suite.ts';
import { countOf, runScenario } from '../tool.ts';
import { expectSumsToAgree, outcomesByTruth, startForTest } from '../truth.ts';

const TIME_SCALE = 0.02;
const SCALED = { REQUEST_TIMEOUT: `${30 * TIME_SCALE}s` };
const WINDOW_SECONDS = 4;

/** The backend of LOAD-CONCURRENT-001, fifty times as fast. */
function scaledBackend() {
  const args = ['--time-scale', String(TIME_SCALE), '--rate-limit-window-seconds', String(WINDOW_SECONDS)];
  return startForTest({ profile: 'report', args });
}

it('the burst alone meets exactly the limits, and 404 where the route is missing', async () => {
  // Unscaled: it is over in half a second as it is.
  const backend = await startForTest({ profile: 'report' });
  const args = ['--plan', 'reference', '--no-at-rest'];
  const { summary, exitCode } = await runScenario('rapid-fire', { BASE_URL: backend.url }, args);
  const truth = await backend.readTruth();
  expect(exitCode).toBe(99);
  expectSumsToAgree(summary);
  expect(Object.fromEntries(summary.endpoints.map(({ id, outcomes }) => [id, outcomes]))).toEqual({
    'system-stats': { ok: 60, rate_limited: 440 },
    'system-ports': { ok: 30, rate_limited: 470 },
    services: { ok: 60, rate_limited: 440 },
    health: { not_found: 500 },
    agents: { ok: 60, rate_limited: 440 },
  });
  for (const { id, outcomes } of summary.endpoints) {
    expect(outcomes).toEqual(outcomesByTruth(truth.endpoints[id as keyof typeof truth.endpoints].delivered));
  }
});

it.each([
  ['sustained', 2500, true],
  ['mixed', 2300, false],
])(
  'under %s users alone, %i requests, k6 counts as the server does (a collapse: %s)',
  async (scenario, planned, collapses) => {
    const backend = await scaledBackend();
    const { summary, exitCode } = await runScenario(scenario, { ...SCALED, BASE_URL: backend.url }, [
      '--plan',
      'reference',
      '--no-at-rest',
    ]);
    const { totals } = await backend.readTruth();
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    const { outcomes, requests } = summary.totals;
    expect(requests).toBe(planned);
    expect([outcomes.ok, outcomes.rate_limited, outcomes.not_found]).toEqual(
      [200, 429, 404].map((status) => totals.delivered[status]),
    );
    expect(outcomes.timeout).toBe(totals.abandoned);
    expect(outcomes.timeout).toBeGreaterThan(0);
    // What the crash cut off arrived, and k6 either saw the reset or asked again and was refused.
    expect(countOf(outcomes, 'refused', 'reset')).toBe(requests - totals.received + totals.reset);
    expect((outcomes.refused ?? 0) > 0).toBe(collapses);
  },
);

it('the whole test against it fails for the right reasons', async () => {
  const backend = await scaledBackend();
  const suite = await runSuite({ ...SCALED, BASE_URL: backend.url }, '--pause', `${WINDOW_SECONDS}s`);
  expectTheReportedCollapse(suite);
  const { totals } = await backend.readTruth();
  const atRest = suite.runs[0]?.atRest.reduce((sum, { sent }) => sum + sent, 0) ?? 0;
  const { ok, rate_limited, not_found } = Object.fromEntries(
    suite.report.totals.outcomes.map(({ outcome, count }) => [outcome, count]),
  );
  const atRestNotFound = 4;
  expect(totals.delivered).toEqual({
    200: (ok ?? 0) + atRest - atRestNotFound,
    404: (not_found ?? 0) + atRestNotFound,
    429: rate_limited,
  });
});
