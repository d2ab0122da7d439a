import os from 'node:os';
import { sum } from '../core/spec/sum.ts';

/** Time that all cores together have spent, in milliseconds since some start. */
export interface CpuReading {
  readonly busyMs: number;
  readonly allMs: number;
}

export function readCpu(): CpuReading {
  const times = os.cpus().map((cpu) => cpu.times);
  const allMs = sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq));
  return { allMs, busyMs: allMs - sum(times.map(({ idle }) => idle)) };
}

/** The share (0-1) of the whole machine's CPU time between two readings that was not idle; undefined without time between. */
export function cpuBusyShare(before: CpuReading, after: CpuReading): number | undefined {
  const allMs = after.allMs - before.allMs;
  return allMs > 0 ? (after.busyMs - before.busyMs) / allMs : undefined;
}
