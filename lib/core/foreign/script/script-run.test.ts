import { describe, expect, it } from 'vitest';
import { linesOf, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { partOf } from '../../judge/parts.ts';
import { readRecord } from '../../measure/record/read-record.ts';
import { judgeScript, readScriptSummary, type ScriptCircumstances, type ScriptSummary } from './script-run.ts';

const request = (row: string, ms: number, tags = {}): RawSample => ({
  metric: 'http_req_duration',
  value: ms,
  tags: {
    row,
    host: '127.0.0.1:80',
    group: '',
    scenario: 'default',
    status: '200',
    expected_response: 'true',
    ...tags,
  },
});
const NAMED = { metric: 'http_req_duration', source: 'p(95)<500' };
const FACTS = {
  runId: 'run-1',
  name: 'shop',
  file: 'load/shop.js',
  sha256: 'a'.repeat(64),
  allowedHosts: ['shop.example'],
};
const CIRCUMSTANCES: ScriptCircumstances = {
  tool: { name: 'k6-verdict', version: '0.0.0' },
  startedAt: new Date(0),
  endedAt: new Date(2000),
  k6Version: '2.2.0',
  host: { platform: 'linux', arch: 'x64', cpuModel: 'any', cores: 2, memoryBytes: 1 },
  k6ExitCode: 0,
  fingerprintOf: ({ script }) => `sha256:${script.slice(0, 32)}`,
};

function judged(
  samples: readonly RawSample[],
  record: RawRecord = {},
  circumstances: Partial<ScriptCircumstances> = {},
): ScriptSummary {
  const periods = [{ fromMs: 0, toMs: 1000, samples }];
  const lines = linesOf({ periods, ...record }).map((line) => JSON.stringify(line));
  return judgeScript(readRecord(lines), FACTS, { ...CIRCUMSTANCES, ...circumstances });
}

const withThreshold = (failed: boolean): RawRecord => ({
  start: { thresholds: [{ ...NAMED, abortOnFail: false }] },
  end: { judged: [{ ...NAMED, failed }] },
});

describe('the run of a script of somebody else', () => {
  it('has a row for each name or route in each group, and no request of setup() and teardown()', () => {
    const { endpoints, totals } = judged([
      request('GET /orders/{id}', 10),
      request('GET /orders/{id}', 20, { group: '::buy' }),
      request('pay', 30, { group: '::buy::checkout', status: '500', expected_response: 'false' }),
      request('GET /seed', 5, { group: '::setup', scenario: undefined }),
    ]);
    expect(endpoints.map(({ id, path, category, requests }) => [id, path, category, requests])).toEqual([
      ['GET /orders/{id}', '/orders/{id}', 'Requests', 1],
      ['buy / GET /orders/{id}', '/orders/{id}', 'buy', 1],
      ['buy / checkout / pay', 'pay', 'buy / checkout', 1],
    ]);
    expect(endpoints[2]?.causes).toEqual([{ outcome: 'server_error', count: 1, status: 500 }]);
    expect(totals).toMatchObject({ requests: 3, outcomes: { ok: 2, server_error: 1 } });
  });

  it('has the load of its scenarios, from their first start to their last end', () => {
    const { load, loadStartedAt } = judged([request('a', 6), request('b', 6)], {
      end: { loadStartedAtMs: 250.5, loadEndedAtMs: 750.5 },
    });
    expect(loadStartedAt).toBe('1970-01-01T00:00:00.250Z');
    expect(load).toMatchObject({ windowSeconds: 0.5, requestsPerSecond: 4 });
  });

  it('that sent a part of its load is a part of a run', () => {
    const run = judged([request('a', 6)], { start: { options: { executionSegment: '1/4:1/2' } } });
    expect(run).toMatchObject({ instance: 2, load: { segment: { of: 4 } } });
    expect(partOf(readScriptSummary(run))).toEqual({ kind: 'shard', instance: 2, of: 4 });
  });

  it('without load has no window', () => {
    const run = judged([request('GET /seed', 5, { group: '::setup', scenario: undefined })]);
    expect(run).not.toHaveProperty('loadStartedAt');
    expect(run.load).toMatchObject({ windowSeconds: 0, requestsPerSecond: 0 });
  });

  it('counts gRPC calls and WebSockets by what k6 says of them', () => {
    const { totals, endpoints } = judged([
      { metric: 'grpc_req_duration', value: 3, tags: { row: 'gRPC a.B/C', scenario: 'default', status: '0' } },
      { metric: 'grpc_req_duration', value: 3, tags: { row: 'gRPC a.B/C', scenario: 'default', status: '14' } },
      { metric: 'ws_connecting', value: 3, tags: { row: 'WS /chat', scenario: 'default', status: '101' } },
    ]);
    expect(endpoints.map(({ id }) => id)).toEqual(['gRPC a.B/C', 'WS /chat']);
    expect(totals.outcomes).toEqual({ ok: 2, unexpected_status: 1 });
  });

  it('counts what a browser asks hosts for, by the statuses of the responses that k6 heard of', () => {
    const asked = (row: string, status: string) => ({
      metric: 'browser_http_req_duration',
      value: 9,
      tags: { row, scenario: 'default', status },
    });
    const { totals, endpoints, k6 } = judged([
      asked('GET /shop', '200'),
      asked('GET /shop.css', '304'),
      asked('GET /shop.css', '503'),
      asked('GET /cart', '0'),
      asked('GET data:', '200'),
    ]);
    expect(endpoints.map(({ id, requests }) => [id, requests])).toEqual([
      ['GET /shop', 1],
      ['GET /shop.css', 2],
      ['GET /cart', 1],
    ]);
    expect(totals.outcomes).toEqual({ ok: 2, server_error: 1, unknown: 1 });
    const figure = k6?.figures.find(({ metric }) => metric === 'browser_http_req_duration');
    expect(Object.keys(figure?.values ?? {})).toEqual([
      'count',
      'avg',
      'min',
      'max',
      'p(50)',
      'p(90)',
      'p(95)',
      'p(99)',
    ]);
  });

  it('tells what was ok by the status where the script has taken the expectation away', () => {
    const plain = { expected_response: undefined };
    const { totals } = judged([request('a', 1, plain), request('a', 1, { ...plain, status: '404' })]);
    expect(totals.outcomes).toMatchObject({ ok: 1, not_found: 1 });
  });

  it.each([
    ['holds', false, 0, 'pass'],
    ['was crossed', true, 99, 'fail'],
  ] as const)('is judged by its threshold as k6 found it: it %s', (_, failed, k6ExitCode, verdict) => {
    const run = judged([request('a', failed ? 600 : 6)], withThreshold(failed), { k6ExitCode });
    expect(run.verdict).toBe(verdict);
    expect(run.thresholds).toMatchObject([{ title: 'p(95) of http_req_duration', verdict }]);
  });

  it("believes k6 where k6 found a threshold crossed that holds by the record's figures", () => {
    expect(judged([request('a', 6)], withThreshold(true), { k6ExitCode: 99 }).verdict).toBe('fail');
  });

  it.each([
    ['p(95)<500', 6, 'pass', 'pass'],
    ['p(95)<500', 600, 'fail', 'fail'],
    ['p(95)<500', 500, 'fail', 'fail'],
    ['p(95)<=500', 500, 'pass', 'pass'],
  ] as const)('is judged by its record where k6 judged nothing: %s at %d ms is a %s', (source, ms, verdict, run) => {
    const start = { thresholds: [{ ...NAMED, source, abortOnFail: false }] };
    const judgement = judged([request('a', ms)], { start });
    expect(judgement).toMatchObject({ verdict: run, thresholds: [{ verdict }] });
    expect(judgement.k6Thresholds).toMatchObject([{ ok: verdict === 'pass' }]);
  });

  it('is no pass where neither k6 nor its record can tell', () => {
    const start = { thresholds: [{ ...NAMED, metric: 'own', source: 'rate>1', abortOnFail: false }] };
    const { verdict, thresholds } = judged([request('a', 6)], { start });
    expect(verdict).toBe('no_data');
    expect(thresholds).toMatchObject([{ verdict: 'no_data', toTell: expect.stringContaining("k6's own engine") }]);
  });

  it('takes from k6 that a threshold without a sample was crossed', () => {
    const named = { metric: 'http_reqs{name:none}', source: 'count>0' };
    const record: RawRecord = {
      start: { thresholds: [NAMED, named].map((each) => ({ ...each, abortOnFail: false })) },
      end: { judged: [NAMED, named].map((each, i) => ({ ...each, failed: i === 1 })) },
    };
    const { reasons, lacks } = judged([request('a', 6)], record, { k6ExitCode: 99 });
    expect(reasons).toEqual(['count of http_reqs{name:none}: no sample, must be > 0']);
    expect(lacks.at(-1)).not.toContain('no sample');
  });

  it('believes k6 about a rate, of which only k6 knows how long the run was', () => {
    const named = { metric: 'http_reqs', source: 'rate>0.99' };
    const record: RawRecord = {
      start: { thresholds: [{ ...named, abortOnFail: false }] },
      end: { atMs: 1050, judged: [{ ...named, failed: false }] },
    };
    const samples: RawSample[] = [{ metric: 'http_reqs', kind: 'counter', value: 1, tags: { scenario: 'default' } }];
    expect(judged(samples, record).thresholds).toMatchObject([{ verdict: 'pass', actual: expect.any(Number) }]);
  });

  it('keeps to k6 where a threshold had no sample and another one decides, and says so', () => {
    const named = { metric: 'http_req_duration{status:500}', source: 'max<1' };
    const record: RawRecord = {
      start: { thresholds: [NAMED, named].map((each) => ({ ...each, abortOnFail: false })) },
      end: { judged: [NAMED, named].map((each) => ({ ...each, failed: false })) },
    };
    const run = judged([request('a', 6)], record);
    expect(run.verdict).toBe('pass');
    expect(run.lacks.at(-1)).toContain('1 threshold had no sample');
    expect(judged([], record).verdict).toBe('no_data');
  });

  it('without any threshold is no pass, and says what to add', () => {
    const { verdict, reasons } = judged([request('a', 6)]);
    expect(verdict).toBe('no_data');
    expect(reasons[0]).toContain("http_req_failed: ['rate<0.01']");
  });

  it('that met a host which nobody allowed fails, whatever its thresholds say', () => {
    const hosts = [{ host: '127.0.0.1:80' }, { host: 'shop.example:443' }, { host: 'other.example' }];
    const { verdict, reasons } = judged([request('a', 6)], { ...withThreshold(false), hosts });
    expect(verdict).toBe('fail');
    expect(reasons).toEqual(['load went to other.example, which LOAD_ALLOW_HOSTS does not name']);
  });

  it('whose record breaks off is incomplete', () => {
    const run = judged([request('a', 6)], { ...withThreshold(false), end: false });
    expect(run.verdict).toBe('incomplete');
  });
});

describe('the workload of a script', () => {
  const withScenarios = (...executors: readonly string[]) =>
    judged([request('a', 6)], {
      start: {
        options: {
          maxRedirects: 3,
          scenarios: Object.fromEntries(executors.map((executor, i) => [`s${i}`, { executor, vus: 2 }])),
        },
      },
    });

  it('is named by a fingerprint and told', () => {
    const { fingerprint, workload } = withScenarios('constant-vus');
    expect(fingerprint).toBe(`sha256:${'a'.repeat(32)}`);
    expect(workload).toEqual({
      script: FACTS.sha256,
      k6: '2.2',
      scenarios: { s0: { executor: 'constant-vus', vus: 2 } },
      k6Options: { maxRedirects: 3 },
    });
  });

  it.each([
    ['open', ['constant-arrival-rate', 'ramping-arrival-rate']],
    ['closed', ['constant-vus', 'per-vu-iterations']],
    [undefined, ['constant-vus', 'constant-arrival-rate']],
    [undefined, []],
  ])('is %s for %s', (model, executors) => {
    expect(withScenarios(...executors).load.model).toBe(model);
  });
});

describe('a stored run of a script', () => {
  it('is as it was judged', () => {
    const stored = judged([request('a', 6)], withThreshold(false));
    expect(readScriptSummary(stored)).toMatchObject({ source: 'script', verdict: 'pass', reasons: stored.reasons });
  });

  it('says what it was sent by', () => {
    const stored = judged([request('a', 6)], { start: { options: { batch: 5 } } });
    const { fingerprint, workload, k6Options } = readScriptSummary(stored);
    expect({ fingerprint, workload }).toEqual({ fingerprint: stored.fingerprint, workload: stored.workload });
    expect(k6Options).toEqual({ batch: 5 });
  });

  it('that was written before there were fingerprints is read', () => {
    const { fingerprint: _, workload: __, ...stored } = judged([request('a', 6)], withThreshold(false));
    const run = readScriptSummary(stored);
    expect(run.verdict).toBe('pass');
    expect(run).not.toHaveProperty('k6Options');
  });

  it('does not pass because somebody wrote so', () => {
    const stored = judged([request('a', 600)], withThreshold(true), { k6ExitCode: 99 });
    expect(readScriptSummary({ ...stored, verdict: 'pass', reasons: ['fine'] }).verdict).toBe('fail');
  });
});
