import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { AbRecord } from '../cli/ab-record.ts';
import type { Comparison } from '../compare/comparison.ts';
import { COMPARE_EXIT } from '../core/exit-codes.ts';
import type { RunSummary } from '../core/run-summary.ts';
import { unhurriedProject } from './own-project.ts';
import { callTool, temporaryFolder } from './tool.ts';

/** 50 requests in each run, however long they take. */
const LOAD = ['--plan', 'reference', '--vus', '1', '--think-time', '20ms', '--warm-up', '1s'];

it('ab runs base and head in turn, each on a target of its own, and compares what it stored', async () => {
  const results = temporaryFolder();
  const end = await callTool(
    ['ab', '--scenario', 'sustained', '--aa', '--pairs', '1', '--looks', '1', '--results', results, ...LOAD],
    {},
    unhurriedProject(),
  );
  // One pair says nothing of the noise between runs; and none is fit to be compared where the machine was busy.
  expect([COMPARE_EXIT.pass, COMPARE_EXIT.incomparable], end.stdout).toContain(end.exitCode);
  expect(end.stdout).toMatch(/^\n?(INCONCLUSIVE|INCOMPARABLE): /);
  const [folder = ''] = readdirSync(results).filter((name) => name.includes('-ab-'));
  const read = (...names: string[]) => JSON.parse(readFileSync(path.join(results, ...names), 'utf8')) as unknown;
  const record = read(folder, 'ab.json') as AbRecord;
  expect(record.isSelfCheck).toBe(true);
  expect(record.runs.map(({ side }) => side)).toEqual(['base', 'head']);
  const runs = record.runs.map(({ runId }) => read(runId, 'summary.json') as RunSummary);
  expect(runs.map(({ totals }) => totals.requests)).toEqual([50, 50]);
  expect(new Set(runs.map(({ target }) => target)).size).toBe(2);

  const again = await callTool([
    'compare',
    '--results',
    results,
    '--base',
    ...idsOf(record, 'base'),
    '--head',
    ...idsOf(record, 'head'),
    '--json',
  ]);
  expect(again.exitCode).toBe(end.exitCode);
  expect((JSON.parse(again.stdout) as Comparison).rows).toEqual((read(folder, 'comparison.json') as Comparison).rows);
});

it('a target that does not start ends ab, with its last words, and nothing of it stays behind', async () => {
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
});

const idsOf = ({ runs }: AbRecord, side: 'base' | 'head') =>
  runs.filter((run) => run.side === side).map(({ runId }) => runId);
