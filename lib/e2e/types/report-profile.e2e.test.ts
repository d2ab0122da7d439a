import { expect, it } from 'vitest';
import { expectTheReportedCollapse, SCALED, scaledBackend, WINDOW_SECONDS } from '../report-profile.ts';
import { runSuite } from '../suite.ts';

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
