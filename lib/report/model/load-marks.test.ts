import { describe, expect, it } from 'vitest';
import type { LoadShape, Plan } from '../../core/spec/load-shape.ts';
import { loadRecord } from '../../testing/runs.ts';
import { loadMarks, marksUntil } from './load-marks.ts';

const RHYTHM = { thinkTimeSeconds: 0, pacingSeconds: 0 };
const users = (count: number, durationSeconds: number, rampUpSeconds = 0): LoadShape => ({
  kind: 'constant-users',
  users: count,
  durationSeconds,
  rampUpSeconds,
  ...RHYTHM,
});
const ramping = (startUsers: number, ...stages: readonly (readonly [users: number, seconds: number])[]): LoadShape => ({
  kind: 'ramping-users',
  startUsers,
  stages: stages.map(([count, durationSeconds]) => ({ users: count, durationSeconds })),
  ...RHYTHM,
});
const arrivals = (ratePerSecond: number, durationSeconds: number): LoadShape => ({
  kind: 'constant-arrivals',
  ratePerSecond,
  durationSeconds,
  expectedLatencyMs: 100,
});
const marksOf = (plan: Plan, warmUpSeconds?: number) =>
  loadMarks({ ...loadRecord({ plan }), ...(warmUpSeconds === undefined ? {} : { warmUpSeconds }) }).map(
    ({ atSeconds, text }) => `${atSeconds} ${text}`,
  );

describe('the marks of a load', () => {
  it.each<[string, LoadShape, string[]]>([
    ['as many users all the time', users(50, 30), ['0 start: 50 users', '30 drain']],
    ['users after a ramp-up', users(50, 30, 10), ['0 start: to 50 users', '10 50 users', '40 drain']],
    ['one user', users(1, 30), ['0 start: 1 user', '30 drain']],
    ['a rate', arrivals(20, 60), ['0 start: 20/s', '60 drain']],
    [
      'jumps with level time between them',
      ramping(1, [1, 0], [1, 5], [4, 0], [4, 5]),
      ['0 start: 1 user', '5 4 users', '10 drain'],
    ],
    [
      'ramps up, level time and down',
      ramping(0, [10, 5], [10, 20], [10, 20], [0, 5]),
      ['0 start: to 10 users', '5 10 users', '45 to 0 users', '50 drain'],
    ],
    ['two ramps in a row', ramping(5, [10, 5], [30, 5]), ['0 start: to 10 users', '5 to 30 users', '10 drain']],
    [
      'work that ends when it is done',
      { kind: 'fixed-work', users: 5, requestsPerEndpoint: 10, ...RHYTHM },
      ['0 start: 5 users'],
    ],
  ])('of %s', (_name, shape, expected) => {
    expect(marksOf({ all: shape })).toEqual(expected);
  });

  it('name the stream where there are several, and add up what they begin with', () => {
    const overload: LoadShape = {
      kind: 'ramping-arrivals',
      startRatePerSecond: 0,
      stages: [
        { ratePerSecond: 0, durationSeconds: 6 },
        { ratePerSecond: 200, durationSeconds: 0 },
        { ratePerSecond: 200, durationSeconds: 6 },
      ],
      expectedLatencyMs: 100,
    };
    expect(marksOf({ overload, probes: arrivals(10, 42) })).toEqual([
      '0 start: 10/s',
      '6 overload 200/s',
      '12 overload ends',
      '42 drain',
    ]);
    expect(marksOf({ readers: users(20, 30), writers: users(5, 30), others: arrivals(3, 30) })).toEqual([
      '0 start: 25 users, 3/s',
      '30 drain',
    ]);
  });

  it('are one for what changes at one moment', () => {
    const step = ramping(1, [1, 5], [2, 0], [2, 5]);
    expect(marksOf({ a: step, b: step })).toContain('5 a 2 users, b 2 users');
    expect(marksOf({ a: step, b: step, c: step })).toContain('5 3 streams change');
  });

  it('say that a warm-up came before, and of a run without a plan that it began', () => {
    expect(marksOf({ all: users(50, 30) }, 10)[0]).toBe('0 after warm-up: 50 users');
    const { plan: _, ...withoutPlan } = loadRecord();
    expect(loadMarks(withoutPlan)).toEqual([{ atSeconds: 0, kind: 'start', text: 'start' }]);
  });
});

it('a run that ended earlier has the marks that it came to', () => {
  const marks = loadMarks(loadRecord({ plan: { all: ramping(1, [1, 5], [2, 0], [2, 5]) } }));
  const until = (seconds: number) => marksUntil(marks, seconds).map(({ kind }) => kind);
  expect(until(12)).toEqual(['start', 'change', 'drain']);
  expect(until(10.05)).toEqual(['start', 'change']);
  expect(until(3)).toEqual(['start']);
  expect(until(0)).toEqual(['start']);
});
