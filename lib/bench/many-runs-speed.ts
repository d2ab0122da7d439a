import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { endpointSummary, loadRecord, measuredRun, pooled, runSummary } from '../testing/runs.ts';
import type { BenchLine } from './line.ts';
import { measureProcess, median } from './processes.ts';

const RUNS = 3;
const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = path.join(root, 'dist', 'k6-verdict.mjs');

/** Merging many summaries, as a whole process with half a gigabyte of heap at most: with more it would end in an error. */
export async function mergeSpeed(folder: string, count: number, endpoints: number, limit: number): Promise<BenchLine> {
  const results = path.join(folder, 'merge');
  const folders = Array.from({ length: count }, (_, i) => {
    const summary = summaryOf(endpoints, i, { runId: 'merged' });
    return store(results, `merged.${i + 1}`, {
      ...summary,
      load: { ...summary.load, segment: { of: count } },
      instance: i + 1,
    });
  });
  const command = (i: number) => [
    ...['node', '--max-old-space-size=400', tool, 'merge', '--results', path.join(folder, `merge-out-${i}`)],
    ...folders,
  ];
  return measured(`merging ${count} summaries of ${endpoints} endpoints (heap of 400 MB at most)`, command, limit);
}

/** Comparing many runs of a large service, as a whole process, with everything that it writes. */
export async function compareSpeed(folder: string, runs: number, endpoints: number, limit: number): Promise<BenchLine> {
  const results = path.join(folder, 'compare');
  const sides = (['base', 'head'] as const).map((side, offset) =>
    Array.from({ length: runs }, (_, i) => {
      const at = (seconds: number) => new Date(Date.UTC(2026, 10, 24, 9, 4 * i + 2 * offset, seconds)).toISOString();
      const times = { startedAt: at(0), loadStartedAt: at(1), endedAt: at(59) };
      return store(results, `${side}-${i + 1}`, {
        ...summaryOf(endpoints, i + offset, { runId: `${side}-${i + 1}` }),
        ...times,
      });
    }),
  );
  const [base = [], head = []] = sides;
  const command = () => ['node', tool, 'compare', '--results', results, '--base', ...base, '--head', ...head];
  return measured(`comparing ${runs} runs with ${runs}, of ${endpoints} endpoints`, command, limit);
}

async function measured(title: string, command: (i: number) => readonly string[], limit: number): Promise<BenchLine> {
  const seconds: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { wallSeconds, exitCode } = await measureProcess(command(i), process.env, root);
    if (exitCode !== 0) throw new Error(`${title}: exit code ${exitCode}`);
    seconds.push(wallSeconds);
  }
  return {
    title,
    value: median(seconds),
    unit: 's',
    limit,
    detail: `runs ${seconds.map((each) => each.toFixed(2)).join(' ')}`,
  };
}

function store(results: string, name: string, summary: RunSummary): string {
  const folder = path.join(results, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'summary.json'), JSON.stringify(summary, null, 1));
  return folder;
}

function summaryOf(count: number, run: number, names: { readonly runId: string }): RunSummary {
  const endpoints = Array.from({ length: count }, (_, i) =>
    endpointSummary(`endpoint-${i}`, {
      okMedianMs: (20 + (i % 40) * 8) * (1 + 0.002 * ((run * 7 + i) % 5)),
      outcomes: { ok: 5000 - (run % 7) },
    }),
  );
  return runSummary(measuredRun(endpoints, { ...names, totals: pooled(endpoints), load: loadRecord() }));
}
