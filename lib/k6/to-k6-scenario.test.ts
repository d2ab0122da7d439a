import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  ConstantArrivals,
  ConstantUsers,
  FixedWork,
  LoadShape,
  RampingArrivals,
  RampingUsers,
} from '../core/spec/load-shape.ts';
import { parseDurationSeconds } from '../core/spec/units.ts';

/** What k6 is given, as far as it is looked at here. */
interface K6Scenario {
  readonly executor: string;
  readonly gracefulStop?: string;
  readonly gracefulRampDown?: string;
  readonly maxDuration?: string;
}

interface Shapes {
  constantUsers(shape: Partial<ConstantUsers>): LoadShape;
  rampingUsers(shape: Partial<RampingUsers>): LoadShape;
  fixedWork(shape: Partial<FixedWork>): LoadShape;
  constantArrivals(shape: Partial<ConstantArrivals>): LoadShape;
  rampingArrivals(shape: Partial<RampingArrivals>): LoadShape;
}

interface ToK6Scenario {
  toK6Scenario(shape: LoadShape, context: { endpointCount: number; iterationMs: number }): K6Scenario;
}

// An import that the compiler follows would bring k6's globals, such as __ENV, into the project of the Node code.
const importFile = (file: string): Promise<unknown> => import(/* @vite-ignore */ file);
const shapes = (await importFile('./shapes.ts')) as Shapes;
const { toK6Scenario } = (await importFile('./to-k6-scenario.ts')) as ToK6Scenario;
const { constantArrivals, constantUsers, fixedWork, rampingArrivals, rampingUsers } = shapes;

const context = { endpointCount: 5, iterationMs: 30_000 };
const scenario = (shape: LoadShape, changes: Partial<typeof context> = {}) =>
  toK6Scenario(shape, { ...context, ...changes });

describe('the k6 scenario of', () => {
  it('constant users', () => {
    expect(scenario(constantUsers({ users: 50, durationSeconds: 60, thinkTimeSeconds: 1 }))).toEqual({
      executor: 'constant-vus',
      vus: 50,
      duration: '60000ms',
      gracefulStop: '32500ms',
    });
  });

  it('constant users with a ramp-up, which comes before the duration', () => {
    expect(scenario(constantUsers({ users: 50, durationSeconds: 60, rampUpSeconds: 10 }))).toEqual({
      executor: 'ramping-vus',
      startVUs: 0,
      stages: [
        { target: 50, duration: '10000ms' },
        { target: 50, duration: '60000ms' },
      ],
      gracefulStop: '31000ms',
      gracefulRampDown: '31000ms',
    });
  });

  it('ramping users', () => {
    const stages = [
      { users: 20, durationSeconds: 0.5 },
      { users: 0, durationSeconds: 5 },
    ];
    expect(scenario(rampingUsers({ stages, startUsers: 3 }))).toEqual({
      executor: 'ramping-vus',
      startVUs: 3,
      stages: [
        { target: 20, duration: '500ms' },
        { target: 0, duration: '5000ms' },
      ],
      gracefulStop: '31000ms',
      gracefulRampDown: '31000ms',
    });
    expect(scenario(rampingUsers({ stages }))).toMatchObject({ startVUs: 0 });
  });

  it('fixed work, which may take as long as its slowest course', () => {
    const shape = fixedWork({ users: 50, requestsPerEndpoint: 10, thinkTimeSeconds: 0.5, pacingSeconds: 2 });
    expect(scenario(shape)).toEqual({
      executor: 'per-vu-iterations',
      vus: 50,
      iterations: 50,
      maxDuration: `${50 * 32_000 + 1000}ms`,
      gracefulStop: '33000ms',
    });
  });

  it('constant arrivals, with users for the expected latency and at most for the timeout', () => {
    expect(scenario(constantArrivals({ ratePerSecond: 40, durationSeconds: 60, expectedLatencyMs: 500 }))).toEqual({
      executor: 'constant-arrival-rate',
      rate: 40,
      timeUnit: '1s',
      duration: '60000ms',
      preAllocatedVUs: 20,
      maxVUs: 1200,
      gracefulStop: '31000ms',
    });
  });

  it('ramping arrivals, over 1,000 seconds because k6 takes whole rates only', () => {
    const stages = [
      { ratePerSecond: 2.5, durationSeconds: 10 },
      { ratePerSecond: 100, durationSeconds: 20 },
    ];
    expect(scenario(rampingArrivals({ stages, startRatePerSecond: 0.125, maxUsers: 70 }))).toEqual({
      executor: 'ramping-arrival-rate',
      startRate: 125,
      timeUnit: '1000000ms',
      stages: [
        { target: 2500, duration: '10000ms' },
        { target: 100_000, duration: '20000ms' },
      ],
      preAllocatedVUs: 70,
      maxVUs: 70,
      gracefulStop: '31000ms',
    });
  });
});

describe('arrivals', () => {
  const arrivals = (changes: Partial<ConstantArrivals>, iterationMs = 30_000) =>
    scenario(constantArrivals({ ratePerSecond: 10, durationSeconds: 60, ...changes }), { iterationMs });

  it.each([
    ['at least 10 users', { ratePerSecond: 0.5 }, 1000, { preAllocatedVUs: 10, maxVUs: 10 }],
    ['at most 2,000 derived users', { ratePerSecond: 1000 }, 30_000, { preAllocatedVUs: 1000, maxVUs: 2000 }],
    ['never more in advance than at most', { ratePerSecond: 5000 }, 30_000, { preAllocatedVUs: 2000, maxVUs: 2000 }],
    ['what was said, above the derived limit', { maxUsers: 9000 }, 30_000, { preAllocatedVUs: 10, maxVUs: 9000 }],
    ['what was said, below the derived limit', { maxUsers: 3 }, 30_000, { preAllocatedVUs: 3, maxVUs: 3 }],
    ['users rounded up', { ratePerSecond: 11, expectedLatencyMs: 1001 }, 30_000, { preAllocatedVUs: 12, maxVUs: 330 }],
  ])('get %s', (_case, changes, iterationMs, users) => {
    expect(arrivals(changes, iterationMs)).toMatchObject(users);
  });

  it.each([
    [50, 50, '1s'],
    [0.5, 500, '1000000ms'],
    [2.5, 2500, '1000000ms'],
    [33.333, 33_333, '1000000ms'],
    [0.001, 1, '1000000ms'],
  ])('of %d per second are %i per %s', (ratePerSecond, rate, timeUnit) => {
    expect(arrivals({ ratePerSecond })).toMatchObject({ rate, timeUnit });
  });
});

const secondsOf = (text: string | undefined) => parseDurationSeconds(text ?? 'absent', 'a duration of k6');

it('no request is cut off before its timeout, whatever the shape: k6 would not count it', () => {
  const timeout = fc.integer({ min: 1, max: 120_000 });
  const pause = fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(
      timeout,
      pause,
      pause,
      fc.integer({ min: 1, max: 20 }),
      (iterationMs, thinkTimeSeconds, pacingSeconds, n) => {
        const rhythm = { thinkTimeSeconds, pacingSeconds };
        // A pause is anything up to one and a half think times.
        const iterationSeconds = iterationMs / 1000 + Math.max(1.5 * thinkTimeSeconds, pacingSeconds);
        const closed: LoadShape[] = [
          constantUsers({ users: n, durationSeconds: 5, ...rhythm }),
          constantUsers({ users: n, durationSeconds: 5, rampUpSeconds: 1, ...rhythm }),
          rampingUsers({ stages: [{ users: n, durationSeconds: 5 }], ...rhythm }),
          fixedWork({ users: n, requestsPerEndpoint: n, ...rhythm }),
        ];
        const open: LoadShape[] = [
          constantArrivals({ ratePerSecond: n, durationSeconds: 5 }),
          rampingArrivals({ stages: [{ ratePerSecond: n, durationSeconds: 5 }] }),
        ];
        for (const shape of [...closed, ...open]) {
          const k6 = scenario(shape, { iterationMs });
          const least = open.includes(shape) ? iterationMs / 1000 : iterationSeconds;
          expect(secondsOf(k6.gracefulStop)).toBeGreaterThanOrEqual(least);
          if (k6.executor === 'ramping-vus') expect(secondsOf(k6.gracefulRampDown)).toBeGreaterThanOrEqual(least);
          if (k6.executor === 'per-vu-iterations') {
            expect(secondsOf(k6.maxDuration)).toBeGreaterThanOrEqual(n * context.endpointCount * iterationSeconds);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});
