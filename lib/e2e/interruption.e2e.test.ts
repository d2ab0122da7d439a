import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot, readOnlyRun, startTool, temporaryFolder } from './tool.ts';

const LOAD = { VUS: '5', DURATION: '60s', THINK_TIME: '100ms' };

/** Processes that a run of this test started and that are still there. */
function leftOvers(marker: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(marker) && !line.includes('ps -eo'));
}

for (const times of [1, 2]) {
  it(`Ctrl-C ${times === 1 ? 'once' : 'twice'} leaves a readable report that says incomplete, and no process`, async () => {
    const results = temporaryFolder();
    const tag = `k6v-test-${process.pid}-${times}`;
    const tool = startTool(['run', 'sustained', '--results', results, '--', '--tag', `run=${tag}`], LOAD);
    await tool.says(/running \(.*\d\.\ds\), 5\/5 VUs, [1-9]/);
    expect(leftOvers(tag).length).toBeGreaterThan(0);
    for (let i = 0; i < times; i += 1) tool.child.kill('SIGINT');
    const { exitCode, stdout } = await tool.ended;
    expect(exitCode).toBe(105);
    const { summary, report } = readOnlyRun(results);
    expect(summary.verdict).toBe('incomplete');
    expect(summary.totals.requests).toBeGreaterThan(0);
    expect(report).toContain('INCOMPLETE');
    expect(report).toContain('requests in flight when a run is cut short: up to 5');
    expect(stdout).toContain('INCOMPLETE');
    expect(leftOvers(tag)).toEqual([]);
    expect(leftOvers(summary.target.replace('http://127.0.0.1:', '--port '))).toEqual([]);
  });
}

it('a k6 that is killed from outside ends with exit code 3 and the place of its log', async () => {
  const results = temporaryFolder();
  const tag = `k6v-test-${process.pid}-killed`;
  const tool = startTool(['run', 'sustained', '--results', results, '--', '--tag', `run=${tag}`], LOAD);
  await tool.says(/running \(.*\d\.\ds\), 5\/5 VUs/);
  const pids = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(tag) && / run --no-usage-report /.test(line) && !line.includes('start.mjs'))
    .map((line) => Number(line.trim().split(' ')[0]));
  expect(pids).toHaveLength(1);
  process.kill(pids[0] ?? 0, 'SIGKILL');
  const { exitCode, stderr } = await tool.ended;
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/killed by SIGKILL and left no usable summary[\s\S]*k6\.log/);
  const runId = readFileSync(path.join(results, 'latest'), 'utf8').trim();
  expect(readdirSync(path.join(results, runId))).toEqual(['k6.log', 'timeline.ndjson.gz']);
});

it('a run whose npm was terminated, as a cancelled CI job is, stops its load and keeps what it measured', async () => {
  const results = temporaryFolder();
  const tag = `k6v-test-${process.pid}-orphan`;
  const args = ['run', '-s', 'k6:sustained', '--', '--results', results, '--', '--tag', `run=${tag}`];
  const npm = spawn('npm', args, {
    cwd: projectRoot,
    env: { ...process.env, ...LOAD, BASE_URL: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve) =>
    npm.stdout.on('data', (text: Buffer) => /5\/5 VUs, [1-9]/.test(text.toString()) && resolve()),
  );
  npm.kill('SIGTERM');
  await expect.poll(() => leftOvers(tag), { interval: 500 }).toEqual([]);
  expect(readOnlyRun(results).summary.verdict).toBe('incomplete');
});
