import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import type { TimelinePoint } from '../../../core/measure/timeline.ts';
import {
  evidenceFor,
  idsOf,
  oneEndpoint,
  point,
  problemOf,
  type Setting,
  statementsOf,
  WELL,
} from '../../../testing/problems.ts';

const withPoints = (points: readonly TimelinePoint[], load: Setting['load'] = {}): Setting => ({
  endpoints: { a: WELL },
  points,
  load,
});
const periods = (count: number, p95: (i: number) => number, users: (i: number) => number = () => 50) =>
  Array.from({ length: count }, (_, i) => point(i + 1, { ok: 100 }, p95(i), users(i)));

/** Twelve periods by their thirds; what changes within a third comes by chance. */
type Third = readonly [number, number, number, number];
const flat = (value: number): Third => [value, value, value, value];
const slower = (thirds: readonly Third[], users: (i: number) => number = () => 50) =>
  withPoints(thirds.flat().map((p95, i) => point(i + 1, { ok: 100 }, p95, users(i))));
const timeoutsIn = (thirds: readonly Third[]) =>
  thirds.flat().map((timeout, i) => point(i + 1, { ok: 1000 - timeout, timeout }));
const failing = (thirds: readonly Third[]) => withPoints(timeoutsIn(thirds));

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

const RISING = periods(24, (i) => 50 + 10 * i);

describe('a slowdown under a steady load', () => {
  it('is said with its factor, the test behind it and how long it lasted', () => {
    const problem = problemOf('drift-latency', withPoints(RISING));
    expect(problem?.summary).toBe(
      'sustained: p95 of successful responses went from 80 ms to 240 ms (3×) under a steady load.',
    );
    // S = 276, Var S = 24·23·53/18.
    expect(problem?.evidence).toEqual([
      'medians of the first and the last third of 24 periods, while all users were active',
      `rising in 100 % of all pairs of periods (Mann-Kendall test: ${(275 / Math.sqrt((24 * 23 * 53) / 18)).toFixed(1)} standard deviations)`,
      '1m1.5s of load',
    ]);
    expect(problem).toMatchObject({ severity: 'high', impact: 'high', area: 'capacity' });
    expect(problem?.recommendations[0]?.urgency).toBe('should');
  });

  it.each<[string, TimelinePoint[]]>([
    ['p95 only varies', periods(24, (i) => 50 + ((i * 7919) % 23))],
    [
      'p95 rises with the users',
      periods(
        24,
        (i) => 50 + 10 * i,
        (i) => 2 * (i + 1),
      ),
    ],
    ['p95 falls', periods(24, (i) => 500 - 10 * i)],
    ['the rise is not felt', periods(24, (i) => 1 + i / 10)],
  ])('is not found where %s', (_case, points) => {
    expect(idsOf(withPoints(points)).filter((id) => id.startsWith('drift'))).toEqual([]);
  });

  it('needs twelve periods', () => {
    expect(idsOf(withPoints(RISING.slice(0, 12)))).toEqual(['drift-latency']);
    expect(idsOf(withPoints(RISING.slice(0, 11)))).toEqual([]);
  });

  it('needs half as much again, from the first third to the last', () => {
    expect(idsOf(slower([flat(100), flat(120), flat(150)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([flat(100), flat(120), flat(149.9)]))).toEqual([]);
  });

  it('needs ten milliseconds', () => {
    expect(idsOf(slower([flat(10), flat(12), flat(20)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([flat(10), flat(12), flat(19.9)]))).toEqual([]);
  });

  it('needs nine of ten users', () => {
    const thirds = [flat(100), flat(120), flat(150)];
    expect(idsOf(slower(thirds, (i) => (i === 0 ? 45 : 50)))).toEqual(['drift-latency']);
    expect(idsOf(slower(thirds, (i) => (i === 0 ? 44 : 50)))).toEqual([]);
  });

  // Of 12 periods √Var S = √(12·11·29/18) = 14.58: S = 47 is 3.15 standard deviations, S = 46 is 3.09 rounded up.
  it('needs 3.09 standard deviations', () => {
    expect(idsOf(slower([[100, 101, 100, 100], flat(120), flat(200)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([[100, 101, 100, 100], [120, 121, 120, 120], flat(200)]))).toEqual([]);
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
    expect(idsOf(withPoints(rising))).not.toContain('drift-latency');
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
    expect(idsOf(withPoints(waiting))).not.toContain('drift-latency');
    expect(idsOf(withPoints(waiting, { model: 'open', plan: { arrivals } }))).toEqual(['drift-latency']);
    const ramping = { kind: 'ramping-arrivals', startRatePerSecond: 1, stages: [], expectedLatencyMs: 50 } as const;
    expect(idsOf(withPoints(waiting, { model: 'open', plan: { ramping } }))).toEqual([]);
  });

  it('points at a leak first, and at a queue only where one can grow', () => {
    const closed = problemOf('drift-latency', withPoints(RISING, { model: 'closed' }));
    expect(statementsOf(closed)[0]).toMatch(/^A resource leaks/);
    expect(closed?.hypotheses[1]?.contradictedBy).toHaveLength(1);
    const open = problemOf('drift-latency', withPoints(RISING, { model: 'open' }));
    expect(open?.hypotheses[1]?.contradictedBy).toEqual([]);
  });

  it('that ends in broken connections speaks the more for something used up', () => {
    const leak = (outcomes: OutcomeCounts) =>
      evidenceFor(problemOf('drift-latency', { ...oneEndpoint(outcomes), points: RISING }), 'A resource leaks');
    expect(leak({ ok: 999, reset: 1 })?.[0]).toEqual([
      'it gets worse under a steady load',
      'in the end connections were refused or reset',
    ]);
    expect(leak({ ok: 1000 })?.[0]).toHaveLength(1);
  });
});

describe('failures that become more under a steady load', () => {
  const moreAndMore = Array.from({ length: 24 }, (_, i) => {
    const timeout = 10 * i;
    return point(i + 1, { ok: 1000 - timeout, timeout });
  });

  it('are said from where to where', () => {
    expect(idsOf(withPoints(moreAndMore))).toEqual(['drift-failures']);
    expect(problemOf('drift-failures', withPoints(moreAndMore))?.summary).toBe(
      'sustained: the share of failed requests went from 3 % to 19 % under a steady load.',
    );
  });

  it('need five percent more in the last third than in the first', () => {
    expect(idsOf(failing([flat(0), flat(25), flat(50)]))).toEqual(['drift-failures']);
    expect(idsOf(failing([flat(0), flat(25), flat(49)]))).toEqual([]);
  });

  it('need 3.09 standard deviations', () => {
    expect(idsOf(failing([[0, 1, 0, 0], flat(25), flat(100)]))).toEqual(['drift-failures']);
    expect(idsOf(failing([[0, 1, 0, 0], [25, 26, 25, 25], flat(100)]))).toEqual([]);
  });

  it('need twelve periods that had requests', () => {
    const points = timeoutsIn([flat(0), flat(25), flat(50)]);
    expect(idsOf(withPoints([...points.slice(0, 11), point(12, {})]))).toEqual([]);
    expect(idsOf(withPoints([...points, point(13, {})]))).toEqual(['drift-failures']);
  });

  it('are no 429 responses', () => {
    const limited = Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 1000 - 40 * i, rate_limited: 40 * i }));
    expect(idsOf(withPoints(limited))).toEqual([]);
  });

  it('are no failures that become fewer, or that stay', () => {
    expect(idsOf(withPoints([...moreAndMore].reverse()))).toEqual([]);
    expect(idsOf(withPoints(Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 50, timeout: 50 }))))).toEqual([]);
  });
});
