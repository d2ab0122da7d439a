import { describe, expect, it } from 'vitest';
import type { TimelinePoint } from '../../../core/timeline.ts';
import { idsOf, point, problemOf, type Setting, statementsOf, WELL } from './fixtures.ts';

const withPoints = (points: readonly TimelinePoint[], load: Setting['load'] = {}): Setting => ({
  endpoints: { a: WELL },
  points,
  load,
});
const periods = (count: number, p95: (i: number) => number, users: (i: number) => number = () => 50) =>
  Array.from({ length: count }, (_, i) => point(i + 1, { ok: 100 }, p95(i), users(i)));

/** Numbers of 0 to 1 that are the same in every run of the test (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a slowdown under a steady load', () => {
  it('needs twelve periods', () => {
    expect(idsOf(withPoints(periods(12, (i) => 50 + 10 * i)))).toEqual(['drift-latency']);
    expect(idsOf(withPoints(periods(11, (i) => 50 + 10 * i)))).toEqual([]);
  });

  it('needs half as much again, from the first third to the last', () => {
    const step = (last: number) => periods(24, (i) => (i < 8 ? 100 : i < 16 ? 120 : last) + i / 100);
    expect(idsOf(withPoints(step(152)))).toEqual(['drift-latency']);
    expect(idsOf(withPoints(step(148)))).toEqual([]);
  });

  it('needs ten milliseconds', () => {
    const fast = (last: number) => periods(24, (i) => 1 + (i * last) / 23);
    expect(idsOf(withPoints(fast(17)))).toEqual(['drift-latency']);
    expect(idsOf(withPoints(fast(10)))).toEqual([]);
  });

  it('is found through noise', () => {
    const next = random(7);
    expect(idsOf(withPoints(periods(60, (i) => (50 + 3 * i) * (0.7 + 0.6 * next()))))).toEqual(['drift-latency']);
  });

  it('is not made of noise, however wide: not once in 200 runs', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const next = random(seed);
      expect(idsOf(withPoints(periods(60, () => 20 * Math.exp(2 * next()))))).toEqual([]);
    }
  });

  it('leaves out the periods in which users were still coming', () => {
    const rising = periods(
      30,
      (i) => (i < 20 ? 50 + 20 * i : 450),
      (i) => Math.min(50, 2.5 * i),
    );
    expect(idsOf(withPoints(rising))).toEqual([]);
  });

  it('counts every period of a steady rate, where more users only wait longer', () => {
    const arrivals = {
      kind: 'constant-arrivals',
      ratePerSecond: 100,
      durationSeconds: 24,
      expectedLatencyMs: 50,
    } as const;
    const waiting = periods(
      24,
      (i) => 50 + 50 * i,
      (i) => 5 + 5 * i,
    );
    expect(idsOf(withPoints(waiting))).toEqual([]);
    expect(idsOf(withPoints(waiting, { model: 'open', plan: { arrivals } }))).toEqual(['drift-latency']);
    const ramping = { kind: 'ramping-arrivals', startRatePerSecond: 1, stages: [], expectedLatencyMs: 50 } as const;
    expect(idsOf(withPoints(waiting, { model: 'open', plan: { ramping } }))).toEqual([]);
  });

  it('points at a leak first, and at a queue only where one can grow', () => {
    const rising = periods(24, (i) => 50 + 10 * i);
    const closed = problemOf('drift-latency', withPoints(rising, { model: 'closed' }));
    expect(statementsOf(closed)[0]).toMatch(/^Something is used up/);
    expect(closed?.hypotheses[1]?.contradictedBy).toHaveLength(1);
    const open = problemOf('drift-latency', withPoints(rising, { model: 'open' }));
    expect(open?.hypotheses[1]?.contradictedBy).toEqual([]);
  });
});

describe('failures that become more under a steady load', () => {
  const failing = (last: number) =>
    Array.from({ length: 24 }, (_, i) => {
      const timeout = Math.round((i * last) / 23);
      return point(i + 1, { ok: 1000 - timeout, timeout });
    });

  it('need five percent more in the last third than in the first', () => {
    expect(idsOf(withPoints(failing(80)))).toEqual(['drift-failures']);
    expect(idsOf(withPoints(failing(70)))).toEqual([]);
  });

  it('say from where to where', () => {
    expect(problemOf('drift-failures', withPoints(failing(230)))?.summary).toBe(
      'sustained: the share of failed requests went from 3 % to 19 % under a steady load.',
    );
  });

  it('are no 429 replies', () => {
    const limited = Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 1000 - 40 * i, rate_limited: 40 * i }));
    expect(idsOf(withPoints(limited))).toEqual([]);
  });

  it('are no failures that become fewer, or that stay', () => {
    expect(idsOf(withPoints(failing(230).reverse()))).toEqual([]);
    expect(idsOf(withPoints(Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 50, timeout: 50 }))))).toEqual([]);
  });
});
