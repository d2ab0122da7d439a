import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '../core/spec/present.ts';

/** What one timer of Node's can hold, almost 25 days: with more it goes off at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits, in turns where it is longer than a timer can hold. Whatever ends it leaves no timer behind.
 * @param ms 0 and less is no wait
 * @returns false if the signal came first
 */
export async function wait(ms: number, over?: AbortSignal, turnMs = LONGEST_TIMER_MS): Promise<boolean> {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) {
    const isUndisturbed = await sleep(Math.min(left, turnMs), true, present({ signal: over })).catch(() => false);
    if (!isUndisturbed) return false;
  }
  return over?.aborted !== true;
}
