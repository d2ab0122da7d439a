import { expect, it } from 'vitest';
import { expectedReplies } from './expected-replies.ts';
import type { LoadShape } from './load-shape.ts';

const PAUSE = { thinkTimeSeconds: 0.995, pacingSeconds: 0 };
const users = (count: number, durationSeconds: number, pause: object = PAUSE): LoadShape =>
  ({ kind: 'constant-users', users: count, durationSeconds, rampUpSeconds: 0, ...PAUSE, ...pause }) as LoadShape;
const FIVE = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

it('users who think share their requests among the endpoints', () => {
  const { usual, most, grownBy } = expectedReplies({ users: users(50, 20) }, FIVE);
  expect(usual).toEqual({ a: 200, b: 200, c: 200, d: 200, e: 200 });
  expect(most.a).toBe(211);
  expect(grownBy).toEqual({ setting: 'DURATION', value: 20 });
});

it('users who never pause may be much faster than is assumed', () => {
  const { usual, most } = expectedReplies({ users: users(1, 1, { thinkTimeSeconds: 0 }) }, FIVE);
  expect(usual.a).toBe(40);
  expect(most.a).toBe(1000);
});

it('declared limits leave no more than they accepted', () => {
  const rateLimit = { requests: 30, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  const given = [{ id: 'limited', rateLimit }, { id: 'free' }];
  expect(expectedReplies({ users: users(50, 20) }, given)).toMatchObject({
    usual: { limited: 30, free: 500 },
    most: { limited: 527, free: 527 },
  });
  expect(expectedReplies({ users: users(50, 90) }, given).usual.limited).toBe(60);
});

it('fixed work grows by its users, arrivals and stages by their time', () => {
  const fixed: LoadShape = { kind: 'fixed-work', users: 4, requestsPerEndpoint: 10, ...PAUSE };
  expect(expectedReplies({ users: fixed }, FIVE)).toMatchObject({
    usual: { a: 40 },
    grownBy: { setting: 'VUS', value: 4 },
  });
  const arrivals: LoadShape = {
    kind: 'constant-arrivals',
    ratePerSecond: 10,
    durationSeconds: 30,
    expectedLatencyMs: 9,
  };
  expect(expectedReplies({ users: arrivals }, FIVE)).toMatchObject({
    usual: { a: 60 },
    grownBy: { setting: 'DURATION', value: 30 },
  });
  const stages = [
    { users: 10, durationSeconds: 5 },
    { users: 10, durationSeconds: 25 },
  ];
  const ramping: LoadShape = { kind: 'ramping-users', startUsers: 0, stages, ...PAUSE };
  expect(expectedReplies({ users: ramping }, FIVE).grownBy).toEqual({ setting: 'DURATION', value: 25 });
});
