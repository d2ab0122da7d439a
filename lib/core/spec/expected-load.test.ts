import { expect, it } from 'vitest';
import { expectedLoad } from './expected-load.ts';
import type { LoadShape } from './load-shape.ts';

const PAUSE = { thinkTimeSeconds: 0.995, pacingSeconds: 0 };
const NO_PAUSE = { thinkTimeSeconds: 0, pacingSeconds: 0 };
const ARRIVALS = { expectedLatencyMs: 1000 };

it.each<[string, LoadShape, number, number]>([
  ['users who think', { kind: 'constant-users', users: 50, durationSeconds: 60, rampUpSeconds: 0, ...PAUSE }, 3000, 60],
  [
    'users who arrive one by one',
    { kind: 'constant-users', users: 50, durationSeconds: 60, rampUpSeconds: 20, ...PAUSE },
    3500,
    80,
  ],
  [
    'users at a pace that is longer than their think time',
    { kind: 'constant-users', users: 10, durationSeconds: 60, rampUpSeconds: 0, ...PAUSE, pacingSeconds: 6 },
    100,
    60,
  ],
  [
    'users without a pause, whom k6 limits',
    { kind: 'constant-users', users: 1000, durationSeconds: 10, rampUpSeconds: 0, ...NO_PAUSE },
    100_000,
    10,
  ],
  [
    'users in stages',
    {
      kind: 'ramping-users',
      startUsers: 0,
      stages: [
        { users: 100, durationSeconds: 20 },
        { users: 100, durationSeconds: 40 },
      ],
      ...PAUSE,
    },
    5000,
    60,
  ],
  ['fixed work', { kind: 'fixed-work', users: 100, requestsPerEndpoint: 5, ...PAUSE }, 2500, 25],
  ['arrivals', { kind: 'constant-arrivals', ratePerSecond: 6, durationSeconds: 60, ...ARRIVALS }, 360, 60],
  [
    'arrivals in stages',
    {
      kind: 'ramping-arrivals',
      startRatePerSecond: 0,
      stages: [{ ratePerSecond: 10, durationSeconds: 60 }],
      ...ARRIVALS,
    },
    300,
    60,
  ],
])('%s', (_, shape, requests, seconds) => {
  const expected = expectedLoad({ stream: shape }, 5);
  expect(expected.requests).toBe(requests);
  expect(expected.seconds).toBeCloseTo(seconds, 6);
});

it('streams add up, and run beside each other', () => {
  const stream = (ratePerSecond: number, durationSeconds: number): LoadShape => ({
    kind: 'constant-arrivals',
    ratePerSecond,
    durationSeconds,
    ...ARRIVALS,
  });
  expect(expectedLoad({ light: stream(6, 60), heavy: stream(40, 30) }, 5)).toEqual({ requests: 1560, seconds: 60 });
});
