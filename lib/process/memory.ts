import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type MemoryUse, worseMemory } from '../core/spec/memory-use.ts';
import { present } from '../core/spec/present.ts';

/** The memory of this machine at one time, in bytes. */
export interface MemoryReading {
  /** What programs can still take: page cache that can be given back counts as free. */
  readonly availableBytes: number;
  readonly swapUsedBytes?: number;
  /** Of the container that we run in. */
  readonly limit?: { readonly bytes: number; readonly usedBytes: number };
}

type ReadText = (file: string) => string | undefined;

/** On Linux from /proc and the cgroup, elsewhere what Node tells. @param read undefined for a file that is not there */
export function readMemory(read: ReadText = textOf): MemoryReading {
  const known = numbersOf(read('/proc/meminfo') ?? '', /^(\w+): +(\d+) kB$/gm);
  const swapTotal = known.get('SwapTotal');
  const limit = cgroupLimit(read);
  return {
    availableBytes: 1024 * (known.get('MemAvailable') ?? os.freemem() / 1024),
    ...present({ swapUsedBytes: swapTotal && 1024 * (swapTotal - (known.get('SwapFree') ?? swapTotal)), limit }),
  };
}

/** Of cgroup v2, from our own group up: the one that is nearest to its limit. */
function cgroupLimit(read: ReadText): MemoryReading['limit'] {
  const own = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1];
  if (own === undefined) return undefined;
  const groups = own.split('/').map((_, i, names) => path.posix.join('/sys/fs/cgroup', ...names.slice(0, i + 1)));
  const limits = groups.flatMap((group) => {
    const bytes = Number(read(`${group}/memory.max`));
    const current = Number(read(`${group}/memory.current`));
    if (!(bytes > 0) || !(current > 0)) return [];
    const cached = numbersOf(read(`${group}/memory.stat`) ?? '', /^(\w+) (\d+)$/gm);
    const free = (cached.get('inactive_file') ?? 0) + (cached.get('active_file') ?? 0);
    return [{ bytes, usedBytes: Math.max(0, current - free) }];
  });
  return limits.toSorted((a, b) => b.usedBytes / b.bytes - a.usedBytes / a.bytes)[0];
}

function numbersOf(text: string, line: RegExp): Map<string, number> {
  return new Map([...text.matchAll(line)].map(([, name = '', number]) => [name, Number(number)]));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A reading as what was used since an earlier one. */
export function memoryUse({ availableBytes, swapUsedBytes, limit }: MemoryReading, earlier: MemoryReading): MemoryUse {
  const before = earlier.swapUsedBytes;
  return {
    leastAvailableBytes: availableBytes,
    ...present({
      swapGrownBytes: swapUsedBytes === undefined || before === undefined ? undefined : swapUsedBytes - before,
      limitBytes: limit?.bytes,
      mostOfLimitBytes: limit?.usedBytes,
    }),
  };
}

const INTERVAL_MS = 1000;

/** Looks at the machine's memory every second until it is ended. */
export function watchMemory(): { readonly end: () => MemoryUse } {
  const first = readMemory();
  let worst = memoryUse(first, first);
  const timer = setInterval(() => {
    worst = worseMemory(worst, memoryUse(readMemory(), first));
  }, INTERVAL_MS);
  timer.unref();
  return {
    end: () => {
      clearInterval(timer);
      return worst;
    },
  };
}
