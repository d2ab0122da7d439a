import { describe, expect, it } from 'vitest';
import { type Budgets, thresholdsOf } from '../../core/judge/budgets.ts';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { formatFactor } from '../../core/spec/units.ts';
import {
  atRest,
  BUDGETS,
  type EndpointFixture,
  endpointSummary,
  loadRecord,
  measuredRun,
  runSummary,
} from '../../testing/runs.ts';
import { type EndpointRow, endpointRow } from './endpoint-rows.ts';
import { gatherEvidence } from './evidence.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

interface Setting {
  readonly rest?: OutcomeCounts;
  readonly okMs?: readonly number[];
  readonly causes?: readonly string[];
  readonly budgets?: Budgets;
}

/** A run of 59 s of one endpoint, which one user met well before, unless it is said otherwise. */
function runOf(
  fixture: EndpointFixture,
  { rest = { ok: 3 }, okMs, causes, budgets = BUDGETS }: Setting = {},
): RunSummary {
  return runSummary(
    measuredRun([endpointSummary('a', fixture)], {
      thresholds: thresholdsOf(budgets, ['a']),
      atRest: [{ ...atRest('a', rest), ...(okMs ? { okMs } : {}), ...(causes ? { causes } : {}) }],
      load: loadRecord({ windowSeconds: 59 }),
    }),
  );
}

function rowOf(...runs: readonly RunSummary[]): EndpointRow {
  const evidence = gatherEvidence(runs.map(asStored));
  const [endpoint] = evidence.endpoints;
  if (endpoint === undefined) throw new Error('The endpoint is missing');
  return endpointRow(endpoint, evidence);
}

const groupOf = (fixture: EndpointFixture, setting?: Setting) => rowOf(runOf(fixture, setting)).group;
const assessmentOf = (fixture: EndpointFixture, setting?: Setting) => rowOf(runOf(fixture, setting)).assessment;
const NO_BUDGETS: Budgets = { overall: {}, everyEndpoint: {}, endpoints: {} };

describe('an endpoint is broken', () => {
  it('where one user got nothing from it, and its row says what instead', () => {
    const row = rowOf(runOf({ outcomes: { not_found: 500 } }, { rest: { not_found: 3 }, causes: ['status 404'] }));
    expect(row.group).toBe('broken');
    expect(row.assessment).toBe('Fails even without load: status 404.');
  });

  it('where no cause was kept, by what came of the requests', () => {
    expect(assessmentOf({ outcomes: { timeout: 5 } }, { rest: { timeout: 2, server_error: 1 } })).toBe(
      'Fails even without load: timeout, server error (5xx).',
    );
  });

  it('where it was no unloaded baseline and turned every request away that it answered', () => {
    const fixture = { outcomes: { client_error: 50, timeout: 1 } };
    expect(groupOf(fixture, { rest: {} })).toBe('broken');
    expect(assessmentOf(fixture, { rest: {} })).toBe(
      'Every response that came was client error (other 4xx), so load is not the cause. 1 more request got no answer.',
    );
  });

  it('where one user could not use it and the load never came to it', () => {
    expect(groupOf({ outcomes: {} }, { rest: { refused: 3 } })).toBe('broken');
  });

  it('but failing where one user was answered and the load turned away', () => {
    expect(groupOf({ outcomes: { client_error: 50 } })).toBe('failing');
  });
});

describe('an endpoint fails', () => {
  it.each<[string, EndpointFixture]>([
    ['below its success rate', { outcomes: { ok: 98, not_found: 2 } }],
    ['with a server error, which its thresholds forbid', { outcomes: { ok: 9999, server_error: 1 } }],
    ['with a refused connection, which its thresholds forbid', { outcomes: { ok: 9999, refused: 1 } }],
    ['with a reset connection, which its thresholds forbid', { outcomes: { ok: 9999, reset: 1 } }],
    ['without a successful response', { outcomes: { rate_limited: 50 }, rateLimit: RATE_LIMIT }],
    ['where its declared limit lets more through', { outcomes: { ok: 61, rate_limited: 9 }, rateLimit: RATE_LIMIT }],
  ])('%s', (_case, fixture) => {
    expect(groupOf(fixture)).toBe('failing');
  });

  it('at 99 % of successful responses where no threshold says how many must be', () => {
    expect(groupOf({ outcomes: { ok: 9900, timeout: 100 } }, { budgets: NO_BUDGETS })).toBe('healthy');
    expect(groupOf({ outcomes: { ok: 9899, timeout: 101 } }, { budgets: NO_BUDGETS })).toBe('failing');
  });

  it('as its own share says where it has one', () => {
    const budgets = { ...NO_BUDGETS, everyEndpoint: { successShare: 0.9 } };
    expect(groupOf({ outcomes: { ok: 90, timeout: 10 } }, { budgets })).toBe('healthy');
    expect(groupOf({ outcomes: { ok: 89, timeout: 11 } }, { budgets })).toBe('failing');
  });

  it('with timeouts, once all of them together are too many', () => {
    const budgets = { ...NO_BUDGETS, overall: { timeoutRate: 0.005 } };
    expect(groupOf({ outcomes: { ok: 996, timeout: 4 } }, { budgets })).toBe('healthy');
    expect(groupOf({ outcomes: { ok: 994, timeout: 6 } }, { budgets })).toBe('failing');
  });

  it('with a refused connection, unless a threshold says how many it may refuse', () => {
    const refusing = { outcomes: { ok: 9999, refused: 1 } };
    expect(groupOf(refusing, { budgets: NO_BUDGETS })).toBe('failing');
    expect(groupOf(refusing, { budgets: { ...NO_BUDGETS, overall: { refusedOrReset: 1 } } })).toBe('healthy');
  });

  it('and its row says by what shares (429s excluded)', () => {
    const limited = { outcomes: { ok: 30, timeout: 10, rate_limited: 400 }, rateLimit: RATE_LIMIT };
    expect(assessmentOf(limited)).toBe(
      'Fails under this load: 25 % timeout (429s excluded). Its rate limit: stricter than the declared 60 per 1m.',
    );
    expect(assessmentOf({ outcomes: { timeout: 3, refused: 1 } })).toBe(
      'No successful response: 75 % timeout, 25 % connection refused.',
    );
  });

  it('and its row says so where all that came back was its declared limit', () => {
    expect(assessmentOf({ outcomes: { rate_limited: 40 }, rateLimit: RATE_LIMIT })).toBe(
      'No successful response: every request was rate limited. Its rate limit: 60 per 1m enforced (40 responses with 429).',
    );
  });

  it('and its row counts a 429 against it in the run alone that declares no limit', () => {
    const fixture = { outcomes: { ok: 50, rate_limited: 50 } };
    const runs = [runOf(fixture), runOf({ ...fixture, rateLimit: RATE_LIMIT })];
    for (const ordered of [runs, [...runs].reverse()])
      expect(rowOf(...ordered).assessment).toMatch(
        /^Fails under this load: 33 % rate limited \(429\) \(expected 429s excluded\)\./,
      );
  });

  it('and its row says how many too many a limit accepted', () => {
    const rateLimit = { ...RATE_LIMIT, requests: 1200 };
    expect(assessmentOf({ outcomes: { ok: 2345 }, rateLimit })).toBe(
      'Declares 1200 per 1m and does not enforce it: 2,345 requests accepted where at most 1,200 fit.',
    );
  });
});

describe('an endpoint is slow', () => {
  // The p95 of the fixture is 2.33 times its median.
  const slow: EndpointFixture = { outcomes: { ok: 1000 }, okMedianMs: 300 };

  it('beyond its own budget, and its row says by what multiple of its time at rest', () => {
    expect(groupOf(slow)).toBe('slow');
    expect(assessmentOf(slow, { okMs: [3, 1, 2] })).toMatch(
      /^Answers, but too slowly: p95 of successful responses \d{3} ms, in the median 150× its unloaded latency\.$/,
    );
    expect(assessmentOf(slow, { okMs: [] })).toMatch(/p95 of successful responses \d{3} ms\.$/);
  });

  it('beyond the budget of all together, where it has none of its own', () => {
    const budgets = { ...NO_BUDGETS, overall: { okP95Ms: 50 } };
    expect(groupOf(slow, { budgets })).toBe('slow');
    const fast = { ...slow, okMedianMs: 20 };
    expect(groupOf(fast, { budgets })).toBe('healthy');
  });

  it('in whichever of several runs that budget is crossed', () => {
    const overall = (okMedianMs: number, okP95Ms: number) =>
      runSummary(
        measuredRun([endpointSummary('a', { outcomes: { ok: 1000 }, okMedianMs })], {
          thresholds: [{ metric: 'okP95Ms', limit: okP95Ms }],
          okMedianMs,
        }),
      );
    expect(rowOf(overall(5, 500), overall(400, 500)).group).toBe('slow');
  });

  it('by the p95 of the run that is too slow, not by that of all runs together', () => {
    const { assessment } = rowOf(runOf({ ...slow, outcomes: { ok: 10 } }), runOf({ outcomes: { ok: 100_000 } }));
    expect(assessment).toMatch(/p95 of successful responses 6\d\d ms/);
  });
});

describe('an endpoint is rate limited', () => {
  it('as declared, and what it accepted is fast enough by its budget', () => {
    const row = rowOf(runOf({ outcomes: { ok: 60, rate_limited: 440 }, rateLimit: RATE_LIMIT }));
    expect(row.group).toBe('limited');
    expect(row.assessment).toMatch(
      /^Rate limiting: 60 per 1m enforced \(440 responses with 429\); accepted requests are within budget, p95 \d/,
    );
  });

  it('and not called fast enough where no budget says what is', () => {
    const fixture = { outcomes: { ok: 60, rate_limited: 440 }, rateLimit: RATE_LIMIT };
    expect(assessmentOf(fixture, { budgets: NO_BUDGETS })).toMatch(/; accepted requests have a p95 of \d+ ms\.$/);
  });

  it('without a declared limit, if seldom', () => {
    const row = rowOf(runOf({ outcomes: { ok: 1000, rate_limited: 1 } }));
    expect(row.group).toBe('limited');
    expect(row.assessment).toBe('Answers 1 request with 429, though it declares no limit.');
  });
});

describe('an endpoint is healthy', () => {
  it('within its budgets', () => {
    const row = rowOf(runOf({ outcomes: { ok: 1000 } }));
    expect(row.group).toBe('healthy');
    expect(row.assessment).toMatch(/^All responses successful, p95 \d+ ms\.$/);
    expect(row.successShare).toBe(1);
  });

  it('with a share that is never rounded to all', () => {
    expect(assessmentOf({ outcomes: { ok: 99_999, timeout: 1 } })).toMatch(/^> 99\.99 % ok/);
  });
});

it('an endpoint without a request is not measured, and nothing is said of it', () => {
  const row = rowOf(runOf({ outcomes: {} }));
  expect(row).toMatchObject({
    group: 'unmeasured',
    assessment: 'No request was counted, so nothing is known.',
    outcomes: [],
  });
  expect(row).not.toHaveProperty('successShare');
  expect(row).not.toHaveProperty('loadFactor');
});

describe('the load factor', () => {
  it('holds the median under load against the median at rest', () => {
    expect(rowOf(runOf({ outcomes: { ok: 1000 }, okMedianMs: 40 }, { okMs: [10, 400, 20] })).loadFactor).toBeCloseTo(
      2,
      1,
    );
  });

  it('is left out where the clock could not measure one user, or nothing was ok', () => {
    expect(rowOf(runOf({ outcomes: { ok: 9 } }, { okMs: [0.049] }))).not.toHaveProperty('loadFactor');
    expect(rowOf(runOf({ outcomes: { ok: 9 } }, { okMs: [0.05] }))).toHaveProperty('loadFactor');
    expect(rowOf(runOf({ outcomes: { timeout: 9 } }))).not.toHaveProperty('loadFactor');
  });

  it.each([
    [3.249, '3.2×'],
    [99.94, '100×'],
    [100.4, '100×'],
  ])('%d reads %s', (factor, text) => {
    expect(formatFactor(factor)).toBe(text);
  });
});
