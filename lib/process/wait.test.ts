import { expect, it, vi } from 'vitest';
import { LONGEST_TIMER_MS, wait } from './wait.ts';

it('no wait is none', async () => {
  expect(await wait(0)).toBe(true);
  expect(await wait(-5)).toBe(true);
  expect(await wait(0, AbortSignal.abort())).toBe(false);
});

it('a wait in turns is as long as one', async () => {
  const startMs = performance.now();
  expect(await wait(30, undefined, 7)).toBe(true);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(29.9);
});

it('a wait that is longer than a timer can hold goes on until it is ended', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const over = new AbortController();
  const waiting = wait(1000 * 3_600_000, over.signal);
  const state = await Promise.race([waiting, wait(50).then(() => 'waits')]);
  expect(state).toBe('waits');
  over.abort();
  expect(await waiting).toBe(false);
  expect(warned).not.toHaveBeenCalled();
  process.off('warning', warned);
  expect(1000 * 3_600_000).toBeGreaterThan(LONGEST_TIMER_MS);
});
