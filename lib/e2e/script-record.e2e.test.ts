import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { judgedByRecord } from '../core/foreign/script/judged-by-record.ts';
import { partOfScript } from '../core/measure/record/part-of-script.ts';
import { type RunRecord, readRecord } from '../core/measure/record/read-record.ts';
import { RECORDER_VARIABLE } from '../core/measure/record/recorder-config.ts';
import { isTrend } from '../core/measure/record/request-cells.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { NO_OTHER_K6 } from '../k6-binary/no-other-k6.ts';
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
  const env = { PATH, HOME, K6_NO_USAGE_REPORT: 'true', ...asked, ...NO_OTHER_K6 };
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

it('the record decides each threshold as k6 has judged it', async () => {
  const limits = Array.from({ length: 400 }, (_, i) => Number((0.05 * 1.02 ** i).toPrecision(6)));
  const sources = ['p(95)', 'p(99.9)', 'med', 'avg', 'min', 'max'].flatMap((each) =>
    limits.map((limit, i) => `${each}${['<', '<=', '>', '>='][i % 4]}${limit}`),
  );
  const { exitCode, record } = await runScript(`
    import { check } from 'k6';
    import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
    const [sold, stock, paid, price] = [new Counter('sold'), new Gauge('stock'), new Rate('paid'), new Trend('price')];
    new Counter('never');
    const sources = ${JSON.stringify(sources)};
    export const options = { vus: 4, iterations: 200, thresholds: {
      http_req_duration: sources, 'http_req_duration{name:a}': sources, 'http_req_waiting{kind:b}': sources,
      http_reqs: ['count==401', 'count<401', 'rate>0.001', 'rate>1e6'], 'http_reqs{name:a}': ['count<=200', 'count!=200'],
      http_req_failed: ['rate==0', 'rate>0'], 'http_req_failed{name:none}': ['rate>0'],
      checks: ['rate>=0.75', 'rate>0.75'], 'checks{check:is odd}': ['rate===0.5', 'rate<0.5'],
      sold: ['count==-200', 'count>0'], 'sold{kind:none}': ['count==0', 'count>0', 'rate>0'], never: ['count<1', 'count>0'],
      stock: ['value==7', 'value<7'], paid: ['rate==0.25', 'rate>0.25'], 'price{kind:x}': ['max<0', 'max<-0.5', 'avg==-0.5'],
      'http_req_duration{name:none}': ['p(95)<5', 'p(95)>0', 'max==0'],
    } };
    export function setup() { http.get(base + '/orders/1', { tags: { name: 'seed' } }); }
    export default function () {
      const a = http.get(base + '/a', { tags: { name: 'a' } });
      http.get(base + '/b/' + __ITER, { tags: { kind: 'b' } });
      check(a, { 'is up': (r) => r.status === 200 });
      check(a, { 'is odd': () => __ITER % 2 === 1 });
      sold.add(-1); stock.add(7); paid.add(__ITER % 4 === 1); price.add(-0.5, { kind: 'x' });
    }`);
  expect(exitCode).toBe(99);
  expect(record.judged?.length).toBeGreaterThan(3 * sources.length);
  expect(judgedByRecord(record)).toEqual(record.judged);
});

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
