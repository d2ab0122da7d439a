import { describe, expect, it } from 'vitest';
import { loadRecord } from '../../testing/runs.ts';
import { judgeProcesses, type ProcessSpan } from './together.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T19:00:00Z') + seconds * 1000).toISOString();
const span = (instance: number, from: number, seconds: number): ProcessSpan => ({
  instance,
  startedAt: at(from - 1),
  endedAt: at(from + seconds + 1),
  loadStartedAt: at(from),
  windowSeconds: seconds,
});
const load = loadRecord({
  plan: {
    users: {
      kind: 'constant-users',
      users: 8,
      durationSeconds: 60,
      rampUpSeconds: 0,
      thinkTimeSeconds: 0,
      pacingSeconds: 0,
    },
  },
});
const told = (...spans: ProcessSpan[]) => judgeProcesses(load, spans).map(({ verdict, text }) => `${verdict}: ${text}`);

describe('processes of one load', () => {
  it('may begin a little apart, and end as they like', () => {
    expect(told(span(1, 0, 60), span(2, 5, 60), span(3, 1, 60))).toEqual([]);
    expect(told(span(1, 0, 60), span(2, 0, 12))).toEqual([]);
    expect(told(span(1, 0, 3), span(2, 1, 3))).toEqual([]);
  });

  it('did not send the load that was planned where one came when the other was done', () => {
    expect(told(span(1, 0, 60), span(2, 75, 60))).toEqual([
      'invalid_load: its processes did not send their load at the same time: 1 from 2026-11-23T19:00:00Z to 2026-11-23T19:01:00Z, 2 from 2026-11-23T19:01:15Z to 2026-11-23T19:02:15Z; at most 1 of 2 were there together (4 of 8 users)',
    ]);
  });

  it('nor where they were together for a while alone', () => {
    expect(told(span(1, 0, 60), span(2, 20, 60), span(3, 70, 60))).toEqual([
      expect.stringMatching(/^invalid_load: .*at most 2 of 3 were there together \(6 of 8 users\)$/),
    ]);
  });

  it('are looked at by the times of their processes, where those of their loads were not kept', () => {
    const before = ({ loadStartedAt: _, windowSeconds: __, ...rest }: ProcessSpan) => rest;
    expect(told(before(span(1, 0, 60)), before(span(2, 75, 60)))).toHaveLength(1);
    expect(told(before(span(1, 0, 60)), before(span(2, 2, 60)))).toEqual([]);
  });
});

it('processes that follow each other are all there, or their load was cut short', () => {
  const consecutive = { ...load, consecutive: { processes: 3, longestGapSeconds: 0 } };
  const spans = [span(1, 0, 60), span(2, 60, 60)];
  expect(judgeProcesses(consecutive, spans)).toEqual([
    { verdict: 'incomplete', text: expect.stringMatching(/^only 2 of 3 consecutive processes left a summary/) },
  ]);
  expect(judgeProcesses(consecutive, [...spans, span(3, 120, 60)])).toEqual([]);
  expect(judgeProcesses(consecutive, undefined)).toEqual([]);
});

describe('the load that was there together is told in the units of its plan', () => {
  const arrivals = (perSecond: number) =>
    ({ kind: 'constant-arrivals', ratePerSecond: perSecond, durationSeconds: 60 }) as unknown as NonNullable<
      typeof load.plan
    >[string];
  const apart = [span(1, 0, 60), span(2, 75, 60)];
  const textOf = (plan: Record<string, NonNullable<typeof load.plan>[string]> | undefined) => {
    const { plan: _, ...rest } = load;
    return judgeProcesses(plan === undefined ? rest : { ...rest, plan }, apart)[0]?.text;
  };

  it.each([
    [{ api: arrivals(10) }, / \(5 of 10 requests\/s\)$/],
    [{ api: arrivals(10), ...load.plan }, / \(4 of 8 users, 5 of 10 requests\/s\)$/],
    [undefined, /there together$/],
  ])('%j', (plan, told) => {
    expect(textOf(plan as never)).toMatch(told);
  });
});

it('how far apart processes may begin follows from the shortest of them', () => {
  // A tenth of the shortest window, at least two seconds, and never more than half of it.
  expect(told(span(1, 0, 100), span(2, 10, 100))).toEqual([]);
  expect(told(span(1, 0, 100), span(2, 10.1, 100))).toHaveLength(1);
  expect(told(span(1, 0, 10), span(2, 2, 10))).toEqual([]);
  expect(told(span(1, 0, 10), span(2, 2.1, 10))).toHaveLength(1);
  expect(told(span(1, 0, 2), span(2, 1, 2))).toEqual([]);
  expect(told(span(1, 0, 2), span(2, 1.1, 2))).toHaveLength(1);
});
