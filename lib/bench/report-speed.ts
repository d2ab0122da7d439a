import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpointSummary, measuredRun, pooled, runSummary } from '../report/fixtures.ts';
import type { BenchLine } from './line.ts';
import { measureProcess, median } from './processes.ts';

const RUNS = 5;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Rebuilding every format of the report of a run, as a whole process of the tool as it was built. */
export async function reportSpeed(folder: string, endpoints: number, limit: number): Promise<BenchLine> {
  const runFolder = path.join(folder, `report-${endpoints}`);
  mkdirSync(runFolder);
  writeFileSync(path.join(runFolder, 'summary.json'), JSON.stringify(summaryOf(endpoints)));
  const seconds: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const command = [path.join(root, 'dist', 'k6-verdict.mjs'), 'report', runFolder];
    const { wallSeconds, exitCode } = await measureProcess(command, process.env, root);
    if (exitCode !== 0) throw new Error(`report ended with exit code ${exitCode}`);
    seconds.push(wallSeconds);
  }
  return {
    title: `rebuilding the report of ${endpoints} endpoints, all formats`,
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
