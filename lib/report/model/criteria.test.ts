import { describe, expect, it } from 'vitest';
import { thresholdsOf } from '../../core/judge/budgets.ts';
import { asStored, type StoredRun } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import type { Budget } from '../../core/spec/budget.ts';
import {
  type EndpointFixture,
  endpointSummary,
  loadRecord,
  measuredRun,
  pooled,
  runSummary,
} from '../../testing/runs.ts';
import { type Criterion, judgeCriteria } from './criteria.ts';
import { gatherEvidence } from './evidence.ts';
import { thresholdRows } from './thresholds.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

interface Setting {
  readonly endpoints: Readonly<Record<string, EndpointFixture>>;
  /** For all requests together. */
  readonly budget?: Budget;
  readonly scenario?: string;
}

function runOf({ endpoints, budget = {}, scenario = 'sustained' }: Setting): StoredRun {
  const summaries = Object.entries(endpoints).map(([id, fixture]) => endpointSummary(id, fixture));
  const thresholds = thresholdsOf({ overall: budget, everyEndpoint: {}, endpoints: {} }, []);
  const load = loadRecord({ windowSeconds: 59 });
  return asStored(
    runSummary(measuredRun(summaries, { scenario, runId: scenario, totals: pooled(summaries), thresholds, load })),
  );
}

function criteriaOf(runs: readonly StoredRun[]) {
  return judgeCriteria(
    gatherEvidence(runs),
    runs.flatMap((run) => thresholdRows(run)),
  );
}

function criterion(id: string, ...settings: readonly Setting[]): Pick<Criterion, 'status' | 'actual' | 'target'> {
  const row = criteriaOf(settings.map(runOf)).rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`There is no criterion ${id}`);
  return { status: row.status, actual: row.actual, target: row.target };
}

const limited = (outcomes: OutcomeCounts): EndpointFixture => ({ outcomes, rateLimit: RATE_LIMIT });

describe('rate limits enforced', () => {
  it.each<[string, Setting['endpoints'], string, string]>([
    [
      'is not measured without one',
      { a: { outcomes: { ok: 9 } } },
      'not measured',
      'no endpoint of this test declares a limit',
    ],
    ['is not measured below one', { a: limited({ ok: 9 }) }, 'not measured', 'the load reached no declared limit'],
    ['passes where all are', { a: limited({ ok: 60, rate_limited: 9 }) }, 'pass', '1 of 1 declared limit enforced'],
    [
      'passes where those that were reached are',
      { a: limited({ ok: 60, rate_limited: 9 }), b: limited({ ok: 9 }) },
      'pass',
      '1 of 2 declared limits enforced, the others not reached or not known',
    ],
    [
      'fails where one is not',
      { a: limited({ ok: 60, rate_limited: 9 }), b: limited({ ok: 61 }) },
      'fail',
      '1 of 2 declared limits not enforced',
    ],
    [
      'passes where one is stricter',
      { a: limited({ ok: 5, rate_limited: 900 }) },
      'pass',
      '1 of 1 declared limit enforced',
    ],
  ])('%s', (_case, endpoints, status, actual) => {
    expect(criterion('rate-limits', { endpoints })).toMatchObject({ status, actual });
  });
});

describe('no crash', () => {
  it.each<[OutcomeCounts, string, string]>([
    [{}, 'not measured', 'nothing was measured'],
    [{ ok: 5, server_error: 5, not_found: 1 }, 'pass', 'every request was answered'],
    [{ ok: 999, refused: 1 }, 'fail', '1 refused, 0 reset connections'],
    [{ ok: 999, reset: 2 }, 'fail', '0 refused, 2 reset connections'],
    [{ ok: 999, http2_error: 2 }, 'fail', '0 refused, 0 reset connections, 2 ended by an HTTP/2 error'],
    [{ ok: 999, unknown: 2 }, 'not measured', 'the outcome of every request is not stored'],
    [{ ok: 999, timeout: 1 }, 'pass', 'no connection refused or reset; 1 timeout'],
    [
      { ok: 9, timeout: 2, dns: 1, tls: 3, other_error: 4 },
      'pass',
      'no connection refused or reset; 2 timeouts, 1 name not resolved, 3 TLS failed, 4 other error',
    ],
    [{ timeout: 5 }, 'fail', 'no request of sustained was answered'],
    [{ dns: 5 }, 'fail', 'no request of sustained was answered'],
    [{ ok: 5, unclassified: 1 }, 'not measured', '1 request failed for reasons not recorded'],
  ])('with %j: %s, %s', (outcomes, status, actual) => {
    expect(criterion('no-crash', { endpoints: { a: { outcomes } } })).toMatchObject({ status, actual });
  });

  it('fails where one run of several got no answer at all', () => {
    const settings = [
      { endpoints: { a: { outcomes: { ok: 50 } } }, scenario: 'x' },
      { endpoints: { a: { outcomes: { timeout: 50 } } }, scenario: 'y' },
      { endpoints: { a: { outcomes: {} } }, scenario: 'z' },
    ];
    expect(criterion('no-crash', ...settings)).toMatchObject({
      status: 'fail',
      actual: 'no request of y was answered',
    });
  });

  it('fails for requests without an answer in figures that were made by hand', () => {
    const run: StoredRun = {
      ...runOf({ endpoints: { a: { outcomes: { ok: 5, unclassified: 2 } } } }),
      source: 'hand-made',
    };
    expect(criteriaOf([run]).rows.find(({ id }) => id === 'no-crash')).toMatchObject({
      status: 'fail',
      actual: '2 requests got no answer, for reasons not recorded',
    });
  });
});

describe('response times acceptable', () => {
  const at = (okMedianMs: number): Setting['endpoints'] => ({ a: { outcomes: { ok: 1000 }, okMedianMs } });

  it('is judged by the budget of all successful responses', () => {
    const budget = { okP95Ms: 500 };
    expect(criterion('p95', { endpoints: at(100), budget })).toMatchObject({
      status: 'pass',
      target: 'p95 of successful responses < 500 ms',
      actual: expect.stringMatching(/^2\d\d ms in sustained$/),
    });
    expect(criterion('p95', { endpoints: at(300), budget }).status).toBe('fail');
  });

  it('is not measured without a budget, and says the p95 nevertheless', () => {
    expect(criterion('p95', { endpoints: at(100) })).toMatchObject({
      status: 'not measured',
      target: 'no threshold on the p95 of all successful responses',
      actual: expect.stringMatching(/^p95 of successful responses 2\d\d ms$/),
    });
  });

  it('is not measured without a successful response', () => {
    const endpoints = { a: { outcomes: { timeout: 10 }, allMedianMs: 9000 } };
    expect(criterion('p95', { endpoints, budget: { okP95Ms: 500 } })).toMatchObject({
      status: 'not measured',
      actual: expect.stringMatching(/^not known for successful responses; p95 of all requests/),
    });
  });

  it('is that of the worst of several runs: one that fails, else one without data, else the nearest', () => {
    const budget = { okP95Ms: 500 };
    const well = { endpoints: at(100), budget, scenario: 'well' };
    const near = { endpoints: at(200), budget, scenario: 'near' };
    const slow = { endpoints: at(300), budget, scenario: 'slow' };
    const silent = { endpoints: { a: { outcomes: {} } }, budget, scenario: 'silent' };
    expect(criterion('p95', well, near).actual).toMatch(/in near$/);
    expect(criterion('p95', well, silent, near).status).toBe('not measured');
    expect(criterion('p95', well, silent, slow)).toMatchObject({
      status: 'fail',
      actual: expect.stringMatching(/in slow$/),
    });
  });
});

describe('proper error handling', () => {
  it.each<[string, Setting['endpoints'], string, string]>([
    [
      'is not measured where nothing limited',
      { a: limited({ ok: 9 }) },
      'not measured',
      'no endpoint was rate limiting',
    ],
    [
      'is not measured where only an endpoint without a limit answered 429',
      { a: { outcomes: { rate_limited: 5, server_error: 5 } } },
      'not measured',
      'no endpoint was rate limiting',
    ],
    ['passes without a 5xx', { a: limited({ ok: 60, rate_limited: 9 }) }, 'pass', '0 server errors on 1 endpoint'],
    [
      'passes where others err',
      { a: limited({ ok: 60, rate_limited: 9 }), b: { outcomes: { server_error: 9 } } },
      'pass',
      '0 server errors on 1 endpoint',
    ],
    [
      'fails with one',
      { a: limited({ ok: 60, rate_limited: 9, server_error: 1 }), b: limited({ rate_limited: 1 }) },
      'fail',
      '1 server error on 2 endpoints',
    ],
  ])('%s', (_case, endpoints, status, actual) => {
    expect(criterion('no-errors-from-limiting', { endpoints })).toMatchObject({ status, actual });
  });
});

describe('the success rate', () => {
  const budget = { successShare: 0.99 };

  it.each<[OutcomeCounts, string, string]>([
    [{ ok: 99, timeout: 1 }, 'pass', '99 %: 99 of 100 (expected 429s excluded)'],
    [{ ok: 98, timeout: 2 }, 'fail', '98 %: 98 of 100 (expected 429s excluded)'],
    [{ ok: 99, rate_limited: 900 }, 'pass', '100 %: 99 of 99 (expected 429s excluded)'],
    [{ rate_limited: 900 }, 'not measured', 'nothing was measured'],
    [{}, 'not measured', 'nothing was measured'],
    [{ ok: 98_996, timeout: 1004 }, 'fail', '98.996 %: 98,996 of 100,000 (expected 429s excluded)'],
  ])('with %j: %s, %s', (outcomes, status, actual) => {
    expect(criterion('success', { endpoints: { a: limited(outcomes) }, budget })).toMatchObject({
      status,
      target: '>= 99 % excluding expected 429s',
      actual,
    });
  });

  it('is not measured without a limit on it, and is said nevertheless', () => {
    expect(criterion('success', { endpoints: { a: { outcomes: { ok: 1, timeout: 1 } } } })).toEqual({
      status: 'not measured',
      target: 'no threshold on the success rate',
      actual: '50 %: 1 of 2 (expected 429s excluded)',
    });
  });

  it('is that of the worst of several runs, beside that of all', () => {
    const well = { endpoints: { a: { outcomes: { ok: 9900 } } }, budget, scenario: 'well' };
    const poor = { endpoints: { a: { outcomes: { ok: 95, timeout: 5 } } }, budget, scenario: 'poor' };
    expect(criterion('success', well, poor)).toMatchObject({
      status: 'fail',
      actual: '95 % in poor; over all runs 99.95 %: 9,995 of 10,000 (expected 429s excluded)',
    });
  });
});

describe('thresholds', () => {
  const endpoints = { a: { outcomes: { ok: 98, timeout: 2 } } };

  it.each<[Budget, string, string]>([
    [{}, 'not measured', 'there is none'],
    [{ successShare: 0.9, timeoutRate: 0.5 }, 'pass', '2 of 2 hold'],
    [{ successShare: 0.99, timeoutRate: 0.5 }, 'fail', '1 of 2 hold'],
  ])('%j: %s, %s', (budget, status, actual) => {
    expect(criterion('thresholds', { endpoints, budget })).toMatchObject({ status, actual });
  });

  it('are not measured where one has no data, and fail where one fails as well', () => {
    const noOk = { a: { outcomes: { timeout: 2 } } };
    expect(criterion('thresholds', { endpoints: noOk, budget: { okP95Ms: 9, serverErrors: 0 } })).toMatchObject({
      status: 'not measured',
      actual: '1 of 2 hold',
    });
    expect(criterion('thresholds', { endpoints: noOk, budget: { okP95Ms: 9, successShare: 1 } }).status).toBe('fail');
  });
});

it('six criteria are counted as they stand', () => {
  const run = runOf({ endpoints: { a: { outcomes: { ok: 5, refused: 5 } } }, budget: { successShare: 0.5 } });
  const { rows, passed, failed, notMeasured } = criteriaOf([run]);
  expect(rows.map(({ id, status }) => [id, status])).toEqual([
    ['rate-limits', 'not measured'],
    ['no-crash', 'fail'],
    ['p95', 'not measured'],
    ['no-errors-from-limiting', 'not measured'],
    ['success', 'pass'],
    ['thresholds', 'pass'],
  ]);
  expect([passed, failed, notMeasured]).toEqual([2, 1, 3]);
});
