import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BenchLine } from './line.ts';
import { writeLongRecord } from './long-record.ts';
import { median } from './processes.ts';

const RUNS = 3;

interface Reading {
  readonly seconds: number;
  readonly series: number;
  readonly peakBytes: number;
}

/** Size, time and memory of a record of four hours at 200 rows, read by a process of its own. */
export async function recordReading(folder: string): Promise<BenchLine[]> {
  const record = path.join(folder, 'long.ndjson');
  const { bytes, periods } = writeLongRecord(record);
  const program = path.join(folder, 'read-record.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./read-record.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['k6-verdict-source'],
    logLevel: 'error',
  });
  const readings = Array.from(
    { length: RUNS },
    () => JSON.parse(execFileSync(process.execPath, [program, record], { encoding: 'utf8' })) as Reading,
  );
  const what = 'a record of 4 hours at 200 rows';
  const seconds = readings.map((each) => each.seconds);
  const peaks = readings.map((each) => each.peakBytes / 1e6);
  return [
    { title: what, value: bytes / 1e6, unit: 'MB', limit: 100, detail: `${periods} periods` },
    { title: `reading ${what}`, value: median(seconds), unit: 's', limit: 10, detail: `runs ${listed(seconds, 2)}` },
    {
      title: `memory of reading ${what}`,
      value: median(peaks),
      unit: 'MB',
      limit: 500,
      detail: `runs ${listed(peaks, 0)}`,
    },
  ];
}

function listed(values: readonly number[], digits: number): string {
  return values.map((value) => value.toFixed(digits)).join(' ');
}
