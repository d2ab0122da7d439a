import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../judge/run-summary.ts';
import type { StoredThreshold } from '../judge/threshold.ts';
import { LADDER_TREND_STATS } from '../measure/quantile-ladder.ts';
import handleSummary from './fixtures/golden/handle-summary.json' with { type: 'json' };
import machineReadable from './fixtures/golden/machine-readable.json' with { type: 'json' };
import compact from './fixtures/golden/real_handlesummary_compact_extra_keys.json' with { type: 'json' };
import grouped from './fixtures/golden/real_handlesummary_thresholds_failed_groups.json' with { type: 'json' };
import summaryExport from './fixtures/golden/summary-export.json' with { type: 'json' };
import type { K6Shape } from './lacks.ts';
import { readK6Summary } from './read-k6-summary.ts';

const FILE = { runId: 'file-1234abcd', name: 'file' };
const RECORDED = { handleSummary, 'summary-export': summaryExport, 'machine-readable': machineReadable };
const SHAPES = Object.keys(RECORDED) as (keyof typeof RECORDED)[];

const recorded = (shape: keyof typeof RECORDED): StoredRun => readK6Summary(shape, RECORDED[shape], FILE);
const HEALTH = 'http://127.0.0.1:54112/api/health';

const trend = (values: Record<string, number>, thresholds: Record<string, { ok: boolean }> = {}) => ({
  type: 'trend',
  contains: 'time',
  values,
  thresholds,
});
const counter = (count: number, thresholds: Record<string, { ok: boolean }> = {}) => ({
  type: 'counter',
  contains: 'default',
  values: { count, rate: count / 10 },
  thresholds,
});
const failures = (failed: number, ok: number, thresholds: Record<string, { ok: boolean }> = {}) => ({
  type: 'rate',
  contains: 'default',
  values: { passes: failed, fails: ok, rate: failed / (failed + ok) },
  thresholds,
});

function read(metrics: Record<string, unknown>, shape: K6Shape = 'handleSummary', rest: object = {}): StoredRun {
  return readK6Summary(shape, { metrics, ...rest }, FILE);
}

const endpointOf = (run: StoredRun, id: string) => run.endpoints.find((endpoint) => endpoint.id === id);
const verdicts = (run: StoredRun) =>
  run.thresholds.map(({ title, verdict }: StoredThreshold) => `${title}: ${verdict}`);

describe.each(SHAPES)('the same load, as %s tells it,', (shape) => {
  const run = recorded(shape);

  it('has the same requests and outcomes', () => {
    expect(run.totals.requests).toBe(24);
    expect(run.totals.outcomes).toEqual({ ok: 9, rate_limited: 3, server_error: 6, timeout: 6 });
    expect(run.totals.latencyMs.all.count).toBe(24);
    expect(run.totals.latencyMs.ok.count).toBe(9);
  });

  it('has the same endpoints', () => {
    const counts = run.endpoints.filter(({ requests }) => requests > 0).map(({ id, requests }) => [id, requests]);
    expect(counts).toEqual([
      ['agents', 6],
      ['projects', 6],
      ['services', 6],
      [HEALTH, 6],
    ]);
    expect(endpointOf(run, 'projects')?.outcomes).toEqual({ server_error: 6 });
    expect(endpointOf(run, 'services')?.outcomes).toEqual({ timeout: 6 });
    expect(endpointOf(run, HEALTH)).toMatchObject({ path: '/api/health', outcomes: { unknown: 6 } });
  });

  it('has its iterations, how long it lasted and what was sent per second', () => {
    expect(run.load.iterations).toEqual({ completed: 6, dropped: 0 });
    expect(run.durationSeconds).toBeCloseTo(0.63, 1);
    expect(run.load.requestsPerSecond).toBeCloseTo(24 / (run.durationSeconds ?? 0), 6);
  });

  it('has latencies in the order of their percentiles, and no others', () => {
    const { count: _, avg, ladder, brackets: __, ...figures } = run.totals.latencyMs.all;
    expect(Object.keys(figures)).toEqual(['min', 'p50', 'p90', 'p95', 'max']);
    expect(Object.values(figures)).toEqual(Object.values(figures).toSorted((a, b) => a - b));
    expect(avg).toBeGreaterThan(25);
    expect(ladder).toBeUndefined();
    expect(run.lacks.join('\n')).toContain('Latency percentiles that are not stored: p99');
  });

  it('gives nothing of setup, script, environment and query strings away', () => {
    expect(JSON.stringify(RECORDED[shape])).toContain('canary');
    expect(JSON.stringify(run)).not.toContain('canary');
  });
});

describe('the thresholds of a k6 run', () => {
  const expected = [
    'rate of checks{endpoint:orders}: no_data',
    'p(95) of http_req_duration{endpoint:agents}: pass',
    'p(99) of http_req_duration{endpoint:agents}: pass',
    'p(95) of http_req_duration{endpoint:orders}: no_data',
    'rate of http_req_failed: fail',
    'count of http_reqs{endpoint:projects}: fail',
  ];

  it.each(['handleSummary', 'summary-export'] as const)(
    'are read right from %s, whose booleans mean the opposite',
    (shape) => {
      const run = recorded(shape);
      expect(verdicts(run)).toEqual(expected);
      expect(run.verdict).toBe('fail');
      expect(run.reasons).toEqual([
        'rate of http_req_failed: 63 %, must be < 1 % (24 samples)',
        'count of http_reqs{endpoint:projects}: 6, must be <= 5 (6 samples)',
        'rate of checks{endpoint:orders}: nothing was measured, must be >= 99 %',
        'p(95) of http_req_duration{endpoint:orders}: nothing was measured, must be < 500 ms',
      ]);
      expect(run.k6Thresholds.map(({ ok }) => ok)).toEqual([true, true, true, true, false, false]);
    },
  );

  it('say the same in both files of one run', () => {
    const { source: _, lacks: __, durationSeconds, load, ...one } = recorded('handleSummary');
    const { source: ___, lacks: ____, durationSeconds: rounded, load: _____, ...other } = recorded('summary-export');
    expect(one).toEqual(other);
    expect(durationSeconds).toBeCloseTo(rounded ?? 0, 5);
    expect(load.iterations).toEqual({ completed: 6, dropped: 0 });
  });

  it('are not in the machine-readable summary, so it has no verdict', () => {
    const run = recorded('machine-readable');
    expect(run.thresholds).toEqual([]);
    expect(run.verdict).toBe('no_data');
    expect(run.reasons).toEqual([
      expect.stringMatching(/^there is no threshold to judge by: .*handleSummary.*k6-verdict$/),
    ]);
    expect(run.lacks).toContain('It has no thresholds, so there is nothing to judge the run by.');
    expect(run.k6Version).toBe('2.2.0');
    expect(run.endedAt).toMatch(/^2026-11-24T.*Z$/);
  });

  it('name endpoint, limit, unit, figure and samples', () => {
    expect(recorded('handleSummary').thresholds[1]).toEqual({
      metric: 'http_req_duration{endpoint:agents}',
      title: 'p(95) of http_req_duration{endpoint:agents}',
      endpoint: 'agents',
      operator: '<',
      limit: 5000,
      unit: 'ms',
      actual: expect.any(Number),
      okActual: expect.any(Number),
      samples: 6,
      verdict: 'pass',
    });
  });

  it('have no figure where the file has none, and then its word', () => {
    const [, , p99] = recorded('handleSummary').thresholds;
    expect(p99).toMatchObject({ title: expect.stringContaining('p(99)'), verdict: 'pass' });
    expect(p99).not.toHaveProperty('actual');
    const crossed = read({ http_reqs: counter(1), http_req_duration: trend({ med: 1 }, { 'p(99)<2': { ok: false } }) });
    expect(crossed.reasons).toEqual([
      'p(99) of http_req_duration: k6 found it crossed, must be < 2 ms (the figure itself was not stored)',
    ]);
  });

  it.each([
    ['a trend without samples', { my_trend: trend({ avg: 0, max: 0 }, { 'avg<5': { ok: true } }) }, 'no_data'],
    ['a trend of unknown count', { my_trend: trend({ avg: 1, max: 2 }, { 'avg<5': { ok: true } }) }, 'pass'],
    ['a rate without samples', { my_rate: failures(0, 0, { 'rate<0.1': { ok: true } }) }, 'no_data'],
    ['requests that took 0 ms', { http_req_duration: trend({ avg: 0, max: 0 }, { 'avg<5': { ok: true } }) }, 'pass'],
    ['no response of a status', { 'http_reqs{status:500}': counter(0, { 'count<1': { ok: true } }) }, 'pass'],
    ['no request to an endpoint', { 'http_reqs{endpoint:a}': counter(0, { 'count<9': { ok: true } }) }, 'no_data'],
    ['a counter of the script', { errors: counter(0, { 'count<1': { ok: true } }) }, 'pass'],
    ['a figure beyond its limit', { my_trend: trend({ avg: 9 }, { 'avg<5': { ok: true } }) }, 'fail'],
    ['a threshold that held again at the end', { my_trend: trend({ avg: 1 }, { 'avg<5': { ok: false } }) }, 'fail'],
  ])('on %s are %s', (_case, metrics, verdict) => {
    const run = read({ http_reqs: counter(10), http_req_failed: failures(0, 10), ...metrics });
    expect(run.thresholds.map((threshold) => threshold.verdict)).toEqual([verdict]);
    expect(run.verdict).toBe(verdict);
  });

  it('that no k6 of today could have written count by the word of the one that did', () => {
    const metrics = {
      http_reqs: counter(10),
      http_req_failed: failures(0, 10),
      http_req_duration: trend({ avg: 1 }, { 'avg<5 && max<9': { ok: false }, 'med<2 || max<1': { ok: true } }),
    };
    const run = read(metrics);
    expect(run.verdict).toBe('fail');
    expect(run.reasons).toEqual(['k6 found a threshold crossed: http_req_duration: avg<5 && max<9']);
    expect(run.lacks).toContain(
      'The threshold "avg<5 && max<9" on http_req_duration cannot be read; k6 says that it was crossed.',
    );
  });
});

describe('two summaries that others wrote', () => {
  it('with crossed thresholds, groups and setup data', () => {
    const run = readK6Summary('handleSummary', grouped, FILE);
    expect(run.totals).toMatchObject({ requests: 458, outcomes: { ok: 115, unclassified: 343 } });
    expect(run.totals.latencyMs.ok).toMatchObject({ count: 115, p50: 8.375005 });
    expect(run.load).toMatchObject({ usersAtEnd: 1, mostUsers: 5, iterations: { completed: 138, dropped: 0 } });
    expect(run.thresholds.map(({ verdict }) => verdict).filter((verdict) => verdict === 'fail')).toHaveLength(7);
    expect(run.verdict).toBe('fail');
    expect(run.reasons).toContain('rate of errors: 92 %, must be < 1 % (278 samples)');
    expect(run.lacks.join('\n')).toContain('Why 343 of 458 requests failed is not stored');
    expect(JSON.stringify(run)).not.toContain('loggedIn');
  });

  it('with keys of its script and without thresholds', () => {
    const run = readK6Summary('handleSummary', compact, FILE);
    expect(run.totals).toMatchObject({ requests: 600, outcomes: { ok: 600 } });
    expect(run.durationSeconds).toBeCloseTo(30.363, 3);
    expect(run.verdict).toBe('no_data');
    expect(run.endpoints).toEqual([]);
    expect(run.lacks.join('\n')).toContain('There are no figures of single endpoints');
  });
});

describe('the requests of a k6 run', () => {
  it('are neither ok nor failed when k6 did not say which failed', () => {
    const run = read({ http_reqs: counter(10) });
    expect(run.totals.outcomes).toEqual({ unknown: 10 });
    expect(run.lacks).toContain('It does not say which requests failed (there is no http_req_failed).');
  });

  it('have the causes that sub-metrics tell, and no more than failed', () => {
    const causes = {
      'http_reqs{status:429}': counter(3),
      'http_reqs{status:404}': counter(2),
      'http_reqs{status:561}': counter(1),
      'http_reqs{status:401}': counter(1),
      'http_reqs{error_code:1429}': counter(3),
      'http_reqs{error_code:1212}': counter(4),
      'http_reqs{error_code:1000}': counter(5),
    };
    const outcomes = { rate_limited: 3, not_found: 2, server_error: 1, client_error: 1, refused: 4 };
    expect(read({ http_reqs: counter(20), http_req_failed: failures(16, 4), ...causes }).totals.outcomes).toEqual({
      ok: 4,
      ...outcomes,
      unclassified: 5,
    });
    // Eleven have a cause: of the six of class 4xx one at least was expected, and nobody knows which.
    expect(read({ http_reqs: counter(20), http_req_failed: failures(10, 10), ...causes }).totals.outcomes).toEqual({
      ok: 10,
      server_error: 1,
      refused: 4,
      unclassified: 5,
    });
  });

  it('have the causes that were counted for each endpoint', () => {
    const { outcomes } = read({
      http_reqs: counter(20),
      http_req_failed: failures(10, 10),
      'http_reqs{endpoint:a,status:500}': counter(3),
      'http_reqs{endpoint:b,status:500}': counter(4),
      'http_reqs{name:a,status:500}': counter(3),
    }).totals;
    expect(outcomes).toEqual({ ok: 10, server_error: 7, unclassified: 3 });
  });

  it('that were never ok fail the run, whatever its thresholds say', () => {
    const metrics = { http_reqs: counter(10, { 'count>5': { ok: true } }), http_req_failed: failures(10, 0) };
    expect(read(metrics)).toMatchObject({ verdict: 'fail', reasons: ['not one of 10 requests was ok'] });
    const a = { 'http_reqs{endpoint:a}': counter(2), 'http_req_failed{endpoint:a}': failures(2, 0) };
    const run = read({ ...metrics, http_req_failed: failures(2, 8), ...a });
    expect(run).toMatchObject({ verdict: 'fail', reasons: ['a: not one of 2 requests was ok'] });
  });

  it('that nobody sent are no data', () => {
    const run = read({}, 'handleSummary', { state: { testRunDurationMs: 0 } });
    expect(run.verdict).toBe('no_data');
    expect(run.reasons[0]).toBe('no request was counted');
    expect(run.totals).toEqual({ requests: 0, outcomes: {}, latencyMs: { all: { count: 0 }, ok: { count: 0 } } });
    expect(run.load).toEqual({});
  });

  it('that a generator could not send make the load invalid', () => {
    const metrics = { iterations: counter(90), dropped_iterations: counter(10), http_req_failed: failures(0, 90) };
    const run = read({ ...metrics, http_reqs: counter(90, { 'count>5': { ok: true } }) });
    expect(run.load.iterations).toEqual({ completed: 90, dropped: 10 });
    expect(run).toMatchObject({
      verdict: 'invalid_load',
      reasons: ['10 planned iterations (10 %) were dropped: no user was free to start them'],
    });
  });

  it('keep a whole distribution that is there', () => {
    const values = Object.fromEntries(LADDER_TREND_STATS.map((stat, i) => [stat, stat === 'min' ? 0 : 1000 + i]));
    const run = read({ http_reqs: counter(10), http_req_duration: trend(values) });
    expect(run.totals.latencyMs.all.ladder).toHaveLength(121);
    expect(run.totals.latencyMs.all.p99).toBe(values['p(99)']);
  });
});

describe('the endpoints of a k6 run', () => {
  const whole = { http_reqs: counter(20), http_req_failed: failures(0, 20) };
  const idsOf = (metrics: Record<string, unknown>) => read({ ...whole, ...metrics }).endpoints.map(({ id }) => id);

  it('are told apart by one tag, whatever their scenario', () => {
    expect(
      idsOf({
        'http_reqs{endpoint:a}': counter(5),
        'http_reqs{scenario:s,endpoint:b}': counter(4),
        'http_req_duration{ name:"/c" }': trend({ count: 3, avg: 1 }),
        'http_reqs{endpoint:a,method:GET}': counter(2),
        'http_reqs{scenario:s}': counter(9),
        'http_req_failed{url:http://h/d}': failures(0, 2),
        'iteration_duration{endpoint:e}': trend({ count: 3, avg: 1 }),
      }),
    ).toEqual(['a', 'b', '/c', 'http://h/d']);
  });

  it('are all ok where no request of the run failed', () => {
    const run = read({ ...whole, 'http_req_duration{endpoint:a}': trend({ count: 3, avg: 1, 'p(95)': 2 }) });
    expect(run.endpoints[0]).toEqual({
      id: 'a',
      path: 'a',
      category: 'Endpoints',
      requests: 3,
      outcomes: { ok: 3 },
      latencyMs: { all: { count: 3, avg: 1, p95: 2 }, ok: { count: 3, avg: 1, p95: 2 } },
    });
  });

  it('add up over scenarios and over what differs in the query alone', () => {
    const run = read({
      ...whole,
      'http_reqs{scenario:s,endpoint:a}': counter(4),
      'http_reqs{scenario:t,endpoint:a}': counter(5),
      'http_reqs{url:http://h/b?page=1}': counter(1),
      'http_reqs{url:http://h/b?page=2}': counter(2),
    });
    expect(run.endpoints.map(({ id, requests }) => [id, requests])).toEqual([
      ['a', 9],
      ['http://h/b', 3],
    ]);
  });

  it('count what all scenarios sent once', () => {
    const run = read({
      ...whole,
      'http_reqs{endpoint:a}': counter(6),
      'http_reqs{scenario:s,endpoint:a}': counter(4),
    });
    expect(run.endpoints.map(({ requests }) => requests)).toEqual([6]);
  });

  it('are named where nobody counted their requests', () => {
    const run = read({ ...whole, 'http_req_duration{endpoint:a}': trend({ avg: 1 }) });
    expect(run.endpoints).toEqual([]);
    expect(run.lacks).toContain('a has latencies but no count of requests: it is left out.');
  });

  it('are not counted twice where two tags tell them apart', () => {
    const run = read({
      ...whole,
      'http_reqs{endpoint:a}': counter(15),
      'http_reqs{name:/a}': counter(15),
    });
    expect(run.endpoints.map(({ id }) => id)).toEqual(['a']);
    expect(run.lacks).toContain('Requests by name are left out: they were counted by another tag already.');
  });
});

it('the machine-readable summary names its run in either of two ways', () => {
  const metadata = { generatedAt: '2026-11-24T00:10:31.77579917Z', k6Version: '2.3.0' };
  const run = readK6Summary('machine-readable', { ...machineReadable, metadata }, FILE);
  expect(run).toMatchObject({ k6Version: '2.3.0', endedAt: '2026-11-24T00:10:31.775Z' });
});

it('members that are not what k6 writes are left out', () => {
  const metrics = {
    http_reqs: counter(3),
    broken: null,
    also: { type: 'trend' },
    odd: { type: 'histogram', values: { count: 1 } },
    http_req_duration: { type: 'trend', values: { avg: null, max: 'fast', min: 1 } },
    thresholdless: { type: 'rate', values: { passes: 1, fails: 0 }, thresholds: { 'rate>0': true } },
  };
  const run = read(metrics);
  expect(run.totals.latencyMs.all).toEqual({ count: 3, min: 1 });
  expect(run.thresholds).toEqual([]);
});

it('nothing but figures leaves the file', () => {
  const secret = 'canary';
  const run = readK6Summary(
    'handleSummary',
    {
      ...handleSummary,
      setup_data: secret,
      options: { env: { TOKEN: secret }, ext: secret },
      root_group: { name: secret },
      [secret]: secret,
      metrics: {
        ...handleSummary.metrics,
        [`http_req_duration{url:http://u:${secret}@h/a?t=${secret}}`]: trend(
          { count: 1, avg: 1 },
          { 'avg<5': { ok: true } },
        ),
      },
    },
    FILE,
  );
  expect(run.thresholds).toContainEqual(expect.objectContaining({ endpoint: 'http://h/a' }));
  expect(JSON.stringify(run)).not.toContain(secret);
});
