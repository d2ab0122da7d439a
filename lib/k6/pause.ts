import { sleep } from 'k6';
import type { LoadShape } from '../core/spec/load-shape.ts';

/**
 * Users think for half to one and a half of the think time. With the same time for all of them, users who started
 * together would go on sending together, in a burst per think time.
 */
export function thinkFor(meanSeconds: number): number {
  return meanSeconds * (0.5 + Math.random());
}

/** The pause after an iteration that began then; undefined where the shape has none. */
export function pauseOf(shape: LoadShape): ((startedAtMs: number) => void) | undefined {
  const { thinkTimeSeconds, pacingSeconds } = { thinkTimeSeconds: 0, pacingSeconds: 0, ...shape };
  if (pacingSeconds > 0) {
    return (startedAtMs) =>
      sleep(Math.max(thinkFor(thinkTimeSeconds), pacingSeconds - (Date.now() - startedAtMs) / 1000));
  }
  return thinkTimeSeconds === 0 ? undefined : () => sleep(thinkFor(thinkTimeSeconds));
}
