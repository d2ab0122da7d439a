import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../compare/comparison.ts';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import type { AbRecord } from '../../results/ab-record.ts';
import { comparisonSchema } from '../../results/report-schema.ts';
import { unhurriedProject } from '../own-project.ts';
import { callTool, projectRoot, startTool, temporaryFolder } from '../tool.ts';

/** About 700 replies of each endpoint in a run: a p95 needs 400 to decide. */
const LOAD = ['--vus', '20', '--think-time', '40ms', '--duration', '12s', '--warm-up', '1s', '--request-timeout', '2s'];

/** This repository's scenarios, where a machine that others keep busy is no reason to leave a run out. */
function projectOnAnyMachine(): string {
  const folder = unhurriedProject();
  const file = path.join(folder, 'package.json');
  const own = JSON.parse(readFileSync(file, 'utf8')) as { 'k6-verdict': object };
  const comparison = { mostBusyShare: 1 };
  writeFileSync(file, JSON.stringify({ ...own, 'k6-verdict': { ...own['k6-verdict'], comparison } }));
  return folder;
}

/** Answers on a port of its own after 20 ms, or some more. */
function backendCommand(port: number, delayMs: number): string {
  return `"${process.execPath}" lib/reference/backend/start.mjs --port ${port} --no-rate-limits --delay-ms 20 --delay-ms projects=${delayMs}`;
}

function readAb(results: string): {
  readonly record: AbRecord;
  readonly comparison: Comparison;
  readonly files: string[];
} {
  const [folder = ''] = readdirSync(results).filter((name) => name.includes('-ab-'));
  const read = (name: string) => JSON.parse(readFileSync(path.join(results, folder, name), 'utf8')) as unknown;
  const files = readdirSync(path.join(results, folder)).sort();
  return {
    record: read('ab.json') as AbRecord,
    get comparison() {
      return read('comparison.json') as Comparison;
    },
    files,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('ab', () => {
  it('runs base and head in turn on targets that it starts, and catches an endpoint that got slower', async () => {
    const results = temporaryFolder();
    const port = 51_000 + (process.pid % 1_000);
    const url = `http://127.0.0.1:${port}`;
    const junit = path.join(results, 'junit.xml');
    const end = await callTool(
      [
        ...['ab', '--scenario', 'sustained', '--pairs', '3', '--looks', '1', '--results', results, '--junit', junit],
        ...[
          '--base-url',
          url,
          '--base-start',
          backendCommand(port, 20),
          '--base-dir',
          projectRoot,
          '--base-release',
          '1.4',
        ],
        ...[
          '--head-url',
          url,
          '--head-start',
          backendCommand(port, 60),
          '--head-dir',
          projectRoot,
          '--head-release',
          '1.5',
        ],
        ...LOAD,
      ],
      {},
      projectOnAnyMachine(),
    );
    expect(end.exitCode, end.stdout).toBe(1);
    expect(end.stdout).toContain('projects: p95 of ok replies');
    expect(end.stderr).toContain('Run 6 of 6');
    const { record, comparison, files } = readAb(results);
    expect(files).toEqual(['ab.json', 'comparison.html', 'comparison.json', 'comparison.md']);
    expect(record.runs.map(({ side }) => side)).toEqual(['base', 'head', 'head', 'base', 'base', 'head']);
    const isComparison = new Ajv({ strict: false }).compile(comparisonSchema() as object);
    isComparison(comparison);
    expect(isComparison.errors).toBeNull();
    expect(comparison).toMatchObject({
      decision: 'fail',
      design: 'paired',
      base: { name: '1.4' },
      head: { name: '1.5' },
    });
    const regressed = comparison.rows.filter(({ family, state }) => family !== 'information' && state === 'regressed');
    expect(regressed.map(({ endpoint, metric }) => `${endpoint} ${metric}`)).toContain('projects p95');
    expect(readFileSync(junit, 'utf8')).toContain('<failure');
    for (const { runId } of record.runs) {
      const summary = JSON.parse(readFileSync(path.join(results, runId, 'summary.json'), 'utf8')) as RunSummary;
      expect(summary.load.warmUpSeconds).toBe(1);
    }
    await expect(fetch(url)).rejects.toThrow();

    // The stored runs say the same again, without k6.
    const of = (side: 'base' | 'head') =>
      record.runs.filter((run) => run.side === side).map(({ runId }) => path.join(results, runId));
    const again = await callTool(
      ['compare', '--results', results, '--base', ...of('base'), '--head', ...of('head'), '--json'],
      {},
      projectOnAnyMachine(),
    );
    const rows = (JSON.parse(again.stdout) as Comparison).rows;
    expect(rows).toEqual(comparison.rows);
    expect(again.exitCode).toBe(1);
  });

  it('runs base against base on a fresh reference backend each time, and finds it unchanged or unclear', async () => {
    const results = temporaryFolder();
    const end = await callTool(
      [
        ...['ab', '--scenario', 'smoke', '--aa', '--pairs', '2', '--looks', '1', '--results', results],
        // Enough for each of the 12 endpoints: one that was not requested in a run cannot be compared.
        ...['--duration', '1s', '--warm-up', '1s', '--think-time', '20ms'],
      ],
      {},
      projectOnAnyMachine(),
    );
    expect(end).toMatchObject({ exitCode: 0 });
    const { record, comparison } = readAb(results);
    expect(record.isSelfCheck).toBe(true);
    expect(['pass', 'inconclusive']).toContain(comparison.decision);
    const targets = record.runs.map(
      ({ runId }) => (JSON.parse(readFileSync(path.join(results, runId, 'summary.json'), 'utf8')) as RunSummary).target,
    );
    expect(new Set(targets).size).toBe(4);
  });

  it('a target that does not start ends it, with its last words, and nothing of it stays behind', async () => {
    const results = temporaryFolder();
    const end = await callTool([
      ...['ab', '--scenario', 'smoke', '--results', results, '--base-url', 'http://127.0.0.1:9'],
      ...['--base-start', 'echo no such module >&2; exit 3', '--head-url', 'http://127.0.0.1:7'],
    ]);
    expect(end.exitCode).toBe(2);
    expect(end.stderr).toContain('--base-start did not start a service that answers');
    expect(end.stderr).toContain('it ended with exit code 3');
    expect(end.stderr).toContain('no such module');
    expect(end.stderr).not.toMatch(/\n\s+at /);
    expect(readAb(results).record.runs).toEqual([]);
  });

  it('an interruption while a target starts leaves nothing of it behind', async () => {
    const results = temporaryFolder();
    const pidFile = path.join(results, 'pid');
    const tool = startTool([
      ...['ab', '--scenario', 'smoke', '--aa', '--results', results, '--base-url', 'http://127.0.0.1:9'],
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
      ...['--base-url', url, '--base-start', backendCommand(port, 20), '--base-dir', projectRoot, ...LOAD],
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
