import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { bundleScenario } from '../run/k6/bundle-scenario.ts';
import { k6RunArguments, recordingArguments } from '../run/k6/k6-process.ts';
import { orderOf, withUsualCollector } from './k6-sides.ts';
import type { BenchLine } from './line.ts';
import { startTarget } from './target.ts';

const RATE = 2500;
const FROM_SECONDS = 20;
const TO_SECONDS = 200;
/** What is on its way at the moment counts as held: the least of several looks is nearest to what stays. */
const LOOKS = 5;
const MIB = 1024 ** 2;

interface Look {
  /** What is left after a garbage collection. */
  readonly heldBytes: number;
  /** With what the garbage collector has not collected yet: it goes up and down by a good part. */
  readonly residentBytes: number;
  /** Served since the last look. */
  readonly requests: number;
}

/** By how much what a recorded k6 holds grows with each request. Linux only. @param limit in bytes per request */
export async function memoryGrowth(k6: K6Binary, folder: string, limit: number): Promise<BenchLine> {
  const target = await startTarget(0);
  const bundle = path.join(folder, 'steady.js');
  await bundleScenario(fileURLToPath(new URL('./scenarios/steady.ts', import.meta.url)), bundle);
  const address = `127.0.0.1:${await freePort()}`;
  const variables = { BASE_URL: target.url, BENCH_RATE: String(RATE), BENCH_SECONDS: String(TO_SECONDS + 20) };
  const profiling = ['--profiling-enabled', `--address=${address}`];
  const recording = recordingArguments(path.join(folder, 'memory.ndjson'));
  const running = spawn(k6.path, k6RunArguments(bundle, [...recording, ...profiling]), {
    stdio: 'ignore',
    cwd: folder,
    env: { ...withUsualCollector(process.env), ...orderOf(folder, 'recorder'), ...variables },
  });
  try {
    const startedAtMs = performance.now();
    const lookAt = async (second: number): Promise<Look> => {
      await delay(second * 1000 - (performance.now() - startedAtMs));
      const looks: number[] = [];
      for (let i = 0; i < LOOKS; i += 1) looks.push(await heldBytesAt(address));
      const residentBytes = residentBytesOf(running.pid ?? -1);
      return { heldBytes: Math.min(...looks), residentBytes, requests: target.takeCount() };
    };
    const early = await lookAt(FROM_SECONDS);
    const late = await lookAt(TO_SECONDS);
    const rate = Math.round(late.requests / (TO_SECONDS - FROM_SECONDS));
    return {
      title: `what k6 holds more of with each request, recorded, from ${FROM_SECONDS} s to ${TO_SECONDS} s`,
      value: (late.heldBytes - early.heldBytes) / late.requests,
      unit: 'bytes',
      limit,
      detail: `${describe(early)}, then ${describe(late)}; ${late.requests} requests in between, ${rate} a second (${RATE} asked for)`,
    };
  } finally {
    running.kill('SIGKILL');
    target.close();
  }
}

/** Go collects its garbage before it answers. */
async function heldBytesAt(address: string): Promise<number> {
  const profile = await fetch(`http://${address}/debug/pprof/heap?gc=1&debug=1`);
  const bytes = /^# HeapAlloc = (\d+)/m.exec(await profile.text())?.[1];
  if (bytes === undefined) throw new Error('k6 does not say what it holds');
  return Number(bytes);
}

/** @throws Error once the process has ended */
function residentBytesOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error('k6 ended before its time');
  return Number(kibibytes) * 1024;
}

function describe({ heldBytes, residentBytes }: Look): string {
  return `${(heldBytes / MIB).toFixed(1)} MiB held (${(residentBytes / MIB).toFixed(0)} MiB of memory)`;
}

/** Of the system: another k6 may have the usual one. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
