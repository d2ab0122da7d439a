import { present } from './present.ts';

/** The memory of the machine while k6 ran, in bytes, as it was seen every second. */
export interface MemoryUse {
  /** The least that programs could still take. */
  readonly leastAvailableBytes: number;
  /** The most that more of the swap was used than at the start. */
  readonly swapGrownBytes?: number;
  /** Of a container: its limit, and the most that was used of it, page cache aside. */
  readonly limitBytes?: number;
  readonly mostOfLimitBytes?: number;
}

/** Each figure as it was where it was worse; of limits, the one that was used more. */
export function worseMemory(a: MemoryUse, b: MemoryUse): MemoryUse {
  const { limitBytes, mostOfLimitBytes } = shareOfLimit(b) > shareOfLimit(a) ? b : a;
  const swaps = [a, b].flatMap(({ swapGrownBytes }) => swapGrownBytes ?? []);
  return {
    leastAvailableBytes: Math.min(a.leastAvailableBytes, b.leastAvailableBytes),
    ...present({ swapGrownBytes: swaps.length === 0 ? undefined : Math.max(...swaps), limitBytes, mostOfLimitBytes }),
  };
}

/** Where there is no limit, none was used. */
function shareOfLimit({ limitBytes, mostOfLimitBytes }: MemoryUse): number {
  return limitBytes === undefined || mostOfLimitBytes === undefined ? -1 : mostOfLimitBytes / limitBytes;
}
