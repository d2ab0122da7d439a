import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBackend } from '../backend/start-backend.ts';
import { bundleScenario } from '../cli/bundle-scenario.ts';
import { k6Environment, k6RunArguments } from '../cli/k6-process.ts';
import { encodeRunOrder } from '../core/run-order.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import type { BenchLine } from './line.ts';
import { measureProcess } from './processes.ts';

const USERS = 20;

/** How many requests per second of its own CPU time the reference backend serves: it runs on one core. */
export async function backendCapacity(k6: K6Binary, folder: string): Promise<BenchLine> {
  const backend = await startBackend({ args: ['--no-rate-limits'] });
  try {
    const bundle = path.join(folder, 'capacity.js');
    await bundleScenario(fileURLToPath(new URL('../../scenarios/smoke.ts', import.meta.url)), bundle);
    const variables = {
      BASE_URL: backend.url,
      VUS: String(USERS),
      DURATION: '6s',
      THINK_TIME: '0',
      ...encodeRunOrder({ summaryFile: path.join(folder, 'capacity.json'), measuresAtRest: false }),
    };
    const cpuBefore = cpuSecondsOf(backend.pid);
    const { wallSeconds } = await measureProcess(
      [k6.path, ...k6RunArguments(bundle, [])],
      k6Environment(variables),
      folder,
    );
    const cpuSeconds = cpuSecondsOf(backend.pid) - cpuBefore;
    const { received } = (await backend.readTruth()).totals;
    return {
      title: 'the reference backend alone, requests per second of its CPU',
      value: received / cpuSeconds,
      unit: '/s',
      detail: `${received} requests in ${wallSeconds.toFixed(1)} s beside k6 (${(received / wallSeconds).toFixed(0)}/s), ${cpuSeconds.toFixed(1)} s of CPU`,
    };
  } finally {
    await backend.stop();
  }
}

/** Linux only, as /proc is: user and system time of a process, in clock ticks of 10 ms. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
