import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type K6SummaryData, k6SummaryOf } from '../core/judge/k6-summary/k6-summary.ts';
import type { MeasuredTest } from '../core/judge/measurement.ts';
import { measurementOfRecord } from '../core/judge/measurement-of-record.ts';
import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import { OWN_METRICS } from '../core/measure/k6-metrics.ts';
import { readRecord } from '../core/measure/record/read-record.ts';
import { buildReport } from '../report/model/report.ts';
import { readSummaryFile } from '../results/read-summary-file.ts';
import { runFolderAt } from '../results/run-folder.ts';
import type { RawSample } from '../testing/record-lines.ts';
import { recordOfTest, requestSample, secondsOf, testInRecord } from '../testing/record-of-run.ts';
import { LINUX_HOST } from '../testing/runs.ts';
import { toldByReport } from '../testing/told-by-report.ts';
import { completeSummary } from './complete-summary.ts';
import { writeSummary } from './write-summary.ts';

const OVERALL: readonly Threshold[] = [
  { metric: 'okP95Ms', limit: 50 },
  { metric: 'timeoutRate', limit: 0.1 },
  { metric: 'serverErrors', limit: 2 },
  { metric: 'refusedOrReset', limit: 0 },
  { metric: 'successShare', limit: 0.5 },
  { metric: 'okReplies', limit: 1 },
];
const FAILED = { expected_response: 'false' };
const times = (count: number, sample: RawSample): RawSample[] => Array.from({ length: count }, () => sample);
const replies = (count: number, endpoint: string): RawSample[] =>
  Array.from({ length: count }, (_, i) => requestSample(endpoint, 5 + 2 * i));

/** As a run of one k6 process leaves it: a summary, and the same in k6's shape. */
function runWith(
  samples: readonly RawSample[],
  {
    thresholds = OVERALL,
    k6ExitCode = 0,
    ...changes
  }: Partial<MeasuredTest> & { readonly k6ExitCode?: number | 'killed' } = {},
) {
  const ids = ['list', 'detail'];
  const own = thresholds.flatMap((each) => [each, ...ids.map((endpoint) => ({ ...each, endpoint }))]);
  const test = testInRecord(ids, { thresholds: own, ...changes });
  const text = recordOfTest(test, secondsOf([samples, [{ metric: 'iterations', kind: 'counter', value: 30 }]]));
  const record = readRecord(text.trim().split('\n'), {});
  const { measurement } = measurementOfRecord(record);
  const summary = completeSummary(measurement, {
    startedAt: new Date(record.startedAtMs - 1500),
    endedAt: new Date(record.lastAtMs + 500),
    k6Version: '2.2.0',
    k6ExitCode: k6ExitCode === 'killed' ? undefined : k6ExitCode,
    targetKind: 'url',
    system: undefined,
    events: [],
    serverSamples: [],
    part: undefined,
    release: undefined,
    commit: undefined,
    host: LINUX_HOST,
    record: { timeline: () => undefined, endpointsOverTime: () => undefined, custom: undefined, foldedRows: undefined },
  });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-write-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeSummary(runFolderAt(folder), summary, k6SummaryOf(summary, measurement), (name, content) => {
    writeFileSync(path.join(folder, name), content);
    return true;
  });
  return { summary, file: path.join(folder, 'k6-summary.json') };
}

function expectToTellTheSame({ summary, file }: { readonly summary: RunSummary; readonly file: string }): void {
  const read = readSummaryFile(file);
  expect(read.source).toBe('handleSummary');
  expect(toldByReport(buildReport({ runs: [read] }))).toEqual(toldByReport(buildReport({ runs: [asStored(summary)] })));
}

const WELL = [...replies(20, 'list'), ...replies(10, 'detail')];
const TROUBLED = [
  ...WELL,
  ...times(3, requestSample('list', 3, { status: '503', error_code: '1503', ...FAILED })),
  ...times(4, requestSample('detail', 900, { status: '0', error_code: '1050', error: 'request timeout', ...FAILED })),
  ...times(2, requestSample('detail', 0, { status: '0', error_code: '1212', error: 'connection refused', ...FAILED })),
  ...times(5, requestSample('list', 2, { status: '429', error_code: '1429', ...FAILED })),
  ...times(1, requestSample('list', 2, { status: '404', error_code: '1404', ...FAILED })),
];

it.each<[string, readonly RawSample[], Parameters<typeof runWith>[1], RunSummary['verdict']]>([
  ['passes', WELL, {}, 'pass'],
  ['has failures of many kinds', TROUBLED, { k6ExitCode: 99 }, 'fail'],
  ['did not measure one of its endpoints', replies(20, 'list'), {}, 'no_data'],
  ['measured nothing', [], {}, 'no_data'],
  ['was cut short', WELL, { k6ExitCode: 105 }, 'incomplete'],
  ['was killed', TROUBLED, { k6ExitCode: 'killed' }, 'incomplete'],
  [
    'is judged by nothing that k6 has words for',
    WELL,
    { thresholds: [{ metric: 'okReplies', limit: 1, level: 'warn' }] },
    'no_data',
  ],
  [
    'threw exceptions',
    [...WELL, ...times(3, { metric: OWN_METRICS.failedIterations, kind: 'counter', value: 1 })],
    {},
    'fail',
  ],
  [
    'dropped a part of its load',
    [...WELL, ...times(9, { metric: 'dropped_iterations', kind: 'counter', value: 1 })],
    {},
    'invalid_load',
  ],
  [
    'checks contents',
    [
      ...WELL,
      ...times(2, requestSample('detail', 7)),
      ...times(2, { metric: 'outcome_check_failed', kind: 'counter', value: 1, tags: { endpoint: 'detail' } }),
      ...WELL.map(({ value, tags }) => ({
        metric: OWN_METRICS.okDuration,
        value,
        tags: { endpoint: tags?.endpoint ?? '' },
      })),
    ],
    { checksContent: true },
    'pass',
  ],
])(
  'the report of k6-summary.json says what that of summary.json does, of a run that %s',
  (_, samples, test, verdict) => {
    const run = runWith(samples, test);
    expect(run.summary.verdict).toBe(verdict);
    expectToTellTheSame(run);
  },
);

it('a limit that only warns or is waived is not among k6’s thresholds', () => {
  const crossed = { metric: 'okReplies', limit: 1000 } as const;
  const waiver = { until: '2999-12-31', reason: 'known' };
  const run = runWith(WELL, {
    thresholds: [
      { metric: 'okP95Ms', limit: 50 },
      { metric: 'serverErrors', limit: 0, level: 'warn' },
      { ...crossed, waiver },
    ],
  });
  expect(run.summary.verdict).toBe('pass');
  const { metrics } = JSON.parse(readFileSync(run.file, 'utf8')) as K6SummaryData;
  const named = Object.entries(metrics).filter(([, { thresholds }]) => thresholds !== undefined);
  expect(named.map(([name]) => name).filter((name) => !name.startsWith('k6_verdict'))).toEqual([
    'http_req_duration{expected_response:true}',
    'http_req_duration{endpoint:list,expected_response:true}',
    'http_req_duration{endpoint:detail,expected_response:true}',
  ]);
  expectToTellTheSame(run);
});
