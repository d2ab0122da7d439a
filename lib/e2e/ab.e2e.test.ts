import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Comparison } from '../compare/comparison.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { AbRecord } from '../results/ab-record.ts';
import { unhurriedProject } from './own-project.ts';
import { callTool, temporaryFolder } from './tool.ts';

/** 200 requests in each run, however long they take: 40 of each endpoint, by which a p50 can be decided. */
const LOAD = ['--plan', 'reference', '--vus', '4', '--think-time', '20ms', '--warm-up', '1s'];

it('ab runs base and head in turn, each on a target of its own, and compares what it stored', async () => {
  const results = temporaryFolder();
  const end = await callTool(
    ['ab', '--scenario', 'sustained', '--aa', '--pairs', '2', '--looks', '1', '--results', results, ...LOAD],
    {},
    unhurriedProject(),
  );
  expect(end.stderr).toContain('successful responses of each endpoint in a run: about 40');
  const [folder = ''] = readdirSync(results).filter((name) => name.includes('-ab-'));
  const read = (...names: string[]) => JSON.parse(readFileSync(path.join(results, ...names), 'utf8')) as unknown;
  const record = read(folder, 'ab.json') as AbRecord;
  expect(record.isSelfCheck).toBe(true);
  expect(record.runs.map(({ side }) => side)).toEqual(['base', 'head', 'head', 'base']);
  const runs = record.runs.map(({ runId }) => read(runId, 'summary.json') as RunSummary);
  expect(runs.map(({ totals }) => totals.requests)).toEqual([200, 200, 200, 200]);
  expect(new Set(runs.map(({ target }) => target)).size).toBe(4);
  // Two pairs say little, and none counts where the machine was busy: what is said goes with the exit code.
  const { exitCode, headline } = read(folder, 'comparison.json') as Comparison;
  expect(end.exitCode).toBe(exitCode);
  expect(end.stdout).toContain(headline);

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
    ...['ab', '--scenario', 'sustained', '--results', results, '--base-url', 'http://127.0.0.1:9'],
    ...['--base-start', 'echo no such module >&2; exit 3', '--head-url', 'http://127.0.0.1:7'],
  ]);
  expect(end.exitCode).toBe(2);
  expect(end.stderr).toContain('--base-start did not start a service that answers');
  expect(end.stderr).toContain('it ended with exit code 3');
  expect(end.stderr).toContain('no such module');
  expect(end.stderr).not.toMatch(/\n\s+at /);
  const [folder = ''] = readdirSync(results).filter((name) => name.includes('-ab-'));
  const record = JSON.parse(readFileSync(path.join(results, folder, 'ab.json'), 'utf8')) as AbRecord;
  expect(record.runs).toEqual([]);
});

const idsOf = ({ runs }: AbRecord, side: 'base' | 'head') =>
  runs.filter((run) => run.side === side).map(({ runId }) => runId);

it.each([
  [
    ['--duration', '1s'],
    /at most \d+ successful responses .*\(--duration 1s\)[\s\S]*to do: +--duration \d+s for the p50/,
  ],
  [['--pairs', '1', '--looks', '1'], /how much two runs of the same release differ/],
])('ab refuses a plan that can decide nothing, before anything is sent: %j', async (options, words) => {
  const results = temporaryFolder();
  const end = await callTool(['ab', '--scenario', 'sustained', '--aa', '--results', results, ...options]);
  expect(end.exitCode).toBe(2);
  expect(end.stderr).toMatch(words);
  expect(readdirSync(results)).toEqual([]);
});
