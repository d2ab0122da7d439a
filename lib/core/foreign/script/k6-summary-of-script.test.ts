import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../report/model/report.ts';
import { linesOf, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { toldByReport } from '../../../testing/told-by-report.ts';
import type { K6SummaryData } from '../../judge/k6-summary/k6-summary.ts';
import type { ForeignRun } from '../../judge/run-summary.ts';
import type { RowBudgets } from '../../judge/script/script-budgets.ts';
import type { Verdict } from '../../judge/verdict.ts';
import { readRecord } from '../../measure/record/read-record.ts';
import { readK6Summary } from '../read-k6-summary.ts';
import { k6SummaryOfScript } from './k6-summary-of-script.ts';
import { judgeScript, readScriptSummary } from './script-run.ts';

const tagsOf = (row: string, tags: object = {}) => ({
  row,
  group: '',
  scenario: 'default',
  status: '200',
  expected_response: 'true',
  ...tags,
});
const request = (row: string, ms: number, tags: object = {}): RawSample => ({
  metric: 'http_req_duration',
  value: ms,
  tags: tagsOf(row, tags),
});
const times = (count: number, sampleAt: (i: number) => RawSample) =>
  Array.from({ length: count }, (_, i) => sampleAt(i));
const count = (metric: string, value: number, tags = {}): RawSample => ({ metric, kind: 'counter', value, tags });
const { scenario: _, ...ofSetup } = tagsOf('GET /seed', { group: '::setup' });

const WELL: readonly RawSample[] = [
  ...times(40, (i) => request('GET /orders/{id}', 10 + i, { group: '::buy' })),
  ...times(9, (i) => request('pay, then "leave"? 100 %', 30 + i)),
  ...times(5, () => ({ metric: 'grpc_req_duration', value: 3, tags: tagsOf('gRPC a.B/C', { status: '0' }) })),
  { metric: 'http_req_duration', value: 900, tags: ofSetup },
  { metric: 'checks', kind: 'rate', value: 1, tags: { check: 'is up', group: '', scenario: 'default' } },
  { metric: 'checks', kind: 'rate', value: 0, tags: { check: 'has a price', group: '::buy', scenario: 'default' } },
  { metric: 'basket', value: 7, contains: 'default', tags: { scenario: 'default' } },
  { metric: 'vus', kind: 'gauge', value: 2 },
  { metric: 'vus_max', kind: 'gauge', value: 4 },
  count('iterations', 30),
];
const FAILING: readonly RawSample[] = [
  ...WELL,
  ...times(3, () => request('pay', 2, { status: '503', error_code: '1503', expected_response: 'false' })),
  ...times(2, () => request('pay', 0, { status: '0', error_code: '1050', expected_response: 'false' })),
  ...times(1, () => request('pay', 0, { status: '0', error_code: '1212', expected_response: 'false' })),
];

/** The recorder keeps the parts of a request to which a limit is set. */
function withParts(samples: readonly RawSample[]): RawSample[] {
  return samples.flatMap((sample): RawSample[] => {
    const { metric, tags = {} } = sample;
    if (metric !== 'http_req_duration') return [sample];
    const failed = {
      metric: 'http_req_failed',
      kind: 'rate',
      value: tags.expected_response === 'true' ? 0 : 1,
    } as const;
    return [sample, { ...failed, tags }, count('http_reqs', 1, tags)];
  });
}

/** Thresholds of the script, each with whether k6 found it crossed. */
type Judged = readonly (readonly [metric: string, source: string, failed: boolean])[];

interface Case {
  readonly thresholds?: Judged;
  readonly budgets?: RowBudgets;
  readonly end?: RawRecord['end'];
  readonly k6ExitCode?: number;
  readonly hosts?: RawRecord['hosts'];
}

/** What is stored of a run of a script, read back from each of its two summaries. */
function stored(samples: readonly RawSample[], { thresholds = [], budgets, end, k6ExitCode = 0, hosts }: Case = {}) {
  const named = thresholds.map(([metric, source]) => ({ metric, source }));
  const lines = linesOf({
    start: { thresholds: named.map((each) => ({ ...each, abortOnFail: false })) },
    periods: [{ fromMs: 0, toMs: 2000, samples: thresholds.length > 0 ? withParts(samples) : samples }],
    ...(hosts === undefined ? {} : { hosts }),
    end: end ?? {
      loadStartedAtMs: 250,
      loadEndedAtMs: 1750,
      judged: named.map((each, i) => ({ ...each, failed: thresholds[i]?.[2] === true })),
    },
  });
  const record = readRecord(lines.map((line) => JSON.stringify(line)));
  const facts = { runId: 'r', name: 'shop', file: 'shop.js', sha256: 'a'.repeat(64), allowedHosts: [] };
  const summary = judgeScript(record, budgets === undefined ? facts : { ...facts, budgets }, {
    tool: { name: 'k6-verdict', version: '0.0.0' },
    startedAt: new Date(0),
    endedAt: new Date(3000),
    k6Version: '2.2.0',
    host: { platform: 'linux', arch: 'x64', cpuModel: 'any', cores: 2, memoryBytes: 1 },
    k6ExitCode,
    fingerprintOf: ({ script }) => `sha256:${script}`,
  });
  const data = JSON.parse(JSON.stringify(k6SummaryOfScript(summary, record))) as K6SummaryData;
  return { own: readScriptSummary(summary), data, read: readAgain(data) };
}

function readAgain(data: K6SummaryData): ForeignRun {
  return readK6Summary('handleSummary', { ...data }, { runId: 'file-1234abcd', name: 'file' });
}

const HELD: Judged = [
  ['http_req_duration', 'p(95)<950', false],
  ['http_req_duration{expected_response:true}', 'p(99.5)<950', false],
  ['http_req_failed', 'rate<0.5', false],
  ['http_reqs', 'count>10', false],
  ['checks', 'rate>=0.5', false],
];
const BUDGETS: RowBudgets = {
  overall: { okP95Ms: 500, okP50Ms: 300, successShare: 0.5, perSecond: 1 },
  everyEndpoint: { serverErrors: 0, timeoutRate: 0.5 },
  endpoints: { 'pay, then "leave"? 100 %': { okReplies: 9 } },
};

it.each<[string, readonly RawSample[], Case, Verdict]>([
  ['holds its thresholds', WELL, { thresholds: HELD }, 'pass'],
  [
    'crosses one, as k6 found it',
    FAILING,
    { thresholds: [...HELD, ['http_req_duration{row:pay}', 'max<1', true]], k6ExitCode: 99 },
    'fail',
  ],
  [
    'crosses one that the record says holds',
    WELL,
    { thresholds: [['http_reqs', 'count>10', true]], k6ExitCode: 99 },
    'fail',
  ],
  ['holds one by a hair, which a histogram would not', WELL, { thresholds: [['basket', 'p(90)<7', false]] }, 'pass'],
  [
    'has thresholds without a sample',
    WELL,
    { thresholds: [...HELD, ['http_reqs{row:none}', 'count<5', false]] },
    'pass',
  ],
  ['has nothing but those', WELL, { thresholds: [['nothing', 'avg<5', false]] }, 'no_data'],
  ['has no threshold', WELL, {}, 'no_data'],
  ['sent nothing', [], { thresholds: HELD }, 'no_data'],
  ['is held to budgets', WELL, { thresholds: HELD, budgets: BUDGETS }, 'pass'],
  ['crosses budgets', FAILING, { thresholds: HELD, budgets: BUDGETS }, 'fail'],
  [
    'has a budget of a row that was never met',
    WELL,
    { budgets: { endpoints: { refund: { okReplies: 1 } } } },
    'no_data',
  ],
  ['k6 ended early', WELL, { thresholds: HELD, k6ExitCode: 105 }, 'incomplete'],
  ['was cut off', WELL, { thresholds: [...HELD, ['http_reqs{row:none}', 'count<5', false]], end: false }, 'incomplete'],
  ['dropped iterations', [...WELL, count('dropped_iterations', 9)], { thresholds: HELD }, 'invalid_load'],
  ['loaded a host that nobody allowed', WELL, { thresholds: HELD, hosts: [{ host: 'shop.example' }] }, 'fail'],
])(
  'the report of k6-summary.json says what that of summary.json does, of a script that %s',
  (_name, samples, test, verdict) => {
    const { own, read } = stored(samples, test);
    expect(own.verdict).toBe(verdict);
    expect(read.source).toBe('handleSummary');
    expect(toldByReport(buildReport({ runs: [read] }))).toEqual(toldByReport(buildReport({ runs: [own] })));
    expect(read.k6?.checks).toEqual(own.k6?.checks);
    expect(read.k6?.figures.map(({ metric }) => metric)).toEqual(own.k6?.figures.map(({ metric }) => metric));
    expect(read.load).toMatchObject({
      windowSeconds: own.load.windowSeconds,
      iterations: { dropped: own.load.iterations?.dropped },
    });
  },
);

describe('the k6-summary.json of a script', () => {
  it('has the figures of the whole run under the names of k6, setup and all, with what k6 found', () => {
    const crossed: Judged = [['http_req_failed', 'rate<0.01', true]];
    const { data } = stored(FAILING, { thresholds: crossed, k6ExitCode: 99 });
    const { http_reqs, http_req_failed } = stored(FAILING).data.metrics;
    expect(http_reqs).toEqual(data.metrics.http_reqs);
    expect(http_req_failed?.values).toEqual(data.metrics.http_req_failed?.values);
    expect(data.metrics.http_reqs?.values).toMatchObject({ count: 56, rate: 28 });
    expect(data.metrics.http_req_failed).toMatchObject({
      type: 'rate',
      values: { passes: 6, fails: 50 },
      thresholds: { 'rate<0.01': { ok: false } },
    });
    expect(data.metrics['http_req_duration{expected_response:true}']?.values).toMatchObject({ count: 50, max: 900 });
    expect(data.metrics.http_req_duration?.values.med).toBeGreaterThan(0);
    expect(data.state.testRunDurationMs).toBe(2000);
    expect(data.root_group.groups[0]).toMatchObject({
      name: 'buy',
      checks: [{ name: 'has a price', passes: 0, fails: 1 }],
    });
  });

  it('has the load and its rows under names of ours, which no metric of a script has', () => {
    const own = times(3, () => count('ok_replies', 1));
    const { data, read } = stored([...FAILING, ...own], { thresholds: [['ok_replies', 'count<100', false]] });
    expect(data.metrics.k6_verdict_http_reqs?.values.count).toBe(60);
    expect(data.metrics['k6_verdict_http_reqs{endpoint:buy / GET /orders/{id}}']?.values.count).toBe(40);
    expect(read.thresholds).toMatchObject([{ metric: 'ok_replies', title: 'count of ok_replies', actual: 3 }]);
  });

  it('does not pass because somebody wrote so', () => {
    const { data } = stored(FAILING, { thresholds: [['http_req_failed', 'rate<0.01', true]], k6ExitCode: 99 });
    const { metrics } = data;
    const asPass = (name: string, value: number) => ({ [name]: { ...metrics[name], values: { count: value } } });
    const changed = {
      ...metrics,
      ...asPass('k6_verdict{verdict:fail}', 0),
      ...asPass('k6_verdict{verdict:pass}', 1),
    } as K6SummaryData['metrics'];
    expect(readAgain({ ...data, metrics: changed }).verdict).toBe('fail');
  });
});
