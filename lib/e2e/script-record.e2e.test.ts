import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { partOfScript } from '../core/measure/record/part-of-script.ts';
import { type RunRecord, readRecord } from '../core/measure/record/read-record.ts';
import { RECORDER_VARIABLE } from '../core/measure/record/recorder-config.ts';
import { isTrend, trendOf } from '../core/measure/record/request-cells.ts';
import { selectedOf } from '../core/measure/record/selected.ts';
import { quantileOf } from '../core/measure/record/trend-quantiles.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { temporaryFolder } from './tool.ts';

interface ScriptRun {
  readonly exitCode: number;
  readonly record: RunRecord;
  /** Requests by method and path, as the service counted them. */
  readonly served: Readonly<Record<string, number>>;
  readonly host: string;
}

/** Runs a script of somebody else, whose `base` is a service that counts. */
async function runScript(script: string): Promise<ScriptRun> {
  const served: Record<string, number> = {};
  const service = createServer(({ method, url = '' }, reply) => {
    const route = `${method} ${url.replace(/\?.*|\d+/g, '')}`;
    served[route] = (served[route] ?? 0) + 1;
    if (route === 'GET /to/') reply.writeHead(302, { location: '/orders/1' });
    if (route === 'GET /broken') reply.writeHead(500);
    reply.end();
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  const host = `127.0.0.1:${(service.address() as AddressInfo).port}`;
  const folder = temporaryFolder();
  const [file, recordFile] = [path.join(folder, 'script.js'), path.join(folder, 'record.ndjson')];
  writeFileSync(file, `import http from 'k6/http';\nconst base = 'http://${host}';\n${script}`);
  const exitCode = await exitCodeOf(['run', '--quiet', `--out=verdict=${recordFile}`, file]);
  return { exitCode, record: readRecord(readFileSync(recordFile, 'utf8').split('\n')), served, host };
}

async function exitCodeOf(args: readonly string[]): Promise<number> {
  const { path: k6 } = await findK6();
  const { PATH = '', HOME = '' } = process.env;
  const asked = { [RECORDER_VARIABLE]: JSON.stringify({ rows: true, options: ['systemTags'] }) };
  const env = { PATH, HOME, K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true', ...asked };
  return new Promise((resolve) => {
    const child = execFile(k6, args, { env }, () => resolve(child.exitCode ?? -1));
  });
}

/** Requests of a part of the script, by row. */
function rowsOf({ record }: ScriptRun, part: 'setup' | 'load' | 'teardown'): Record<string, number> {
  const rows: Record<string, number> = {};
  for (const { metric, tags, trend } of record.series.filter(isTrend))
    if (metric === 'http_req_duration' && partOfScript(record.options)(tags) === part)
      rows[tags.row ?? ''] = (rows[tags.row ?? ''] ?? 0) + trend.count;
  return rows;
}

it('a script is recorded by its rows, apart from what it does before and after its load', async () => {
  const run = await runScript(`
    export const options = { vus: 3, iterations: 60, ext: { 'k6-verdict': { recorder: { skip: ['http_req_duration'] } } } };
    export function setup() { http.post(base + '/login'); }
    export default function () {
      http.get(base + '/orders/' + __ITER + '?token=s3cret');
      http.get(base.replace('//', '//user:s3cret@') + '/to/' + __ITER);
      http.get(http.url\`\${base}/orders/\${__ITER}\`);
      http.get(base + '/orders/' + __ITER, { tags: { name: 'an order' } });
    }
    export function teardown() { http.del(base + '/orders/1'); }`);
  expect(run.exitCode).toBe(0);
  expect(rowsOf(run, 'setup')).toEqual({ 'POST /login': 1 });
  expect(rowsOf(run, 'teardown')).toEqual({ 'DELETE /orders/{id}': 1 });
  // A redirect is a request of its own.
  const rows = { 'GET /orders/{id}': 120, 'GET /to/{id}': 60, '${}/orders/${}': 60, 'an order': 60 };
  expect(rowsOf(run, 'load')).toEqual(rows);
  expect(run.served).toEqual({ 'POST /login': 1, 'GET /orders/': 240, 'GET /to/': 60, 'DELETE /orders/': 1 });
  expect(run.record).toMatchObject({ hosts: [run.host], addresses: [run.host], end: { hostsUnknown: true } });
  expect(JSON.stringify(run.record)).not.toContain('s3cret');
});

it('the record decides each threshold on a percentile as k6 has judged it', async () => {
  const percentiles = { 'p(95)': 0.95, 'p(99.9)': 0.999, med: 0.5 };
  const limits = Array.from({ length: 400 }, (_, i) => Number((0.05 * 1.02 ** i).toPrecision(6)));
  const sources = Object.keys(percentiles).flatMap((each) =>
    limits.map((limit, i) => `${each}${['<', '<=', '>', '>='][i % 4]}${limit}`),
  );
  const { exitCode, record } = await runScript(`
    const sources = ${JSON.stringify(sources)};
    export const options = { vus: 4, iterations: 200, thresholds: {
      http_req_duration: sources, 'http_req_duration{name:a}': sources, 'http_req_waiting{kind:b}': sources,
    } };
    export default function () {
      http.get(base + '/a', { tags: { name: 'a' } });
      http.get(base + '/b/' + __ITER, { tags: { kind: 'b' } });
    }`);
  expect(exitCode).toBe(99);
  expect(record.judged?.map(({ metric, source }) => [metric, source])).toEqual(
    record.thresholds.map(({ metric, source }) => [metric, source]),
  );
  expect(record.judged).toHaveLength(3 * sources.length);
  const verdicts = record.judged?.map(({ metric, source }) => {
    const wanted = selectedOf(metric);
    const [, aggregate = '', operator = '', limit] = /^(.+?)([<>]=?)(.+)$/.exec(source) ?? [];
    const samples = record.series
      .filter(isTrend)
      .filter((each) => each.metric === wanted.metric)
      .filter(({ tags }) => Object.entries(wanted.tags).every(([name, value]) => tags[name] === value));
    const value = quantileOf(trendOf(samples), percentiles[aggregate as keyof typeof percentiles]);
    return { metric, source, failed: !holds(value, operator, Number(limit)) };
  });
  expect(verdicts).toEqual(record.judged);
});

function holds(value: number, operator: string, limit: number): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    default:
      return value >= limit;
  }
}

it('a threshold that ended the run and holds again at its end has ended it', async () => {
  const { exitCode, record } = await runScript(`
    import { sleep } from 'k6';
    export const options = { vus: 1, duration: '1m', thresholds: {
      http_req_failed: [{ threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '1s' }],
    } };
    export default function () { http.get(base + '/broken'); sleep(0.1); }
    export function teardown() { for (let i = 0; i < 500; i++) http.get(base + '/'); }`);
  expect(exitCode).toBe(99);
  const threshold = { metric: 'http_req_failed', source: 'rate<0.5' };
  expect(record.thresholds).toEqual([{ ...threshold, abortOnFail: true, delayAbortEval: '1s' }]);
  expect(record.judged).toEqual([{ ...threshold, failed: false }]);
  expect(record.end.abortedByThreshold).toBe(true);
});
