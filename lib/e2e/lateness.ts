import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late this machine came to what was due, as a timer beside the load saw it. */
export interface Lateness {
  /** 99 times in a hundred it was not later. */
  readonly p99Ms: number;
  readonly mostMs: number;
}

const RESOLUTION_MS = 5;

/** What a test measured is not truer than the machine was punctual: its tolerance follows from this. */
export function watchLateness(): { readonly end: () => Lateness } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const beyondItsPeriod = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    end: () => {
      delays.disable();
      return { p99Ms: beyondItsPeriod(delays.percentile(99)), mostMs: beyondItsPeriod(delays.max) };
    },
  };
}
