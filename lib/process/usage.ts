import os from 'node:os';
import pidusage from 'pidusage';

/** What a process itself took of the machine, as far as it was seen. */
export interface ProcessUsage {
  /** CPU time, in user mode and in the kernel. */
  readonly cpuSeconds: number;
  /** The same as a share (0-1) of what all cores together had while it ran. */
  readonly cpuShare: number;
  /** The most memory (resident set) that it was seen to hold. */
  readonly peakMemoryBytes: number;
}

/** How often it is looked at. What it does between the last look and its end is not seen. */
const INTERVAL_MS = 500;

export interface UsageWatch {
  /** So far; undefined where it was not seen yet. */
  readonly seen: () => ProcessUsage | undefined;
  /** Ends the looking. */
  readonly end: () => ProcessUsage | undefined;
}

/** Looks at a process until it ends: Node does not tell what a child has used. */
export function watchUsage(pid: number): UsageWatch {
  let seen: ProcessUsage | undefined;
  const look = async () => {
    try {
      const { ctime, elapsed, memory } = await pidusage(pid);
      seen = {
        cpuSeconds: ctime / 1000,
        cpuShare: elapsed > 0 ? Math.min(1, ctime / (elapsed * os.cpus().length)) : 0,
        peakMemoryBytes: Math.max(memory, seen?.peakMemoryBytes ?? 0),
      };
    } catch {
      // It has ended, or this system does not tell.
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return {
    seen: () => seen,
    end: () => {
      clearInterval(timer);
      return seen;
    },
  };
}
