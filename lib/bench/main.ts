import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findK6 } from '../k6-binary/find-k6.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { backendCapacity } from './backend-capacity.ts';
import { burstCost } from './burst-cost.ts';
import { COUNTING_CASES, COUNTING_PARTS } from './counting-cases.ts';
import { countingCost } from './counting-cost.ts';
import { journeyCost } from './journey-cost.ts';
import { type BenchLine, isWithin, renderLine } from './line.ts';
import { compareSpeed, mergeSpeed } from './many-runs-speed.ts';
import { memoryGrowth } from './memory-growth.ts';
import { recordReading } from './record-reading.ts';
import { storedRunSpeed } from './stored-run-speed.ts';
import { surroundingsCost } from './surroundings-cost.ts';

/** By the names that choose them: `npm run bench -- cost memory`. */
const PARTS: Readonly<
  Record<string, (k6: K6Binary, folder: string, show: (line: BenchLine) => void) => Promise<void>>
> = {
  cost: async (k6, folder, show) => {
    for (const each of COUNTING_CASES) show(await countingCost(k6, folder, each));
    show(await journeyCost(k6, folder));
    show(await burstCost(k6, folder));
  },
  parts: async (k6, folder, show) => {
    for (const each of COUNTING_PARTS) show(await countingCost(k6, folder, each));
  },
  around: async (k6, folder, show) => {
    show(await backendCapacity(k6, folder));
    show(await surroundingsCost(folder, 3));
  },
  memory: async (k6, folder, show) => show(await memoryGrowth(k6, folder, 20)),
  reading: async (_, folder, show) => {
    for (const line of await recordReading(folder)) show(line);
  },
  reports: async (_, folder, show) => {
    execFileSync(process.execPath, ['build.mjs'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: 'ignore',
    });
    show(await storedRunSpeed(folder, 'report', 12, 1.5));
    show(await storedRunSpeed(folder, 'report', 1000, 5));
    show(await storedRunSpeed(folder, 'gate', 12, 0.7));
    show(await mergeSpeed(folder, 1000, 12, 5));
    show(await compareSpeed(folder, 10, 200, 3));
  },
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-bench-'));
const lines: BenchLine[] = [];
try {
  const k6 = await findK6();
  for (const [name, measure] of Object.entries(PARTS)) {
    if (named.length > 0 && !named.includes(name)) continue;
    await measure(k6, folder, (line) => {
      lines.push(line);
      console.log(renderLine(line));
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = lines.every(isWithin) ? 0 : 1;
