import { expect, it } from 'vitest';
import { describeShape } from './describe-shape.ts';
import { type LoadShape, modelOf, peakOf, plannedIterations, plannedSeconds } from './load-shape.ts';
import { formatDuration } from './units.ts';

const rhythm = { thinkTimeSeconds: 0, pacingSeconds: 0 };

const SHAPES: readonly {
  shape: LoadShape;
  model: string;
  seconds: number | undefined;
  peak: number;
  iterations: number | undefined;
  words: string;
}[] = [
  {
    shape: { kind: 'constant-users', users: 1, durationSeconds: 60, rampUpSeconds: 10, ...rhythm, thinkTimeSeconds: 1 },
    model: 'closed',
    seconds: 70,
    peak: 1,
    iterations: undefined,
    words: 'one user for 1m after a ramp-up of 10s, think time 1s',
  },
  {
    shape: {
      kind: 'ramping-users',
      startUsers: 30,
      stages: [
        { users: 20, durationSeconds: 5 },
        { users: 10, durationSeconds: 5 },
      ],
      ...rhythm,
      pacingSeconds: 2,
    },
    model: 'closed',
    seconds: 10,
    peak: 30,
    iterations: undefined,
    words: '30 → 20 users in 5s → 10 users in 5s, no think time, at most one request per user every 2s',
  },
  {
    shape: { kind: 'fixed-work', users: 50, requestsPerEndpoint: 10, ...rhythm },
    model: 'closed',
    seconds: undefined,
    peak: 50,
    iterations: 2500,
    words: '50 users, each 10 requests to each endpoint, no think time',
  },
  {
    shape: { kind: 'constant-arrivals', ratePerSecond: 7.5, durationSeconds: 10, expectedLatencyMs: 1000 },
    model: 'open',
    seconds: 10,
    peak: 7.5,
    iterations: 75,
    words: '7.5 requests/s for 10s',
  },
  {
    shape: {
      kind: 'ramping-arrivals',
      startRatePerSecond: 0,
      stages: [
        { ratePerSecond: 100, durationSeconds: 10 },
        { ratePerSecond: 100, durationSeconds: 60 },
        { ratePerSecond: 20, durationSeconds: 0 },
        { ratePerSecond: 0, durationSeconds: 5 },
      ],
      expectedLatencyMs: 1000,
    },
    model: 'open',
    seconds: 75,
    peak: 100,
    iterations: 500 + 6000 + 0 + 50,
    words: '0 → 100 requests/s in 10s → 100 requests/s in 1m → 20 requests/s in 0s → 0 requests/s in 5s',
  },
];

it.each(SHAPES)('$shape.kind: model, length, peak, planned iterations and words', (expected) => {
  const { shape } = expected;
  expect({
    shape,
    model: modelOf(shape),
    seconds: plannedSeconds(shape),
    peak: peakOf(shape),
    iterations: plannedIterations(shape, 5),
    words: describeShape(shape, formatDuration),
  }).toEqual(expected);
});
