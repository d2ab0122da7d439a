import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { BenchLine } from './line.ts';
import { measureProcess, median } from './processes.ts';

const RUNS = 5;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a run takes beside its load: start, bundle, backend, requests at rest, judging, reports. */
export async function surroundingsCost(folder: string, limit: number): Promise<BenchLine> {
  const around: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const results = path.join(folder, `run-${i}`);
    const command = [
      process.execPath,
      '--',
      'lib/cli/start.mjs',
      'run',
      'smoke',
      '--duration',
      '3s',
      '--results',
      results,
    ];
    const { wallSeconds, exitCode } = await measureProcess(command, process.env, root);
    if (exitCode !== 0) throw new Error(`run smoke ended with exit code ${exitCode}`);
    const runId = readFileSync(path.join(results, 'latest'), 'utf8').trim();
    const { load } = JSON.parse(readFileSync(path.join(results, runId, 'summary.json'), 'utf8')) as RunSummary;
    around.push(wallSeconds - load.windowSeconds);
  }
  return {
    title: 'everything around the load of a run',
    value: median(around),
    unit: 's',
    limit,
    detail: `runs ${around.map((seconds) => seconds.toFixed(2)).join(' ')}`,
  };
}
