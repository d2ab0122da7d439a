import { describe, expect, it } from 'vitest';
import { budgets as sharedBudgets } from '../../../thresholds/index.ts';
import { type EndpointFixture, endpointSummary, loadRecord, measuredRun } from '../../testing/runs.ts';
import type { EndpointSummary } from '../measure/measured.ts';
import type { OutcomeCounts } from '../measure/outcome.ts';
import { thresholdsOf } from './budgets.ts';
import { type JudgedFigures, judgeThreshold } from './judge-threshold.ts';
import type { Metric } from './metrics.ts';
import type { JudgedThreshold, Threshold } from './threshold.ts';
import { judgeRun } from './verdict.ts';

const declaredLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

function judge(
  metric: Metric,
  limit: number,
  endpoints: readonly EndpointSummary[],
  endpoint?: string,
): JudgedThreshold {
  const { totals } = measuredRun(endpoints);
  return judgeThreshold({ metric, limit, ...(endpoint === undefined ? {} : { endpoint }) }, { endpoints, totals });
}

const judgeOne = (metric: Metric, limit: number, outcomes: OutcomeCounts, facts: Partial<EndpointFixture> = {}) =>
  judge(metric, limit, [endpointSummary('a', { outcomes, ...facts })], 'a');

describe('the latency of successful responses, and how many there are in a second', () => {
  const endpoint = endpointSummary('a', { outcomes: { ok: 1000, timeout: 10 }, okMedianMs: 40 });
  const { p50 = 0, p99 = 0, avg = 0 } = endpoint.latencyMs.ok;

  it.each<[Metric, number]>([
    ['okP50Ms', p50],
    ['okP99Ms', p99],
    ['okMeanMs', avg],
  ])('%s must be below its limit', (metric, figure) => {
    expect(figure).toBeGreaterThan(0);
    expect(judge(metric, figure + 1, [endpoint], 'a')).toMatchObject({
      verdict: 'pass',
      actual: figure,
      samples: 1000,
    });
    expect(judge(metric, figure, [endpoint], 'a').verdict).toBe('fail');
    expect(judge(metric, figure + 1, [endpoint]).verdict).toBe('pass');
  });

  it('perSecond counts successful responses over the load', () => {
    const figures = { endpoints: [endpoint], totals: measuredRun([endpoint]).totals, load: { windowSeconds: 20 } };
    const held = (limit: number) => judgeThreshold({ metric: 'perSecond', limit, endpoint: 'a' }, figures);
    expect(held(50)).toMatchObject({ verdict: 'pass', actual: 50, samples: 1010 });
    expect(held(50.1).verdict).toBe('fail');
    expect(judgeThreshold({ metric: 'perSecond', limit: 50 }, figures).verdict).toBe('pass');
  });
});

describe('a threshold is held against what was measured', () => {
  it.each<[Metric, number, OutcomeCounts, Pick<JudgedThreshold, 'verdict' | 'samples'> & { actual?: number }]>([
    ['timeoutRate', 0.01, { ok: 100 }, { verdict: 'pass', samples: 100, actual: 0 }],
    ['timeoutRate', 0.01, { ok: 991, timeout: 9 }, { verdict: 'pass', samples: 1000, actual: 0.009 }],
    ['timeoutRate', 0.01, { ok: 99, timeout: 1 }, { verdict: 'fail', samples: 100, actual: 0.01 }],
    ['timeoutRate', 0.01, { ok: 98, timeout: 2 }, { verdict: 'fail', samples: 100, actual: 0.02 }],
    ['timeoutRate', 0.01, { refused: 100 }, { verdict: 'pass', samples: 100, actual: 0 }],
    ['timeoutRate', 0.01, {}, { verdict: 'no_data', samples: 0 }],
    ['serverErrors', 0, { ok: 5 }, { verdict: 'pass', samples: 5, actual: 0 }],
    ['serverErrors', 0, { ok: 5, server_error: 1 }, { verdict: 'fail', samples: 6, actual: 1 }],
    ['serverErrors', 2, { ok: 5, server_error: 2 }, { verdict: 'pass', samples: 7, actual: 2 }],
    ['serverErrors', 2, { ok: 5, server_error: 3 }, { verdict: 'fail', samples: 8, actual: 3 }],
    ['serverErrors', 0, {}, { verdict: 'no_data', samples: 0 }],
    ['refusedOrReset', 0, { ok: 5, timeout: 5 }, { verdict: 'pass', samples: 10, actual: 0 }],
    ['refusedOrReset', 0, { ok: 5, refused: 1 }, { verdict: 'fail', samples: 6, actual: 1 }],
    ['refusedOrReset', 0, { ok: 5, reset: 1 }, { verdict: 'fail', samples: 6, actual: 1 }],
    ['refusedOrReset', 3, { ok: 5, refused: 1, reset: 2 }, { verdict: 'pass', samples: 8, actual: 3 }],
    ['refusedOrReset', 2, { ok: 5, refused: 1, reset: 2 }, { verdict: 'fail', samples: 8, actual: 3 }],
    ['refusedOrReset', 0, {}, { verdict: 'no_data', samples: 0 }],
    ['successShare', 0.99, { ok: 99, not_found: 1 }, { verdict: 'pass', samples: 100, actual: 0.99 }],
    ['successShare', 0.99, { ok: 989, not_found: 11 }, { verdict: 'fail', samples: 1000, actual: 0.989 }],
    ['successShare', 0.99, { ok: 99, check_failed: 2 }, { verdict: 'fail', samples: 101, actual: 99 / 101 }],
    ['successShare', 0.99, { unclassified: 1 }, { verdict: 'fail', samples: 1, actual: 0 }],
    ['successShare', 0, {}, { verdict: 'no_data', samples: 0 }],
    ['okReplies', 1, { ok: 1, timeout: 9 }, { verdict: 'pass', samples: 10, actual: 1 }],
    ['okReplies', 2, { ok: 1, timeout: 9 }, { verdict: 'fail', samples: 10, actual: 1 }],
    ['okReplies', 1, { check_failed: 9 }, { verdict: 'fail', samples: 9, actual: 0 }],
    ['okReplies', 0, {}, { verdict: 'no_data', samples: 0 }],
    // How long the load lasted is not known.
    ['perSecond', 1, { ok: 100 }, { verdict: 'no_data', samples: 100 }],
  ])('%s of limit %d with %j', (metric, limit, outcomes, expected) => {
    const threshold = judgeOne(metric, limit, outcomes);
    expect(threshold).toMatchObject({ metric, limit, endpoint: 'a', ...expected });
    expect('actual' in threshold).toBe(expected.verdict !== 'no_data');
  });

  it('okP95Ms must stay below its limit, on successful responses alone', () => {
    const slowFailures = endpointSummary('a', {
      outcomes: { ok: 50, timeout: 50 },
      okMedianMs: 100,
      allMedianMs: 9000,
    });
    const p95 = slowFailures.latencyMs.ok.p95 ?? 0;
    expect(p95).toBeGreaterThan(100);
    const at = (limit: number) => judge('okP95Ms', limit, [slowFailures], 'a');
    expect(at(p95 + 0.001)).toMatchObject({ verdict: 'pass', actual: p95, samples: 50 });
    expect(at(p95)).toMatchObject({ verdict: 'fail', actual: p95 });
    expect(at(p95 - 0.001)).toMatchObject({ verdict: 'fail' });
    expect(judgeOne('okP95Ms', 500, { timeout: 50 })).toMatchObject({ verdict: 'no_data', samples: 0 });
  });

  it('has nothing to hold against an endpoint that was not measured', () => {
    expect(judge('serverErrors', 0, [endpointSummary('a', { outcomes: { ok: 1 } })], 'b')).toMatchObject({
      verdict: 'no_data',
      samples: 0,
    });
  });

  it('without an endpoint is held against all requests', () => {
    const endpoints = [
      endpointSummary('a', { outcomes: { ok: 90, server_error: 1 } }),
      endpointSummary('b', { outcomes: { ok: 8, server_error: 1 } }),
    ];
    expect(judge('serverErrors', 1, endpoints)).toMatchObject({ verdict: 'fail', actual: 2, samples: 100 });
    expect(judge('serverErrors', 1, endpoints, 'b')).toMatchObject({ verdict: 'pass', actual: 1, samples: 9 });
  });
});

describe('a budget for what gets past a declared rate limit', () => {
  const limited = [endpointSummary('info', { outcomes: { ok: 64, check_failed: 1 }, rateLimit: declaredLimit })];
  const { totals } = measuredRun(limited);
  const threshold = { metric: 'acceptedBeyondLimit', endpoint: 'info', limit: 0 } as const;
  const judged = (load?: JudgedFigures['load'], more: Partial<Threshold> = {}) =>
    judgeThreshold(
      { ...threshold, ...more },
      { endpoints: limited, totals, ...(load === undefined ? {} : { load }) },
      '2026-11-24',
    );

  it('counts the requests that do not fit the windows of the load', () => {
    expect(judged({ windowSeconds: 59 })).toMatchObject({ verdict: 'fail', actual: 5, samples: 65 });
    expect(judged({ windowSeconds: 60 })).toMatchObject({ verdict: 'pass', actual: 0 });
    expect(judged({ windowSeconds: 59 }, { limit: 5 }).verdict).toBe('pass');
    expect(judged({ windowSeconds: 59 }, { limit: 4 }).verdict).toBe('fail');
  });

  it('can warn, or be waived', () => {
    expect(judged({ windowSeconds: 59 }, { level: 'warn' }).verdict).toBe('warn');
    const waiver = { reason: 'PERF-7', until: '2026-11-24' };
    expect(judged({ windowSeconds: 59 }, { waiver }).verdict).toBe('waived');
  });

  it('is not judged where nobody knows what fits', () => {
    expect(judged()).toMatchObject({ verdict: 'no_data', samples: 65 });
    expect(judged({ windowSeconds: 59, hasSeveralClients: true }).actual).toBeUndefined();
    const unlimited = [endpointSummary('info', { outcomes: { ok: 64 } })];
    expect(judgeThreshold(threshold, { endpoints: unlimited, totals, load: { windowSeconds: 59 } }).verdict).toBe(
      'no_data',
    );
  });
});

describe('429', () => {
  const outcomes = { ok: 60, rate_limited: 40 };

  it('is no failure where a limit is declared', () => {
    expect(judgeOne('successShare', 0.99, outcomes, { rateLimit: declaredLimit })).toMatchObject({
      verdict: 'pass',
      actual: 1,
      samples: 60,
    });
  });

  it('is a failure where none is', () => {
    expect(judgeOne('successShare', 0.99, outcomes)).toMatchObject({ verdict: 'fail', actual: 0.6, samples: 100 });
  });

  it('counts overall by what each endpoint declares', () => {
    const endpoints = [
      endpointSummary('limited', { outcomes, rateLimit: declaredLimit }),
      endpointSummary('free', { outcomes }),
    ];
    expect(judge('successShare', 0.99, endpoints)).toMatchObject({ verdict: 'fail', actual: 120 / 160, samples: 160 });
  });

  it('leaves nothing to judge where there is nothing else and a limit is declared', () => {
    const only = { rate_limited: 40 };
    expect(judgeOne('successShare', 0.99, only, { rateLimit: declaredLimit }).verdict).toBe('no_data');
    expect(judgeOne('okReplies', 1, only, { rateLimit: declaredLimit }).verdict).toBe('fail');
  });
});

describe('under the shared budgets an endpoint of three never ends in pass with nothing but', () => {
  it.each<[string, EndpointFixture, 'fail' | 'no_data']>([
    ['404', { outcomes: { not_found: 500 } }, 'fail'],
    ['401', { outcomes: { client_error: 500 } }, 'fail'],
    ['429 under a declared limit', { outcomes: { rate_limited: 500 }, rateLimit: declaredLimit }, 'fail'],
    ['429 without one', { outcomes: { rate_limited: 500 } }, 'fail'],
    ['redirects', { outcomes: { unexpected_status: 500 } }, 'fail'],
    ['no request at all', { outcomes: {} }, 'no_data'],
  ])('%s', (_case, fixture, expected) => {
    const others = ['agents', 'services'].map((id) => endpointSummary(id, { outcomes: { ok: 1_000_000 } }));
    const endpoints = [endpointSummary('projects', fixture), ...others];
    const { totals } = measuredRun(endpoints);
    const judged = (ids: readonly string[]) =>
      judgeRun({
        thresholds: thresholdsOf(sharedBudgets, ids).map((threshold) =>
          judgeThreshold(threshold, { endpoints, totals }),
        ),
        endpoints: endpoints.filter(({ id }) => ids.includes(id)),
        load: loadRecord(),
        k6Thresholds: [],
        k6ExitCode: 0,
      });
    const { verdict, reasons } = judged(['projects', 'agents', 'services']);
    expect(verdict).toBe(expected);
    expect(reasons[0]).toMatch(/^projects: /);
    expect(judged(['agents', 'services']).verdict).toBe('pass');
  });
});

describe('a limit can only warn, or be waived for a while', () => {
  const waiver = { reason: 'PERF-12', until: '2026-12-31' };
  const judgeAs = (changes: Partial<Threshold>, outcomes: OutcomeCounts, today?: string) => {
    const endpoints = [endpointSummary('a', { outcomes })];
    const { totals } = measuredRun(endpoints);
    return judgeThreshold({ metric: 'okReplies', endpoint: 'a', limit: 5, ...changes }, { endpoints, totals }, today)
      .verdict;
  };

  it.each<[string, Partial<Threshold>, OutcomeCounts, string | undefined, JudgedThreshold['verdict']]>([
    ['one that only warns and holds', { level: 'warn' }, { ok: 5 }, '2026-12-31', 'pass'],
    ['one that only warns and does not', { level: 'warn' }, { ok: 4 }, '2026-12-31', 'warn'],
    ['one that only warns, of nothing', { level: 'warn' }, {}, '2026-12-31', 'warn'],
    ['a waived one that holds', { waiver }, { ok: 5 }, '2026-12-31', 'pass'],
    ['a waived one that does not, on the last day', { waiver }, { ok: 4 }, '2026-12-31', 'waived'],
    ['the day after', { waiver }, { ok: 4 }, '2027-01-01', 'fail'],
    ['on a day that nobody named', { waiver }, { ok: 4 }, undefined, 'fail'],
    ['a waived one of nothing', { waiver }, {}, '2026-12-31', 'no_data'],
    ['one that is waived and only warns', { waiver, level: 'warn' }, { ok: 4 }, '2026-12-31', 'waived'],
    ['the same the day after', { waiver, level: 'warn' }, { ok: 4 }, '2027-01-01', 'warn'],
  ])('%s', (_case, changes, outcomes, today, verdict) => {
    expect(judgeAs(changes, outcomes, today)).toBe(verdict);
  });
});
