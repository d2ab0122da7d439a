import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fault, FaultSchedule, type FaultShares } from './fault-schedule.ts';

const none: FaultShares = { reset: 0, error: 0, slow: 0 };

function deal(shares: FaultShares, requests: number): (Fault | undefined)[] {
  const schedule = new FaultSchedule(shares);
  return Array.from({ length: requests }, () => schedule.next());
}

function count(faults: readonly (Fault | undefined)[], wanted: Fault): number {
  return faults.filter((fault) => fault === wanted).length;
}

describe('a fault schedule', () => {
  test('hits every tenth request for a share of 0.1', () => {
    const hit = deal({ ...none, error: 0.1 }, 30).flatMap((fault, index) => (fault === 'error' ? [index + 1] : []));
    expect(hit).toEqual([10, 20, 30]);
  });

  test('hits nothing for shares of 0, and everything for a share of 1', () => {
    expect(deal(none, 5)).toEqual(Array(5).fill(undefined));
    expect(deal({ ...none, reset: 1 }, 5)).toEqual(Array(5).fill('reset'));
  });

  test('counts exactly for a single share, whatever binary fractions make of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 500 }), (percent, requests) => {
        const dealt = count(deal({ ...none, slow: percent / 100 }, requests), 'slow');
        expect(dealt).toBe(Math.floor((requests * percent) / 100));
      }),
    );
  });

  test('gives equal shares equally, on different requests', () => {
    const faults = deal({ reset: 0.1, error: 0.1, slow: 0.1 }, 100);
    expect([count(faults, 'reset'), count(faults, 'error'), count(faults, 'slow')]).toEqual([10, 10, 10]);
  });

  test('gives several shares together what each would get alone, within two requests', () => {
    const percents = fc
      .tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.nat({ max: 100 }))
      .filter(([reset, error, slow]) => reset + error + slow <= 100);
    fc.assert(
      fc.property(percents, fc.integer({ min: 0, max: 500 }), ([reset, error, slow], requests) => {
        const shares = { reset: reset / 100, error: error / 100, slow: slow / 100 };
        const faults = deal(shares, requests);
        for (const fault of ['reset', 'error', 'slow'] as const) {
          expect(Math.abs(count(faults, fault) - requests * shares[fault])).toBeLessThanOrEqual(2 + 1e-6);
        }
      }),
    );
  });
});
