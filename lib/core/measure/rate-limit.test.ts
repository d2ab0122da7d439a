import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedRequests, describeLimit, mostAccepted } from './rate-limit.ts';

const SLIDING = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
const FIXED = { ...SLIDING, algorithm: 'fixed-window' } as const;

it.each([
  [SLIDING, 1, 60],
  [SLIDING, 59.9, 60],
  [SLIDING, 60, 120],
  [SLIDING, 119, 120],
  [FIXED, 1, 120],
  [FIXED, 60, 180],
])('%j accepts at most so many in %d s: %i', (limit, seconds, most) => {
  expect(mostAccepted(limit, seconds)).toBe(most);
});

describe('no exact limiter lets more through,', () => {
  const gaps = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 400 });
  const limits = fc.record({ requests: fc.integer({ min: 1, max: 8 }), windowSeconds: fc.integer({ min: 1, max: 5 }) });
  const timesOf = (list: readonly number[]) => {
    let at = 0;
    return list.map((gap) => {
      at += gap;
      return at;
    });
  };
  const spanOf = (times: readonly number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0);

  it('whenever requests come to a sliding window', () => {
    fc.assert(
      fc.property(gaps, limits, (list, limit) => {
        const times = timesOf(list);
        const accepted: number[] = [];
        for (const at of times) {
          const remembered = accepted.filter((earlier) => earlier > at - limit.windowSeconds).length;
          if (remembered < limit.requests) accepted.push(at);
        }
        const most = mostAccepted({ ...limit, algorithm: 'sliding-window' }, spanOf(times));
        expect(accepted.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('whenever the windows of a fixed one begin', () => {
    fc.assert(
      fc.property(gaps, limits, fc.double({ min: 0, max: 5, noNaN: true }), (list, limit, phase) => {
        const times = timesOf(list);
        const counts = new Map<number, number>();
        let accepted = 0;
        for (const at of times) {
          const window = Math.floor((at + phase) / limit.windowSeconds);
          const taken = counts.get(window) ?? 0;
          if (taken >= limit.requests) continue;
          counts.set(window, taken + 1);
          accepted += 1;
        }
        expect(accepted).toBeLessThanOrEqual(mostAccepted({ ...limit, algorithm: 'fixed-window' }, spanOf(times)));
      }),
    );
  });
});

it('only what was answered as expected was surely accepted', () => {
  expect(acceptedRequests({ outcomes: { ok: 5, check_failed: 2, rate_limited: 9, not_found: 3, timeout: 1 } })).toBe(7);
  expect(acceptedRequests({ outcomes: {} })).toBe(0);
});

it('a limit is described by its number and its window', () => {
  expect(describeLimit(SLIDING)).toBe('60 per 1m');
});
