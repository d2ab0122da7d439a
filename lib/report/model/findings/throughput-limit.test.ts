import { expect, it } from 'vitest';
import type { TimelinePoint } from '../../../core/measure/timeline.ts';
import { idsOf, problemOf, type Setting, WELL } from '../../../testing/problems.ts';

interface Ramp {
  /** ok replies per second with so many users. */
  readonly perSecond: (users: number) => number;
  /** The median reply with so many users, in milliseconds. */
  readonly p50: (users: number) => number;
  readonly limited?: number;
  readonly periods?: number;
}

/** A ramp from few users to a hundred, then three periods with all of them. */
function ramp({ perSecond, p50, limited = 0, periods = 20 }: Ramp, load: Setting['load'] = {}): Setting {
  const users = [...Array.from({ length: periods }, (_, i) => Math.round((100 * (i + 1)) / periods)), 100, 100, 100];
  const points = users.map((activeUsers, i): TimelinePoint => {
    const ok = Math.round(perSecond(activeUsers) * 10);
    return {
      atSeconds: 10 * (i + 1),
      requests: ok + limited,
      outcomes: { ok, rate_limited: limited },
      requestsPerSecond: (ok + limited) / 10,
      okMs: { p50: p50(activeUsers), p95: 2 * p50(activeUsers), p99: 3 * p50(activeUsers) },
      activeUsers,
    };
  });
  return { endpoints: { a: WELL }, points, load: { model: 'closed', ...load } };
}

/** 80 replies per second are all there are: beyond 20 users each waits for the others. */
const FULL: Ramp = { perSecond: (users) => Math.min(4 * users, 80), p50: (users) => Math.max(250, users * 12.5) };
const ID = 'throughput-limit';

it('says that more users brought no more responses, with both levels', () => {
  const problem = problemOf(ID, ramp(FULL));
  expect(problem?.severity).toBe('medium');
  expect(problem?.summary).toBe(
    'sustained: from 50 to 100 users, successful responses went from 80/s to 80/s, and their median from 625 ms to 1.3 s.',
  );
  expect(problem?.evidence.at(-1)).toBe('2× the users, 1× the successful responses per second, 2× the median');
});

it.each<[string, Setting]>([
  ['responses that grow with the users', ramp({ perSecond: (users) => 4 * users, p50: () => 250 })],
  ['responses that grow by a fifth', ramp({ ...FULL, perSecond: (users) => (users < 80 ? 80 : 96) })],
  ['a rate that the users do not ask to rise, with responses as fast as before', ramp({ ...FULL, p50: () => 40 })],
  ['responses that are slower by a few milliseconds', ramp({ ...FULL, p50: (users) => users / 10 })],
  ['a limit that answers instead', ramp({ ...FULL, limited: 200 })],
  ['arrivals, of which the service is asked no more', ramp(FULL, { model: 'open' })],
  ['too few periods at half of the users', ramp({ ...FULL, periods: 5 })],
  [
    'a run without a ramp',
    { ...ramp(FULL), points: ramp(FULL).points?.filter(({ activeUsers }) => activeUsers === 100) ?? [] },
  ],
])('says nothing of %s', (_what, setting) => {
  expect(idsOf(setting)).not.toContain(ID);
});
