import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { callTool, temporaryFolder } from '../tool.ts';
import { serviceOfEachTest } from './tables.ts';

const service = serviceOfEachTest();

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const THRESHOLDS = {
  http_req_failed: ['rate<0.2', 'rate==0.25'],
  http_reqs: ['count==80', 'count<80', 'rate>0.01'],
  'http_req_duration{name:shop}': ['p(95)<60000', 'p(99.9)<0.0001', 'med>0', 'max<60000', 'avg<0.0001'],
  checks: ['rate>=0.75', 'rate>0.75'],
  found: ['count>59', 'count>60'],
  'found{kind:none}': ['count<1', 'count>0'],
};

function writeScript(thresholds: object): void {
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import http from 'k6/http';
import { check } from 'k6';
import { Counter } from 'k6/metrics';
const found = new Counter('found');
export const options = { vus: 4, iterations: 20, thresholds: ${JSON.stringify(thresholds)} };
export default function () {
  for (const at of ['/shop', '/shop', '/shop', '/failing']) {
    const reply = http.get(__ENV.BASE_URL + at, at === '/shop' ? { tags: { name: 'shop' } } : {});
    if (check(reply, { found: ({ status }) => status === 200 })) found.add(1);
  }
}
export function handleSummary() { return { 'own.txt': 'mine' }; }
`,
  );
}

const run = (...args: string[]) => callTool(['run', 'shop.js', '--base-url', service().url, ...args], {}, folder);

/** Of the only run that is there, which is removed. */
function takeSummary(): ScriptSummary {
  const results = path.join(folder, 'results');
  const [name = ''] = readdirSync(results).filter((each) => each !== 'latest');
  const summary = JSON.parse(readFileSync(path.join(results, name, 'summary.json'), 'utf8')) as ScriptSummary;
  rmSync(path.join(results, name), { recursive: true });
  return summary;
}

describe('run --flat-memory', () => {
  it('finds of each threshold what k6 finds, counts as the service does, and calls no handleSummary', async () => {
    writeScript(THRESHOLDS);
    const flat = await run('--flat-memory');
    expect(flat.exitCode, flat.stderr).toBe(99);
    expect(existsSync(path.join(folder, 'own.txt'))).toBe(false);
    const { requests } = service().counts();
    const judgedHere = takeSummary();
    expect(judgedHere.endpoints.map((row) => [row.id, row.requests])).toEqual([
      ['shop', 60],
      ['GET /failing', 20],
    ]);
    expect(requests).toMatchObject({ 'GET /shop': { 200: 60 }, 'GET /failing': { 500: 20 } });
    expect(judgedHere.lacks[0]).toMatch(/handleSummary\(\) did not run, and the thresholds .* from the histograms/);

    const usual = await run();
    expect(usual.exitCode, usual.stderr).toBe(99);
    expect(existsSync(path.join(folder, 'own.txt'))).toBe(true);
    const judgedByK6 = takeSummary();
    expect(judgedHere.k6Thresholds).toEqual(judgedByK6.k6Thresholds);
    const verdictsOf = ({ thresholds }: ScriptSummary) =>
      thresholds.map(({ title, operator, limit, verdict }) => [title, operator, limit, verdict]);
    expect(verdictsOf(judgedHere)).toEqual(verdictsOf(judgedByK6));
  });

  it('is refused before any load where only the engine of k6 could end the run', async () => {
    writeScript({ http_req_failed: [{ threshold: 'rate<0.2', abortOnFail: true }] });
    const { exitCode, stderr } = await run('--flat-memory');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('abortOnFail of http_req_failed: rate<0.2');
    expect(service().counts().requests).toEqual({});
  });
});
