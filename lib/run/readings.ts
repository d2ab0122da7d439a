import os from 'node:os';
import type { GeneratorHost } from '../core/judge/run-summary.ts';
import { type BaseUrl, placeOf } from '../core/spec/base-url.ts';
import { present } from '../core/spec/present.ts';
import { describeHost } from './complete-summary.ts';
import { type CpuReading, cpuBusyShare, readCpu } from './host-cpu.ts';
import type { K6End } from './k6/k6-process.ts';

/** The machine as it is when a run begins, for what becomes of it meanwhile. */
export interface Readings {
  readonly at: Date;
  readonly loadAverage: number;
  readonly cpu: CpuReading;
}

export function takeReadings(): Readings {
  return { at: new Date(), loadAverage: os.loadavg()[0] ?? 0, cpu: readCpu() };
}

/** The machine as it was between two looks at it, with what was seen of k6 and of the memory meanwhile. */
export function hostBetween(
  before: Readings,
  after: Readings,
  { usage: k6, memory }: Pick<K6End, 'usage' | 'memory'>,
  proxy?: BaseUrl,
): GeneratorHost {
  return describeHost({
    loadAverage: [before.loadAverage, after.loadAverage],
    ...present({ cpuBusyShare: cpuBusyShare(before.cpu, after.cpu), k6, memory, proxy: proxy && placeOf(proxy) }),
  });
}
