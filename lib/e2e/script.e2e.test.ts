import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ScriptSummary } from '../core/foreign/script/script-run.ts';
import { expectK6SummaryToTellTheSame } from './k6-summary.ts';
import { callTool, temporaryFolder } from './tool.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  // Whatever else the machine does is no reason to leave a run out: both are of one service.
  const own = { comparison: { mostBusyShare: 1 } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'shop', 'k6-verdict': own }));
});

/** A service that answers everything, and counts. */
async function countingService(): Promise<{ readonly base: string; readonly served: () => number }> {
  let served = 0;
  const service = createServer((_, reply) => {
    served += 1;
    reply.end('fine');
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  return { base: `http://127.0.0.1:${(service.address() as AddressInfo).port}`, served: () => served };
}

function writeScript(thresholds: object): void {
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import http from 'k6/http';
import { group } from 'k6';
import exec from 'k6/execution';
export const options = { vus: 2, iterations: 20, thresholds: ${JSON.stringify(thresholds)} };
export default function () {
  group('buy', () => { http.get(\`\${__ENV.BASE}/orders/\${__ITER}\`); http.get(\`\${__ENV.BASE}/pay\`, { tags: { name: 'pay' } }); });
}
export function handleSummary() { return { 'own.txt': 'mine' }; }
`,
  );
}

const run = (...args: string[]) => callTool(['run', 'shop.js', ...args], {}, folder);

function runIds(): string[] {
  const results = path.join(folder, 'results');
  const isRun = (name: string) => name !== 'latest' && existsSync(path.join(results, name, 'summary.json'));
  return readdirSync(results).filter(isRun).sort();
}

function runFolder(): string {
  const [first = ''] = runIds();
  return path.join(folder, 'results', first);
}

function summary(): ScriptSummary {
  return JSON.parse(readFileSync(path.join(runFolder(), 'summary.json'), 'utf8')) as ScriptSummary;
}

/** Of the run that is there: values of variables are no part of the workload, and stand in no file of it. */
async function expectRepetitionToBeComparable(base: string): Promise<void> {
  const { runId, fingerprint, workload } = summary();
  expect(workload?.scenarios).toEqual({ default: { executor: 'shared-iterations', vus: 2, iterations: 20 } });
  expect((await callTool(['baseline', 'save', '1.0', runId], {}, folder)).exitCode).toBe(0);
  expect((await run('--', '-e', `BASE=${base}`, '-e', 'TOKEN=s3cret')).exitCode).toBe(0);
  const [again = ''] = runIds().filter((each) => each !== runId);
  const file = readFileSync(path.join(folder, 'results', again, 'summary.json'), 'utf8');
  expect(JSON.parse(file).fingerprint).toBe(fingerprint);
  expect(file).not.toContain('s3cret');
  const { exitCode, stdout } = await callTool(['compare', '--base', '1.0', '--head', again], {}, folder);
  expect(exitCode, stdout).toBe(0);
  expect(stdout).toContain('the noise between runs is unknown');
}

describe('a k6 script that somebody has', () => {
  it('is run as it is, counted as the service counts, and accepted by the gate', async () => {
    const { base, served } = await countingService();
    writeScript({ http_req_failed: ['rate<0.01'] });
    const { exitCode, stdout, stderr } = await run('--', '-e', `BASE=${base}`);
    expect(exitCode, stdout + stderr).toBe(0);
    const { endpoints, totals, hosts } = summary();
    expect(endpoints.map(({ id, requests }) => [id, requests])).toEqual([
      ['buy / GET /orders/{id}', 20],
      ['buy / pay', 20],
    ]);
    expect(totals.requests).toBe(served());
    await expectK6SummaryToTellTheSame(runFolder());
    expect(hosts).toEqual([base.replace('http://', '')]);
    expect(readFileSync(path.join(folder, 'own.txt'), 'utf8')).toBe('mine');
    expect((await callTool(['gate'], {}, folder)).exitCode).toBe(0);
    expect((await callTool(['report'], {}, folder)).stdout).toContain('buy / GET /orders/{id}');
    await expectRepetitionToBeComparable(base);
  });

  it('whose threshold is crossed ends with 99, and the gate stops it', async () => {
    const { base } = await countingService();
    writeScript({ 'http_reqs{name:pay}': ['count<5'] });
    expect((await run('--', '-e', `BASE=${base}`)).exitCode).toBe(99);
    expect(summary().thresholds).toMatchObject([{ metric: 'http_reqs{name:pay}', actual: 20, verdict: 'fail' }]);
    expect((await callTool(['gate'], {}, folder)).exitCode).toBe(1);
  });

  it.each([
    ['every iteration', 'true', 20, 'fail', 99],
    ['some iterations', 'exec.scenario.iterationInTest < 2', 2, 'pass', 0],
  ])('whose exceptions end %s says so', async (_which, when, thrown, verdict, exitCode) => {
    const { base } = await countingService();
    writeScript({ http_req_failed: ['rate<0.01'] });
    const file = path.join(folder, 'shop.js');
    const script = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      script.replace("group('buy'", `http.get(__ENV.BASE); if (${when}) throw new Error('boom'); group('buy'`),
    );
    const end = await run('--', '-e', `BASE=${base}`);
    expect(end.exitCode, end.stdout + end.stderr).toBe(exitCode);
    expect(summary()).toMatchObject({ verdict, load: { iterations: { completed: 20, thrown } } });
    expect(end.stdout).toContain(`ended ${thrown === 20 ? 'every one of 20' : '2'} iterations`);
  });

  it('is held to the budgets of its project', async () => {
    const { base } = await countingService();
    writeScript({});
    const budgets = {
      overall: { perSecond: 0.001, okP99Ms: 60_000 },
      everyEndpoint: { successShare: 1 },
      endpoints: { 'buy / pay': { okReplies: 21 }, refund: {} },
    };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ 'k6-verdict': { budgets } }));
    expect((await run('--', '-e', `BASE=${base}`)).exitCode).toBe(99);
    await expectK6SummaryToTellTheSame(runFolder());
    const [rate, slowest, ...ofRows] = summary().thresholds;
    expect([rate, slowest].map((each) => [each?.metric, each?.verdict])).toEqual([
      ['okP99Ms', 'pass'],
      ['perSecond', 'pass'],
    ]);
    expect(ofRows.map(({ endpoint, verdict, actual }) => [endpoint, actual, verdict])).toEqual([
      ['buy / GET /orders/{id}', 1, 'pass'],
      ['buy / pay', 1, 'pass'],
      ['buy / pay', 20, 'fail'],
      ['refund', undefined, 'no_data'],
    ]);
    expect((await callTool(['gate'], {}, folder)).exitCode).toBe(1);
  });

  it('without a limit is no pass, and its user is told the line to add', async () => {
    const { base } = await countingService();
    writeScript({});
    const { exitCode, stdout } = await run('--', '-e', `BASE=${base}`);
    expect(exitCode).toBe(99);
    expect(stdout).toContain("http_req_failed: ['rate<0.01']");
  });

  it.each([
    [
      'would load a host that nobody allowed',
      ['--', '-e', 'BASE=https://shop.example'],
      'shop.example has not been allowed',
    ],
    ['would not be judged', ['--', '--no-thresholds'], '--no-thresholds'],
    ['is given a setting of scenarios', ['--plan', 'timed'], '--plan'],
  ])('that %s is refused before anything is sent', async (_, args, said) => {
    writeScript({});
    const { exitCode, stderr } = await run(...args);
    expect(exitCode, stderr).toBe(2);
    expect(stderr).toContain(said);
    expect(existsSync(path.join(folder, 'results'))).toBe(false);
  });
});
