import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { countDown } from './count-down.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pause = (seconds: number) => new Promise<boolean>((resolve) => setTimeout(resolve, seconds * 1000, true));

it('a wait counts down on a terminal, and leaves no line and no timer behind', async () => {
  const lines: (string | undefined)[] = [];
  const waited = countDown(3, 'Plan 2 of 3', { live: (line) => void lines.push(line) }, { pause });
  await vi.advanceTimersByTimeAsync(2500);
  expect(lines).toEqual(['Plan 2 of 3 in 3s', 'Plan 2 of 3 in 2s', 'Plan 2 of 3 in 1s']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waited).toBe(true);
  expect(lines.at(-1)).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('a wait says no more in a log, and whether somebody ended it', async () => {
  expect(await countDown(3, 'Plan 2 of 3', {}, { pause: async () => false })).toBe(false);
});
