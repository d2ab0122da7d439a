import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { callTool, projectRoot, startTool, temporaryFolder } from '../tool.ts';
import { backendCommand, projectAllowing, readAb } from './ab-project.ts';

/** About 700 replies of each endpoint in a run: a p95 needs 400 to decide. */
const LOAD = ['--vus', '20', '--think-time', '40ms', '--duration', '12s', '--warm-up', '1s', '--request-timeout', '2s'];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Every machine is busier than that. */
const NO_BUSY_MACHINE = 0.000_1;

describe('ab', () => {
  it('says at once that a machine is too busy, and stops after two pairs, each run on a fresh backend', async () => {
    const results = temporaryFolder();
    const end = await callTool(
      [
        ...['ab', '--scenario', 'smoke', '--aa', '--pairs', '3', '--looks', '1', '--results', results],
        // Enough for each of the 12 endpoints: a p50 needs 40 replies of it.
        ...['--vus', '10', '--duration', '2s', '--warm-up', '1s', '--think-time', '20ms'],
      ],
      {},
      projectAllowing(NO_BUSY_MACHINE),
    );
    const { record, comparison } = readAb(results);
    expect(end.exitCode, end.stdout).toBe(4);
    expect(end.stderr).toMatch(/Plan: 6 runs, 3 pairs\.\n {2}successful responses of each endpoint in a run: about \d/);
    expect(end.stderr).toMatch(/Run 1 of 6 .*; its machine was [\d.]+ % busy: this pair will not count; about/);
    expect(end.stderr).toContain('Stopped after 2 of 3 pairs: 2 of them cannot be compared: the machine was busy. The');
    expect(record).toMatchObject({ isSelfCheck: true, runs: Array(4).fill({ isUsable: true }) });
    expect(
      comparison.notes.filter((note) => /^2 of 2 pairs left out: the machine was over \S+ % busy/.test(note)),
    ).toHaveLength(1);
    const targets = record.runs.map(
      ({ runId }) => (JSON.parse(readFileSync(path.join(results, runId, 'summary.json'), 'utf8')) as RunSummary).target,
    );
    expect(new Set(targets).size).toBe(4);
  });

  it('an interruption while a target starts leaves nothing of it behind', async () => {
    const results = temporaryFolder();
    const pidFile = path.join(results, 'pid');
    const tool = startTool([
      ...['ab', '--scenario', 'sustained', '--aa', '--results', results, '--base-url', 'http://127.0.0.1:9'],
      ...['--base-start', `echo $$ > '${pidFile}'; echo waiting >&2; sleep 60`],
    ]);
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '').toBe(true);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    tool.child.kill('SIGINT');
    expect((await tool.ended).exitCode).toBe(130);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('an interruption stops the target as well, keeps the runs and compares nothing', async () => {
    const results = temporaryFolder();
    const port = 52_000 + (process.pid % 1_000);
    const url = `http://127.0.0.1:${port}`;
    const tool = startTool([
      ...['ab', '--scenario', 'sustained', '--aa', '--results', results, '--pairs', '5'],
      ...['--base-url', url, '--base-start', backendCommand(port), '--base-dir', projectRoot, ...LOAD],
    ]);
    await tool.says(/Run 1 of 10/);
    tool.child.kill('SIGINT');
    const end = await tool.ended;
    expect([105, 130]).toContain(end.exitCode);
    await expect(fetch(url)).rejects.toThrow();
    expect(readdirSync(results).some((name) => name.includes('-ab-'))).toBe(true);
    expect(end.stdout).not.toContain('UNCHANGED');
  });
});
