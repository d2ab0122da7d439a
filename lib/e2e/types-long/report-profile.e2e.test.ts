import { expect, it } from 'vitest';
import { SCALED, scaledBackend } from '../report-profile.ts';
import { countOf, runScenario } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';

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
      '--no-baseline',
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
