import os from 'node:os';

/** Time that all cores together have spent, in milliseconds since some start. */
export interface CpuReading {
  readonly busyMs: number;
  readonly allMs: number;
}

export function readCpu(): CpuReading {
  const times = os.cpus().map((cpu) => cpu.times);
  const allMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { allMs, busyMs: allMs - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** The share (0-1) of the whole machine's CPU time between two readings that was not idle; undefined without time between. */
export function cpuBusyShare(before: CpuReading, after: CpuReading): number | undefined {
  const allMs = after.allMs - before.allMs;
  return allMs > 0 ? (after.busyMs - before.busyMs) / allMs : undefined;
}
