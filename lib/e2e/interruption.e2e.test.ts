import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { REQUESTS } from '../core/measure/k6-metrics.ts';
import { countOfTrends, isTrend } from '../core/measure/record/request-cells.ts';
import { readRecordIn } from '../results/record.ts';
import type { RunningBackend } from '../testing/start-backend.ts';
import { projectRoot, readOnlyRun, startTool, temporaryFolder } from './tool.ts';
import { backendWith } from './truth.ts';

const LOAD = { VUS: '5', DURATION: '60s', THINK_TIME: '100ms' };

/** What k6 itself says when its users are at work: with `--k6-output` it is shown. */
const RUNNING = /5\/5 VUs, [1-9]\d* complete/;

/** Processes that a run of this test started and that are still there. */
function leftOvers(marker: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(marker) && !line.includes('ps -eo'));
}

async function answeredBy(backend: RunningBackend): Promise<number> {
  return (await backend.readTruth()).totals.delivered[200] ?? 0;
}

/** Requests that the record of the one run in a results folder holds so far. */
function recordedRequests(results: string): number {
  const record = readRecordIn(path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim()));
  const requests = record?.series.filter(isTrend).filter(({ metric }) => metric === REQUESTS) ?? [];
  return countOfTrends(requests);
}

for (const times of [1, 2]) {
  it(`Ctrl-C ${times === 1 ? 'once' : 'twice'} leaves a readable report that says incomplete, and no process`, async () => {
    const results = temporaryFolder();
    const tag = `k6v-test-${process.pid}-${times}`;
    const tool = startTool(
      ['run', 'sustained', '--k6-output', '--results', results, '--', '--tag', `run=${tag}`],
      LOAD,
    );
    await tool.says(RUNNING);
    expect(leftOvers(tag).length).toBeGreaterThan(0);
    for (let i = 0; i < times; i += 1) tool.child.kill('SIGINT');
    const { exitCode, stdout } = await tool.ended;
    expect(exitCode).toBe(105);
    const { summary, report } = readOnlyRun(results);
    expect(summary.verdict).toBe('incomplete');
    expect(summary.totals.requests).toBeGreaterThan(0);
    expect(report).toContain('INCOMPLETE');
    // k6's own last word: it is in no output of it.
    const [, told] = /.*0\/5 VUs, \d+ complete and (\d+) interrupted iterations\n/.exec(stdout) ?? [];
    expect(summary.load.iterations.interrupted).toBe(Number(told));
    expect(told).toBe('5');
    expect(report).toContain('k6 interrupted 5 iterations');
    expect(stdout).toContain('INCOMPLETE');
    expect(leftOvers(tag)).toEqual([]);
    expect(leftOvers(summary.target.replace('http://127.0.0.1:', '--port '))).toEqual([]);
  });
}

it('a k6 that is killed from outside has a report of all up to its last second, which is incomplete', async () => {
  const backend = await backendWith('--no-rate-limits');
  const results = temporaryFolder();
  const tag = `k6v-test-${process.pid}-killed`;
  const tool = startTool(
    ['run', 'sustained', '--no-baseline', '--k6-output', '--results', results, '--', '--tag', `run=${tag}`],
    {
      ...LOAD,
      BASE_URL: backend.url,
    },
  );
  await tool.says(RUNNING);
  const pids = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(tag) && / run --no-usage-report /.test(line) && !line.includes('start.mjs'))
    .map((line) => Number(line.trim().split(' ')[0]));
  expect(pids).toHaveLength(1);
  const recorded = () => recordedRequests(results);
  await expect.poll(recorded, { interval: 20, timeout: 30_000 }).toBeGreaterThan(0);
  const answered = await answeredBy(backend);
  // What was answered is in the record within a second or two: it is rewritten every second.
  await expect.poll(recorded, { interval: 20, timeout: 30_000 }).toBeGreaterThanOrEqual(answered);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  const { exitCode, stdout } = await tool.ended;
  expect(exitCode).toBe(3);
  const { summary, report, files } = readOnlyRun(results);
  expect(summary.verdict).toBe('incomplete');
  expect(summary.totals.requests).toBeGreaterThanOrEqual(answered);
  expect(summary.totals.requests).toBeLessThanOrEqual(await answeredBy(backend));
  expect(summary.loadStartedAt).toBeDefined();
  expect(summary.load.windowSeconds).toBeGreaterThan(0);
  expect(report).toContain('INCOMPLETE');
  expect(stdout).toContain('INCOMPLETE');
  expect(files).toContain('record.ndjson.gz');
});

it('a run whose npm was terminated, as a cancelled CI job is, stops its load and keeps what it measured', async () => {
  const results = temporaryFolder();
  const tag = `k6v-test-${process.pid}-orphan`;
  const args = ['run', '-s', 'k6:sustained', '--', '--k6-output', '--results', results, '--', '--tag', `run=${tag}`];
  const npm = spawn('npm', args, {
    cwd: projectRoot,
    env: { ...process.env, ...LOAD, BASE_URL: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve) =>
    npm.stdout.on('data', (text: Buffer) => RUNNING.test(text.toString()) && resolve()),
  );
  npm.kill('SIGTERM');
  await expect.poll(() => leftOvers(tag), { interval: 500 }).toEqual([]);
  expect(readOnlyRun(results).summary.verdict).toBe('incomplete');
});
