import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showElapsed } from './build-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('counts the seconds on one line of a terminal, and clears it at the end', () => {
  const written: string[] = [];
  const log = vi.fn();
  const stop = showElapsed('building', { log, stream: { isTTY: true, write: (text) => written.push(text) } });
  vi.advanceTimersByTime(2_000);
  stop();
  stop();
  vi.advanceTimersByTime(5_000);
  expect(written).toEqual(['\r\x1b[2Kbuilding: 0 s', '\r\x1b[2Kbuilding: 1 s', '\r\x1b[2Kbuilding: 2 s', '\r\x1b[2K']);
  expect(log).not.toHaveBeenCalled();
});

it('logs a line every 15 s where there is no terminal', () => {
  const write = vi.fn();
  const lines: string[] = [];
  const stop = showElapsed('building', { log: (line) => lines.push(line), stream: { isTTY: false, write } });
  vi.advanceTimersByTime(31_000);
  stop();
  vi.advanceTimersByTime(31_000);
  expect(lines).toEqual(['building: 15 s', 'building: 30 s']);
  expect(write).not.toHaveBeenCalled();
});
