import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FixedWindow } from './fixed-window.ts';

/** A limiter whose clock stands where it is put. */
function limiterAt(requests: number, windowSeconds: number) {
  let now = 0;
  const limiter = new FixedWindow({ requests, windowSeconds }, () => now);
  return {
    at: (seconds: number, client = 'a') => {
      now = seconds * 1000;
      return limiter.admit(client);
    },
  };
}

describe('a fixed window', () => {
  test('accepts its number in each window, and no more', () => {
    const { at } = limiterAt(2, 60);
    expect([at(1), at(2), at(59)].map(({ accepted }) => accepted)).toEqual([true, true, false]);
    expect([at(60), at(61), at(62)].map(({ accepted }) => accepted)).toEqual([true, true, false]);
  });

  test('lets twice as many through around the border of two windows', () => {
    const { at } = limiterAt(2, 60);
    const accepted = [at(59), at(59.5), at(60), at(60.5)].filter((admission) => admission.accepted);
    expect(accepted).toHaveLength(4);
  });

  test('counts each client by itself', () => {
    const { at } = limiterAt(1, 60);
    expect([at(1, 'a'), at(2, 'a'), at(3, 'b')].map(({ accepted }) => accepted)).toEqual([true, false, true]);
  });

  test('says when the next window begins', () => {
    const { at } = limiterAt(1, 60);
    at(10);
    expect(at(20)).toEqual({ accepted: false, retryAfterSeconds: 40 });
    expect(at(59.9)).toEqual({ accepted: false, retryAfterSeconds: 1 });
  });

  test('never accepts more than its number in a window, whenever requests come, and keeps what it says', () => {
    const steps = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (requests, pauses) => {
        const { at } = limiterAt(requests, 10);
        const byWindow = new Map<number, number>();
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const window = Math.floor((now * 1000) / 10_000);
          const admission = at(now);
          if (admission.accepted) byWindow.set(window, (byWindow.get(window) ?? 0) + 1);
          else expect(Math.floor(now / 10)).toBeLessThan(Math.floor((now + admission.retryAfterSeconds) / 10 + 1e-9));
        }
        for (const count of byWindow.values()) expect(count).toBeLessThanOrEqual(requests);
      }),
    );
  });
});
