import { describe, expect, it } from 'vitest';
import type { Threshold } from '../judge/threshold.ts';
import type { Measured } from '../measure/measured.ts';
import { countRequests, type OutcomeCounts } from '../measure/outcome.ts';
import { type HandMadeSummary, readHandMade } from './hand-made.ts';

const measured = (outcomes: OutcomeCounts, okP95Ms?: number): Measured => ({
  requests: countRequests(outcomes),
  outcomes,
  latencyMs: {
    all: { count: countRequests(outcomes), p95: 9 },
    ok: { count: outcomes.ok ?? 0, ...(okP95Ms === undefined ? {} : { p95: okP95Ms }) },
  },
});

function handMade(
  outcomes: OutcomeCounts,
  thresholds: readonly Threshold[],
  changes: Partial<HandMadeSummary> & { readonly okP95Ms?: number } = {},
): HandMadeSummary {
  const { okP95Ms, ...rest } = changes;
  const totals = measured(outcomes, okP95Ms);
  return {
    schemaVersion: 1,
    source: 'hand-made',
    testId: 'A',
    runId: 'a-1',
    scenario: 'a',
    totals,
    endpoints: [{ id: 'a', path: '/a', category: 'A', ...totals }],
    thresholds,
    ...rest,
  };
}

describe('a threshold on a run that someone wrote down', () => {
  it('is judged on its figures', () => {
    const run = readHandMade(handMade({ ok: 100 }, [{ metric: 'okP95Ms', limit: 500 }], { okP95Ms: 20 }));
    expect(run).toMatchObject({ source: 'hand-made', verdict: 'pass', reasons: ['the one threshold holds'] });
    expect(run.thresholds[0]).toMatchObject({ actual: 20, samples: 100, verdict: 'pass' });
  });

  it.each<[string, OutcomeCounts, Threshold, string, number | undefined]>([
    [
      'may be crossed by what has no cause',
      { ok: 9, unclassified: 1 },
      { metric: 'timeoutRate', limit: 0.01 },
      'no_data',
      undefined,
    ],
    [
      'is crossed without what has no cause',
      { ok: 8, timeout: 1, unclassified: 1 },
      { metric: 'timeoutRate', limit: 0.01 },
      'fail',
      0.1,
    ],
    [
      'holds even with what has no cause',
      { ok: 999, unclassified: 1 },
      { metric: 'timeoutRate', limit: 0.01 },
      'pass',
      0,
    ],
    [
      'may be crossed by refused connections',
      { ok: 9, unclassified: 1 },
      { metric: 'refusedOrReset', limit: 0 },
      'no_data',
      undefined,
    ],
    [
      'is not crossed by requests without an answer',
      { ok: 9, unclassified: 1 },
      { metric: 'serverErrors', limit: 0 },
      'pass',
      0,
    ],
    ['has no figure to look at', { ok: 10 }, { metric: 'okP95Ms', limit: 500 }, 'no_data', undefined],
  ])('that %s', (_case, outcomes, threshold, verdict, actual) => {
    const [judged] = readHandMade(handMade(outcomes, [threshold])).thresholds;
    expect(judged?.verdict).toBe(verdict);
    expect(judged?.actual).toBe(actual);
  });

  it('says why there is nothing to judge', () => {
    const run = readHandMade(handMade({ ok: 9, unclassified: 1 }, [{ metric: 'timeoutRate', limit: 0.01 }]));
    expect(run).toMatchObject({ verdict: 'no_data', reasons: ['timeouts: not recorded, must be < 1 %'] });
    expect(run.lacks).toContain(
      'Why requests got no response was not recorded: a timeout, a refused connection or a reset.',
    );
  });
});

it('an endpoint that never answered fails the run, and so does a load that was not sent', () => {
  const thresholds: Threshold[] = [{ metric: 'serverErrors', limit: 0 }];
  const never = readHandMade(handMade({ not_found: 5 }, thresholds));
  expect(never).toMatchObject({ verdict: 'fail', reasons: ['a: not one of 5 requests was ok'] });
  const short = readHandMade(handMade({ ok: 5 }, thresholds, { load: { plannedIterations: 6 } }));
  expect(short).toMatchObject({ verdict: 'invalid_load', reasons: ['5 of 6 planned iterations were completed'] });
});

it('a run without thresholds has no verdict, and says how to give it some', () => {
  expect(readHandMade(handMade({ ok: 5 }, [])).reasons).toEqual([
    expect.stringMatching(/^there is no threshold to judge by: write them down/),
  ]);
});

it('what was not written down is said', () => {
  const { lacks } = readHandMade(handMade({ ok: 5 }, []));
  expect(lacks.join('\n')).toContain('When the run was made was not recorded.');
  expect(lacks.join('\n')).toContain('The latency of successful responses was not kept apart');
  expect(readHandMade(handMade({ ok: 5 }, [], { startedAt: '2025-11-10' })).lacks).toContain(
    'Of the time of the run only the day was recorded.',
  );
});
