import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { buildReport } from './report.ts';
import { timeBuckets, wholeOf } from './time-buckets.ts';

const point = (i: number, ok: number, failed = 0, limited = 0) => ({
  atSeconds: i + 1,
  requests: ok + failed + limited,
  requestsPerSecond: ok,
  ok,
  failed,
  limited,
  ...(ok > 0 ? { okMs: { p50: i, p95: 10 * i, p99: 20 * i } } : {}),
  activeUsers: i,
});

const MARKS = [
  { atSeconds: 0, kind: 'start', text: 'start: 5 users' },
  { atSeconds: 2, kind: 'change', text: '9 users' },
] as const;

const COUNTS = ['requests', 'ok', 'failed', 'limited'] as const;

describe('the rows of a run over time', () => {
  it('add up to all that was recorded, however long it was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(5), fc.nat(5)), { maxLength: 300 }), (counts) => {
        const points = counts.map(([ok, failed, limited], i) => point(i, ok, failed, limited));
        const buckets = timeBuckets({ points, marks: [] });
        const whole = wholeOf(points);
        expect(buckets.length).toBeLessThanOrEqual(12);
        for (const key of COUNTS) expect(buckets.reduce((total, each) => total + each[key], 0)).toBe(whole[key]);
        expect(buckets.map(({ fromSeconds }) => fromSeconds).slice(1)).toEqual(
          buckets.map(({ toSeconds }) => toSeconds).slice(0, -1),
        );
      }),
    );
  });

  it('say the highest p95 of their periods, the middle p50, and the changes of load in them', () => {
    const [first, second] = timeBuckets({ points: Array.from({ length: 24 }, (_, i) => point(i, 1)), marks: MARKS });
    expect(first).toMatchObject({ okMs: { p50: 0, p95: 10, p99: 20 }, mostUsers: 1, marks: MARKS.slice(0, 1) });
    expect(second).toMatchObject({ okMs: { p50: 2, p95: 30, p99: 60 }, marks: MARKS.slice(1) });
  });

  it('have no latency where nothing was ok', () => {
    const points = [...Array.from({ length: 5 }, (_, i) => point(i, 1)), point(5, 0, 3)];
    expect(timeBuckets({ points, marks: [] }).at(-1)).toMatchObject({ failed: 3 });
    expect(timeBuckets({ points, marks: [] }).at(-1)).not.toHaveProperty('okMs');
  });

  it.each(Object.keys(RECORDED_REPORTS))('of the recorded %s run add up to its summary', (name) => {
    const source = RECORDED_REPORTS[name]?.() ?? expect.fail('not recorded');
    for (const overTime of buildReport(source).overTime) {
      const run = source.runs.find(({ runId }) => runId === overTime.runId);
      expect(timeBuckets(overTime).reduce((total, { requests }) => total + requests, 0)).toBe(run?.totals.requests);
    }
  });
});
