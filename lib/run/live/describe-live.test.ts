import { describe, expect, it } from 'vitest';
import { describeEnd, describeMoment, type Moment } from './describe-live.ts';

const MOMENT: Moment = {
  progress: { isPaused: false, seconds: 25, users: [50, 50], complete: 1000, interrupted: 0 },
  elapsedSeconds: 20.7,
  plannedSeconds: 60,
  lately: { seconds: 10, requests: 498, failed: 3, limited: 0, okP95Ms: 18.23 },
  crossed: [],
};
const { lately: _, plannedSeconds: __, ...BARE } = MOMENT;

describe('a run at a moment', () => {
  it.each<[string, Moment, string]>([
    ['has time, rate, p95, failures and users', MOMENT, '20s of 1m: 50 req/s, p95 18 ms, 3 failed, 50 users'],
    [
      'tells responses of rate limits apart',
      { ...MOMENT, lately: { seconds: 10, requests: 42, failed: 0, limited: 12 } },
      '20s of 1m: 4.2 req/s, 0 failed, 50 users, 12 rate limited',
    ],
    [
      'has crossed limits in front, and names them at its end',
      { ...MOMENT, crossed: ['list: p95', 'success'] },
      '20s of 1m: <2 limits crossed>, 50 req/s, p95 18 ms, 3 failed, 50 users< (list: p95; success)>',
    ],
    [
      'names three of many crossed limits',
      { ...BARE, crossed: ['a', 'b', 'c', 'd', 'e'] },
      '20s: <5 limits crossed>, 1,000 iterations done, 50 users< (a; b; c; 2 more)>',
    ],
    [
      'says nothing of a plan of iterations, which the service lets take as long as it does',
      { ...BARE, plannedSeconds: 0.2 },
      '20s: 1,000 iterations done, 50 users',
    ],
    [
      'says so where nobody is answered',
      { ...MOMENT, lately: { seconds: 10.02, requests: 0, failed: 0, limited: 0 } },
      '20s of 1m: no response for 10s, 0 failed, 50 users',
    ],
    ['has iterations where nobody records', BARE, '20s: 1,000 iterations done, 50 users'],
    [
      'may know how long it takes at most',
      { ...BARE, progress: { ...BARE.progress, mostSeconds: 90 } },
      '20s of at most 1m30s: 1,000 iterations done, 50 users',
    ],
    [
      'can take longer than planned',
      { ...MOMENT, elapsedSeconds: 62 },
      expect.stringMatching(/^1m2s \(planned: 1m\): /),
    ],
    ['can be before the load', { ...MOMENT, elapsedSeconds: undefined }, 'Before the load: 50 users'],
    ['can be in the warm-up', { ...MOMENT, elapsedSeconds: -2.5 }, 'Warm-up, 3s to the load: 50 users'],
  ])('%s', (_, moment, line) => expect(describeMoment(moment, (text) => `<${text}>`)).toEqual(line));

  it('fits 80 columns with large figures', () => {
    const lately = { seconds: 10, requests: 123_456, failed: 12_345, limited: 0, okP95Ms: 12_345 };
    const progress = { ...MOMENT.progress, users: [1000, 1000] } as const;
    const line = describeMoment({ ...MOMENT, elapsedSeconds: 4210, plannedSeconds: 7200, lately, progress });
    expect(line.length).toBeLessThan(80);
  });
});

describe('the end of a run', () => {
  it('has the whole of it', () => {
    const lately = { seconds: 60, requests: 2990, failed: 0, limited: 0, okP95Ms: 18.23 };
    expect(describeEnd({ ...MOMENT, elapsedSeconds: 60.2, lately })).toBe(
      'Load over after 1m: 2,990 requests (50/s), p95 18 ms, 0 failed',
    );
  });

  it('says how many iterations were interrupted', () => {
    const progress = { ...BARE.progress, interrupted: 5 };
    expect(describeEnd({ ...BARE, progress })).toBe(
      'Load over after 21s: 1,000 iterations done, 5 iterations interrupted',
    );
  });
});
