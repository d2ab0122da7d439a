import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpointSummary, measuredRun, pooled, runSummary } from '../testing/runs.ts';
import type { BenchLine } from './line.ts';
import { measureProcess, median } from './processes.ts';

const RUNS = 5;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A command that reads a stored run, and the exit code with which it ends for the one of this bench. */
const COMMANDS = {
  report: { title: 'rebuilding the report', exitCode: 0 },
  gate: { title: 'the gate over a run', exitCode: 1 },
} as const;

/** A command over a stored run, as a whole process of the tool as it was built. */
export async function storedRunSpeed(
  folder: string,
  command: keyof typeof COMMANDS,
  endpoints: number,
  limit: number,
): Promise<BenchLine> {
  const { title, exitCode: expected } = COMMANDS[command];
  const runFolder = path.join(folder, `${command}-${endpoints}`);
  mkdirSync(runFolder);
  writeFileSync(path.join(runFolder, 'summary.json'), JSON.stringify(summaryOf(endpoints)));
  const seconds: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const tool = [path.join(root, 'dist', 'k6-verdict.mjs'), command, runFolder];
    const { wallSeconds, exitCode } = await measureProcess(tool, process.env, root);
    if (exitCode !== expected) throw new Error(`${command} ended with exit code ${exitCode}`);
    seconds.push(wallSeconds);
  }
  return {
    title: `${title} of ${endpoints} endpoints`,
    value: median(seconds),
    unit: 's',
    limit,
    detail: `runs ${seconds.map((each) => each.toFixed(2)).join(' ')}`,
  };
}

/** A run in which some endpoints fail and some are slow, so that every section has something to say. */
function summaryOf(count: number) {
  const endpoints = Array.from({ length: count }, (_, i) =>
    endpointSummary(`endpoint-${i}`, {
      category: `Category ${i % 10}`,
      okMedianMs: 20 + (i % 40) * 15,
      outcomes: { ok: 5000 - (i % 7), ...(i % 5 === 0 ? { timeout: 20, server_error: 3 } : {}) },
    }),
  );
  return runSummary(measuredRun(endpoints, { totals: pooled(endpoints) }), { k6ExitCode: 99 });
}
