import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sum } from '../../core/spec/sum.ts';
import { readAb } from '../compare/ab-project.ts';
import { callTool, temporaryFolder } from '../tool.ts';
import { type ScriptService, startService } from './service.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  // Whatever else the machine does is no reason to leave a pair out: replies take their time by a clock.
  const own = { comparison: { mostBusyShare: 1 } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'shop', 'k6-verdict': own }));
});

async function serviceOf(delayMs: number): Promise<ScriptService> {
  const service = await startService({ delayMs });
  onTestFinished(() => service.stop());
  return service;
}

const ITS_SIDE = "__ENV.BASE_URL + '/shop'";

/** About 500 replies of its row where each takes 50 ms: by 400 a p95 can decide. */
function writeScript(address: string): void {
  writeFileSync(
    path.join(folder, 'look.js'),
    `import http from 'k6/http';
export const options = { vus: 10, duration: '3s', thresholds: { http_req_failed: ['rate<0.01'] } };
export default function () { http.get(${address}); }
`,
  );
}

function ab(...args: string[]) {
  return callTool(['ab', '--scenario', 'look.js', '--pairs', '3', '--looks', '1', ...args], {}, folder);
}

describe('ab of a script', () => {
  it('finds the slower service, by runs that went to each of them', async () => {
    const [base, head] = [await serviceOf(50), await serviceOf(100)];
    writeScript(ITS_SIDE);
    const { exitCode, stdout, stderr } = await ab('--base-url', base.url, '--head-url', head.url);
    expect(exitCode, stdout + stderr).toBe(1);
    expect(stdout).toContain('REGRESSED: p');
    const { record, comparison } = readAb(path.join(folder, 'results'));
    expect(record.scenario).toBe('look');
    for (const [side, service] of Object.entries({ base, head })) {
      const requests = record.runs.filter((run) => run.side === side).map(({ runId }) => requestsOf(runId));
      expect(sum(requests)).toBe(answeredBy(service));
    }
    expect(comparison.rows.find(({ metric }) => metric === 'p95-geomean')?.state).toBe('regressed');
  });

  it('finds no change between one service and itself', async () => {
    const { url } = await serviceOf(50);
    writeScript(ITS_SIDE);
    const { exitCode, stdout, stderr } = await ab('--base-url', url, '--aa');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).not.toContain('REGRESSED');
  });

  it('ends where the load of a side does not go there', async () => {
    const [base, head] = [await serviceOf(0), await serviceOf(0)];
    writeScript(`__ENV.BASE_URL && '${base.url}/shop'`);
    const { exitCode, stderr } = await ab('--base-url', head.url, '--head-url', base.url);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The load of base did not go to its address: nothing was compared.');
    expect(stderr).toContain(`requests to ${base.plain}, BASE_URL with ${head.plain}`);
  });

  it('is refused, before any load, for a script that never looks at BASE_URL, and for a side without an address', async () => {
    const base = await serviceOf(0);
    writeScript(`'${base.url}/shop'`);
    const without = await ab('--base-url', base.url, '--aa');
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('never mentions BASE_URL')]);
    writeScript(ITS_SIDE);
    const nowhere = await ab('--aa');
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringContaining('no reference backend')]);
    expect(answeredBy(base)).toBe(0);
  });
});

function answeredBy(service: ScriptService): number {
  return sum(Object.values(service.counts().requests['GET /shop'] ?? {}));
}

function requestsOf(runId: string): number {
  const file = path.join(folder, 'results', runId, 'summary.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { totals: { requests: number } }).totals.requests;
}
