import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { callTool, temporaryFolder } from '../tool.ts';
import { serviceOfEachTest } from './tables.ts';

const service = serviceOfEachTest();

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "shop" }');
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import http from 'k6/http';
import { check, group, sleep } from 'k6';
import { Counter } from 'k6/metrics';
const sold = new Counter('sold');
export const options = {
  scenarios: { buy: { executor: 'per-vu-iterations', vus: 6, iterations: 25, maxDuration: '1m' } },
  thresholds: { 'http_reqs{name:shop}': ['count==150'], http_req_failed: ['rate<0.6'], sold: ['count==150'], checks: ['rate==0.5'] },
};
export function setup() { http.get(__ENV.BASE_URL + '/account/login'); }
export default function () {
  group('buy', () => check(http.get(__ENV.BASE_URL + '/shop', { tags: { name: 'shop' } }), { 'is fine': (r) => r.status === 200 }));
  check(http.get(__ENV.BASE_URL + '/failing'), { 'is fine': (r) => r.status === 200 });
  sold.add(1);
  // Processes that are so short would not send their load together.
  sleep(0.2);
}
`,
  );
});

const call = (...args: string[]) => callTool(args, {}, folder);
const runPart = (instance: string, ...args: string[]) =>
  call('run', 'shop.js', '--base-url', service().url, '--instance', instance, '--run-id', 'sale', ...args);
const summaryOf = (name: string) =>
  JSON.parse(readFileSync(path.join(folder, 'results', name, 'summary.json'), 'utf8')) as ScriptSummary;

describe('a script that two k6 processes send', () => {
  it('is merged into one run that counts as the service does, and is judged as a whole', async () => {
    const ended = await Promise.all([runPart('1/2'), runPart('2/2', '--flat-memory')]);
    // Each has only its part of what the thresholds ask for.
    for (const { exitCode, stderr } of ended) expect(exitCode, stderr).toBe(99);
    const { stdout: ofPart } = await call('gate', 'results/sale.1');
    expect(ofPart).toContain('1 of 2 shards of sale, without 2');

    const { exitCode, stdout, stderr } = await call('merge', 'results/sale.1', 'results/sale.2');
    expect(exitCode, stdout + stderr).toBe(0);
    const { endpoints, thresholds, k6, load, verdict, mergedFrom, reasons, overTime } = summaryOf('sale');
    expect(verdict, reasons.join()).toBe('pass');
    expect(thresholds.map((each) => each.verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
    const { requests } = service().counts();
    expect(requests).toEqual({
      'GET /account/login': { 200: 2 },
      'GET /shop': { 200: 150 },
      'GET /failing': { 500: 150 },
    });
    expect(Object.fromEntries(endpoints.map((row) => [row.id, row.requests]))).toEqual({
      'buy / shop': 150,
      'GET /failing': 150,
    });
    expect(k6?.checks.map(({ passes, fails }) => [passes, fails]).sort()).toEqual([
      [0, 150],
      [150, 0],
    ]);
    expect(overTime?.endpoints.map(({ id }) => id)).toEqual(endpoints.map(({ id }) => id));
    expect(load).toMatchObject({ iterations: { completed: 150, dropped: 0 }, mostUsers: 6 });
    expect(mergedFrom?.map(({ instance, k6ExitCode }) => [instance, k6ExitCode])).toEqual([
      [1, 99],
      [2, 0],
    ]);
    expect((await call('gate', 'results/sale')).exitCode).toBe(0);
  });

  it('is not merged without the record of each, or without one of them', async () => {
    await Promise.all([runPart('1/2'), runPart('2/2')]);
    const alone = await call('merge', 'results/sale.1');
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('There is nothing to merge.')]);
    rmSync(path.join(folder, 'results', 'sale.2', 'record.ndjson.gz'));
    const without = await call('merge', 'results/sale.1', 'results/sale.2');
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('summary of instance 2')]);
  });
});
