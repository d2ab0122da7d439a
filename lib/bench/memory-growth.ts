import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { bundleScenario } from '../run/k6/bundle-scenario.ts';
import { k6RunArguments, recordingArguments } from '../run/k6/k6-process.ts';
import { orderOf, withUsualCollector } from './k6-sides.ts';
import type { BenchLine } from './line.ts';
import { median } from './processes.ts';
import { type BenchTarget, startTarget } from './target.ts';

const RATE = 2500;
const FROM_SECONDS = 20;
const TO_SECONDS = 200;
/** Memory goes up and down with the garbage collector: each of the two is the median of so many seconds before it. */
const WINDOW_SECONDS = 10;
const LOOK_EVERY_MS = 200;

interface Look {
  readonly residentBytes: number;
  readonly requests: number;
}

/** By how much a recorded k6 grows with each request. Linux only. @param limit in bytes per request */
export async function memoryGrowth(k6: K6Binary, folder: string, limit: number): Promise<BenchLine> {
  const target = await startTarget(0);
  const bundle = path.join(folder, 'steady.js');
  await bundleScenario(fileURLToPath(new URL('./scenarios/steady.ts', import.meta.url)), bundle);
  const record = path.join(folder, 'memory.ndjson');
  const variables = { BASE_URL: target.url, BENCH_RATE: String(RATE), BENCH_SECONDS: String(TO_SECONDS + 5) };
  const running = spawn(k6.path, k6RunArguments(bundle, recordingArguments(record)), {
    stdio: 'ignore',
    cwd: folder,
    env: { ...withUsualCollector(process.env), ...orderOf(folder, 'recorder'), ...variables },
  });
  try {
    const startedAtMs = performance.now();
    const pid = running.pid ?? -1;
    const early = await lookAt(pid, target, startedAtMs, FROM_SECONDS);
    const late = await lookAt(pid, target, startedAtMs, TO_SECONDS);
    return {
      title: `what k6 grows by with each request, recorded, from ${FROM_SECONDS} s to ${TO_SECONDS} s`,
      value: (late.residentBytes - early.residentBytes) / late.requests,
      unit: 'bytes',
      limit,
      detail: `${describe(early)} to ${describe(late)} in memory; ${late.requests} requests in between, ${Math.round(late.requests / (TO_SECONDS - FROM_SECONDS))} a second (${RATE} asked for)`,
    };
  } finally {
    running.kill('SIGKILL');
    target.close();
  }
}

/** What k6 holds at that second of the run, and how many requests were served since the last look. */
async function lookAt(pid: number, target: BenchTarget, startedAtMs: number, second: number): Promise<Look> {
  const age = () => (performance.now() - startedAtMs) / 1000;
  await delay((second - WINDOW_SECONDS - age()) * 1000);
  const seen: number[] = [];
  while (age() < second) {
    seen.push(residentBytesOf(pid));
    await delay(LOOK_EVERY_MS);
  }
  return { residentBytes: median(seen), requests: target.takeCount() };
}

/** @throws Error once the process has ended */
function residentBytesOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error('k6 ended before its time');
  return Number(kibibytes) * 1024;
}

function describe({ residentBytes }: Look): string {
  return `${(residentBytes / 1024 ** 2).toFixed(1)} MiB`;
}
