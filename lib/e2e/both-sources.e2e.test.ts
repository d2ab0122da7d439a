import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { K6Measurement } from '../core/judge/measurement.ts';
import { type K6Figures, measureRun } from '../core/measure/measure-run.ts';
import type { Measured } from '../core/measure/measured.ts';
import type { Latency } from '../core/measure/quantile-ladder.ts';
import { metricsOfRecord } from '../core/measure/record/metrics-of-record.ts';
import { encodeRunOrder } from '../core/spec/run-order.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { readRecordFile } from '../results/record.ts';
import { bundleScenario } from '../run/k6/bundle-scenario.ts';
import { k6Environment, k6RunArguments } from '../run/k6/k6-process.ts';
import { installPackage } from '../testing/install-package.ts';
import { temporaryFolder } from './tool.ts';
import { backendWith } from './truth.ts';

/** Limits a hundredth apart, so that some of them are next to every percentile. */
const LIMITS_MS = Array.from({ length: 900 }, (_, i) => Number((0.05 * 1.01 ** i).toPrecision(6)));

/** A test whose k6 keeps its own figures, and which is recorded as well. */
function scenarioOf(folder: string, url: string, check: string): string {
  installPackage(folder);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "both", "type": "module" }');
  const file = path.join(folder, 'scenarios', 'both.ts');
  writeFileSync(
    file,
    `import { defineEndpoint } from 'k6-verdict';
import { constantUsers, defineLoadTest } from 'k6-verdict/k6';
const endpoints = [
  defineEndpoint({ id: 'projects', path: '/api/projects', category: 'Any'${check} }),
  defineEndpoint({ id: 'info', path: '/api/agents/active', category: 'Any' }),
  defineEndpoint({ id: 'nothing: here', path: '/nothing', category: 'Any' }),
];
const test = defineLoadTest({
  name: 'both', testId: 'BOTH', purpose: 'Do both sources say the same?', endpoints,
  budgets: { overall: { okP95Ms: 500 }, everyEndpoint: { okP95Ms: 500 }, endpoints: {} },
  plans: { timed: { users: constantUsers({ users: 8, durationSeconds: 2, thinkTimeSeconds: 0.01 }) } },
});
const tags = ['endpoint', 'phase', 'status', 'error_code', 'error', 'expected_response'];
export const options = {
  ...test.options,
  systemTags: [...(test.options.systemTags ?? []), 'error'],
  ext: { 'k6-verdict': { ...test.options.ext?.['k6-verdict'], recorder: {
    tags: { http_req_duration: tags, '*': ['endpoint', 'phase'] }, samples: [], stops: [], options: [], skip: [],
    limits: ['http_req_duration', 'ok_duration'].map((metric) => ({ metric, tags: {}, values: ${JSON.stringify(LIMITS_MS)} })),
  } } },
};
export const { setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
  expect(url).toMatch(/^http:\/\/127/);
  return file;
}

const run = promisify(execFile);

/** Sends one load, and returns what k6's summary and what our record say of it. */
async function measureBoth(check: string): Promise<readonly [summary: K6Figures, record: K6Figures]> {
  const folder = temporaryFolder();
  const backend = await backendWith('--no-rate-limits', '--error-share', '0.1');
  const bundle = path.join(folder, 'bundle.js');
  const [summaryFile, recordFile] = [path.join(folder, 'summary.json'), path.join(folder, 'record.ndjson')];
  await bundleScenario(scenarioOf(folder, backend.url, check), bundle);
  const { path: k6 } = await findK6();
  const order = encodeRunOrder({ runId: 'both', summaryFile, measuresAtRest: true });
  await run(k6, k6RunArguments(bundle, [`--out=verdict=${recordFile}`]), {
    env: k6Environment({ BASE_URL: backend.url, ...order }),
  }).catch((error: { readonly code: number; readonly stderr: string }) => {
    // Thresholds are crossed, and nothing else is wrong.
    expect(error.code, error.stderr).toBe(99);
  });
  const measurement = JSON.parse(readFileSync(summaryFile, 'utf8')) as K6Measurement;
  return [measurement, { ...measurement, metrics: metricsOfRecord(readRecordFile(recordFile), measurement) }];
}

it.each([
  ['told by its status alone', ''],
  ['whose content is checked', ', check: ({ body }) => body.length % 2 === 0 || body.length % 3 === 0'],
])('k6 and the recorder measure one load alike: a response %s', async (_, check) => {
  const [summary, record] = (await measureBoth(check)).map((figures) => measureRun(figures));
  expect(summary?.totals.requests).toBeGreaterThan(200);
  expect(summary?.totals.outcomes).toMatchObject({ ok: expect.any(Number), server_error: expect.any(Number) });
  expect(record?.load).toEqual(summary?.load);
  expectAlike(record?.totals, summary?.totals);
  expectSamePercentiles(record?.totals.latencyMs.all, summary?.totals.latencyMs.all);
  for (const [i, endpoint] of (summary?.endpoints ?? []).entries()) expectAlike(record?.endpoints[i], endpoint);
});

/** Counts and ends exactly, percentiles within a hundredth, and each on the same side of every limit. */
function expectAlike(record: Measured | undefined, summary: Measured | undefined): void {
  expect(record?.requests).toBe(summary?.requests);
  expect(record?.outcomes).toEqual(summary?.outcomes);
  expectSameEnds(record?.latencyMs.ok, summary?.latencyMs.ok);
  // Of all requests to one endpoint k6's summary knows no percentile: they are mixed of two distributions.
  expectSameEnds(record?.latencyMs.all, summary?.latencyMs.all);
  expectSamePercentiles(record?.latencyMs.ok, summary?.latencyMs.ok);
  const [recorded, summarised] = [record?.latencyMs.ok.p95, summary?.latencyMs.ok.p95];
  for (const limit of LIMITS_MS) expect((recorded ?? 0) < limit).toBe((summarised ?? 0) < limit);
}

function expectSameEnds(record: Latency | undefined, summary: Latency | undefined): void {
  expect(record?.count).toBe(summary?.count);
  if (summary === undefined || summary.count === 0) return;
  expect([record?.min, record?.max]).toEqual([summary.min, summary.max]);
  expect(record?.avg).toBeCloseTo(summary.avg ?? Number.NaN, 5);
}

function expectSamePercentiles(record: Latency | undefined, summary: Latency | undefined): void {
  if (summary === undefined || summary.count === 0) return;
  for (const name of ['p50', 'p90', 'p95', 'p99'] as const)
    expect(Math.abs((record?.[name] ?? 0) / (summary[name] ?? 0) - 1)).toBeLessThanOrEqual(0.01);
}
