import { expect, it } from 'vitest';
import { warmUpOf } from './warm-up.ts';

it('sends each stream at its peak, in its own model and rhythm', () => {
  const warmUp = warmUpOf(
    {
      ramping: {
        kind: 'ramping-users',
        startUsers: 0,
        stages: [
          { users: 30, durationSeconds: 5 },
          { users: 10, durationSeconds: 5 },
        ],
        thinkTimeSeconds: 1,
        pacingSeconds: 2,
      },
      fixed: { kind: 'fixed-work', users: 7, requestsPerEndpoint: 100, thinkTimeSeconds: 0, pacingSeconds: 0 },
      arrivals: {
        kind: 'ramping-arrivals',
        startRatePerSecond: 1,
        stages: [{ ratePerSecond: 20, durationSeconds: 5 }],
        expectedLatencyMs: 50,
        maxUsers: 3,
      },
    },
    4,
  );
  expect(warmUp).toEqual({
    'warm-up-ramping': {
      kind: 'constant-users',
      users: 30,
      rampUpSeconds: 0,
      durationSeconds: 4,
      thinkTimeSeconds: 1,
      pacingSeconds: 2,
    },
    'warm-up-fixed': {
      kind: 'constant-users',
      users: 7,
      rampUpSeconds: 0,
      durationSeconds: 4,
      thinkTimeSeconds: 0,
      pacingSeconds: 0,
    },
    'warm-up-arrivals': {
      kind: 'constant-arrivals',
      ratePerSecond: 20,
      durationSeconds: 4,
      expectedLatencyMs: 50,
      maxUsers: 3,
    },
  });
});

it('is no load at all for no time', () => {
  expect(
    warmUpOf(
      { users: { kind: 'fixed-work', users: 1, requestsPerEndpoint: 1, thinkTimeSeconds: 0, pacingSeconds: 0 } },
      0,
    ),
  ).toEqual({});
});
