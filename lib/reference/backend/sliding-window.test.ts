import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

function windowAt(requests: number, windowSeconds: number) {
  const clock = { nowMs: 5_000 };
  return { clock, window: new SlidingWindow({ requests, windowSeconds }, () => clock.nowMs) };
}

describe('a sliding window', () => {
  test('accepts as many requests as the limit says and rejects the next', () => {
    const { window } = windowAt(3, 60);
    const admissions = [1, 2, 3, 4].map(() => window.admit('a').accepted);
    expect(admissions).toEqual([true, true, true, false]);
  });

  test('slides: each accepted request frees its place a whole window later, not at the turn of the minute', () => {
    const { clock, window } = windowAt(2, 60);
    window.admit('a');
    clock.nowMs += 59_000;
    window.admit('a');
    clock.nowMs += 999;
    expect(window.admit('a')).toEqual({ accepted: false, retryAfterSeconds: 1 });
    clock.nowMs += 1;
    expect(window.admit('a').accepted).toBe(true);
    expect(window.admit('a')).toEqual({ accepted: false, retryAfterSeconds: 59 });
  });

  test('does not count what it rejects', () => {
    const { clock, window } = windowAt(1, 10);
    window.admit('a');
    for (let attempt = 0; attempt < 100; attempt += 1) {
      clock.nowMs += 99;
      expect(window.admit('a').accepted).toBe(false);
    }
    clock.nowMs += 100;
    expect(window.admit('a').accepted).toBe(true);
  });

  test('rounds Retry-After up, and never says 0', () => {
    const { clock, window } = windowAt(1, 2);
    window.admit('a');
    clock.nowMs += 0.25;
    expect(window.admit('a')).toMatchObject({ retryAfterSeconds: 2 });
    clock.nowMs += 1_999.5;
    expect(window.admit('a')).toMatchObject({ retryAfterSeconds: 1 });
  });

  test('keeps clients apart', () => {
    const { window } = windowAt(1, 60);
    window.admit('a');
    expect(window.admit('b').accepted).toBe(true);
    expect(window.admit('a').accepted).toBe(false);
  });

  test('forgets clients whose window is empty', () => {
    const { clock, window } = windowAt(5, 1);
    for (let client = 0; client < 1_000; client += 1) {
      window.admit(`client ${client}`);
      clock.nowMs += 100;
    }
    expect(window.clientCount).toBe(10);
  });

  test('never accepts more than the limit in any window, accepts all it can, and tells a true Retry-After', () => {
    const limits = fc.record({
      requests: fc.integer({ min: 1, max: 6 }),
      windowSeconds: fc.integer({ min: 1, max: 5 }),
    });
    // Quarters of a millisecond: exact in binary, so that the test's own sums are exact.
    const gapsMs = fc.array(
      fc.integer({ min: 0, max: 8_000 }).map((quarters) => quarters / 4),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(limits, gapsMs, ({ requests, windowSeconds }, gaps) => {
        const { clock, window } = windowAt(requests, windowSeconds);
        const windowMs = windowSeconds * 1000;
        const acceptedAt: number[] = [];
        for (const gap of gaps) {
          clock.nowMs += gap;
          const inThisWindow = acceptedAt.filter((time) => time > clock.nowMs - windowMs).length;
          const admission = window.admit('a');
          expect(admission.accepted).toBe(inThisWindow < requests);
          if (admission.accepted) acceptedAt.push(clock.nowMs);
        }
        for (const start of acceptedAt) {
          const accepted = acceptedAt.filter((time) => time >= start && time < start + windowMs).length;
          expect(accepted).toBeLessThanOrEqual(requests);
        }
        const last = window.admit('a');
        if (!last.accepted) {
          expect(last.retryAfterSeconds).toBeGreaterThanOrEqual(1);
          clock.nowMs += last.retryAfterSeconds * 1000;
          expect(window.admit('a').accepted).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
