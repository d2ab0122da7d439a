import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findK6 } from '../k6-binary/find-k6.ts';
import { backendCapacity } from './backend-capacity.ts';
import { burstCost } from './burst-cost.ts';
import { type CountingCase, countingCost } from './counting-cost.ts';
import { type BenchLine, isWithin, renderLine } from './line.ts';
import { compareSpeed, mergeSpeed } from './many-runs-speed.ts';
import { segmentMemory } from './segment-memory.ts';
import { storedRunSpeed } from './stored-run-speed.ts';
import { surroundingsCost } from './surroundings-cost.ts';

const COUNTING: readonly CountingCase[] = [
  { title: "k6's CPU per request, 12 endpoints, against a bare script", endpoints: 12, failures: 0, limit: 1.1 },
  { title: "k6's CPU per request, 200 endpoints, against a bare script", endpoints: 200, failures: 0, limit: 1.25 },
  { title: 'the same at 12 endpoints, with the timeline on', endpoints: 12, failures: 0, timeline: true },
  { title: 'the same at 12 endpoints, 8 of 10 replies failing', endpoints: 12, failures: 8 },
  {
    title: 'the same at 12 endpoints, both with our settings of the garbage collector',
    endpoints: 12,
    failures: 0,
    sameCollector: true,
  },
  {
    title: 'the same at 200 endpoints, both with our settings of the garbage collector',
    endpoints: 200,
    failures: 0,
    sameCollector: true,
  },
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-bench-'));
const lines: BenchLine[] = [];
const show = (line: BenchLine) => {
  lines.push(line);
  console.log(renderLine(line));
};
try {
  const k6 = await findK6();
  for (const each of COUNTING) show(await countingCost(k6, folder, each));
  show(await burstCost(k6, folder));
  show(await backendCapacity(k6, folder));
  show(await surroundingsCost(folder, 3));
  show(await segmentMemory(folder, 1.25));
  execFileSync(process.execPath, ['build.mjs'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'ignore',
  });
  show(await storedRunSpeed(folder, 'report', 12, 1.5));
  show(await storedRunSpeed(folder, 'report', 1000, 5));
  show(await storedRunSpeed(folder, 'gate', 12, 0.7));
  show(await mergeSpeed(folder, 1000, 12, 5));
  show(await compareSpeed(folder, 10, 200, 3));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = lines.every(isWithin) ? 0 : 1;
