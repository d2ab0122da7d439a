import type { Scenario } from 'k6/options';
import type {
  ConstantArrivals,
  ConstantUsers,
  FixedWork,
  LoadShape,
  RampingArrivals,
  RampingUsers,
  Scripted,
} from '../core/load-shape.ts';
import { peakOf } from '../core/load-shape.ts';

type WithDefaults<Shape, Defaulted extends keyof Shape> = Omit<Shape, 'kind' | Defaulted> &
  Partial<Pick<Shape, Defaulted>>;

const NO_PAUSE = { thinkTimeSeconds: 0, pacingSeconds: 0 };

/** Closed model: `users` at a time, each sending its next request `thinkTimeSeconds` after the last reply. */
export function constantUsers(
  shape: WithDefaults<ConstantUsers, 'rampUpSeconds' | 'thinkTimeSeconds' | 'pacingSeconds'>,
): ConstantUsers {
  return { kind: 'constant-users', rampUpSeconds: 0, ...NO_PAUSE, ...shape };
}

/** Closed model whose number of users follows the stages, from `startUsers` (default 0). */
export function rampingUsers(
  shape: WithDefaults<RampingUsers, 'startUsers' | 'thinkTimeSeconds' | 'pacingSeconds'>,
): RampingUsers {
  return { kind: 'ramping-users', startUsers: 0, ...NO_PAUSE, ...shape };
}

/** Closed model in which each user sends exactly `requestsPerEndpoint` requests to each endpoint. */
export function fixedWork(shape: WithDefaults<FixedWork, 'thinkTimeSeconds' | 'pacingSeconds'>): FixedWork {
  return { kind: 'fixed-work', ...NO_PAUSE, ...shape };
}

/** Closed model in which each user works once through what the question of its scenario says. */
export function scripted(shape: Omit<Scripted, 'kind'>): Scripted {
  return { kind: 'scripted', ...shape };
}

const ARRIVALS = { expectedLatencyMs: 1000 };

/** Open model: `ratePerSecond` requests per second, however slow the replies. */
export function constantArrivals(shape: WithDefaults<ConstantArrivals, 'expectedLatencyMs'>): ConstantArrivals {
  return { kind: 'constant-arrivals', ...ARRIVALS, ...shape };
}

/** Open model whose rate follows the stages, from `startRatePerSecond` (default 0). */
export function rampingArrivals(
  shape: WithDefaults<RampingArrivals, 'startRatePerSecond' | 'expectedLatencyMs'>,
): RampingArrivals {
  return { kind: 'ramping-arrivals', startRatePerSecond: 0, ...ARRIVALS, ...shape };
}

/** Levels from the first to the last, `steps` of them, each larger than the one before by the same factor. */
export interface Staircase {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly stepSeconds: number;
}

/** Open model that goes up in steps: requests per second. What is between two levels is a jump. */
export function steppedArrivals({
  expectedLatencyMs = ARRIVALS.expectedLatencyMs,
  ...staircase
}: Staircase & { readonly expectedLatencyMs?: number }): RampingArrivals {
  const levels = levelsOf(staircase).map((rate) => Number(rate.toPrecision(3)));
  return {
    kind: 'ramping-arrivals',
    startRatePerSecond: levels[0] ?? 0,
    stages: stagesOf(levels, staircase.stepSeconds, 'ratePerSecond'),
    expectedLatencyMs,
  };
}

/** Closed model that goes up in steps: users without a pause between their requests. */
export function steppedUsers(staircase: Staircase): RampingUsers {
  const levels = [...new Set(levelsOf(staircase).map(Math.round))];
  return {
    kind: 'ramping-users',
    startUsers: levels[0] ?? 0,
    stages: stagesOf(levels, staircase.stepSeconds, 'users'),
    ...NO_PAUSE,
  };
}

function levelsOf({ from, to, steps }: Staircase): number[] {
  return Array.from({ length: steps }, (_, i) => from * (to / from) ** (steps > 1 ? i / (steps - 1) : 0));
}

/** Each level is jumped to and then held. */
function stagesOf<Key extends string>(
  levels: readonly number[],
  stepSeconds: number,
  key: Key,
): (Record<Key, number> & { readonly durationSeconds: number })[] {
  return levels.flatMap((level) =>
    [0, stepSeconds].map(
      (durationSeconds) =>
        ({ [key]: level, durationSeconds }) as Record<Key, number> & { readonly durationSeconds: number },
    ),
  );
}

/** Open model: nothing at first, then so many requests per second at once. For `recovery`. */
export function overload({
  quietSeconds,
  ratePerSecond,
  durationSeconds,
}: {
  readonly quietSeconds: number;
  readonly ratePerSecond: number;
  readonly durationSeconds: number;
}): RampingArrivals {
  return {
    kind: 'ramping-arrivals',
    startRatePerSecond: 0,
    stages: [
      { ratePerSecond: 0, durationSeconds: quietSeconds },
      { ratePerSecond, durationSeconds: 0 },
      { ratePerSecond, durationSeconds },
    ],
    // Replies are slow then: k6 drops an arrival for each user that it has to add.
    expectedLatencyMs: 4 * ARRIVALS.expectedLatencyMs,
  };
}

/** What a k6 scenario needs to know beside its shape. */
export interface ScenarioContext {
  readonly endpointCount: number;
  /** The longest timeout of any endpoint. */
  readonly timeoutMs: number;
}

/**
 * The k6 scenario of a shape. A request that is in flight when k6 gives up waiting is not counted by k6 at all, so
 * every scenario may finish gracefully for as long as its slowest request can take.
 */
export function toK6Scenario(shape: LoadShape, { endpointCount, timeoutMs }: ScenarioContext): Scenario {
  const pauseSeconds = 'thinkTimeSeconds' in shape ? Math.max(1.5 * shape.thinkTimeSeconds, shape.pacingSeconds) : 0;
  const gracefulStop = seconds(timeoutMs / 1000 + pauseSeconds + 1);
  switch (shape.kind) {
    case 'constant-users':
      return shape.rampUpSeconds > 0
        ? {
            executor: 'ramping-vus',
            startVUs: 0,
            stages: [
              { target: shape.users, duration: seconds(shape.rampUpSeconds) },
              { target: shape.users, duration: seconds(shape.durationSeconds) },
            ],
            gracefulStop,
            gracefulRampDown: gracefulStop,
          }
        : { executor: 'constant-vus', vus: shape.users, duration: seconds(shape.durationSeconds), gracefulStop };
    case 'ramping-users':
      return {
        executor: 'ramping-vus',
        startVUs: shape.startUsers,
        stages: shape.stages.map(({ users, durationSeconds }) => ({
          target: users,
          duration: seconds(durationSeconds),
        })),
        gracefulStop,
        gracefulRampDown: gracefulStop,
      };
    case 'fixed-work': {
      const iterations = shape.requestsPerEndpoint * endpointCount;
      return {
        executor: 'per-vu-iterations',
        vus: shape.users,
        iterations,
        maxDuration: seconds(iterations * (timeoutMs / 1000 + pauseSeconds) + 1),
        gracefulStop,
      };
    }
    case 'scripted':
      return {
        executor: 'per-vu-iterations',
        vus: shape.users,
        iterations: 1,
        maxDuration: seconds(shape.durationSeconds + timeoutMs / 1000 + 1),
        // Whatever can take so long is over by then; what hangs is not waited for twice.
        gracefulStop: seconds(1),
      };
    case 'constant-arrivals':
      return {
        executor: 'constant-arrival-rate',
        ...wholeRate(shape.ratePerSecond),
        duration: seconds(shape.durationSeconds),
        ...arrivalUsers(shape, timeoutMs),
        gracefulStop,
      };
    case 'ramping-arrivals': {
      const perTimeUnit = (rate: number) => Math.round(rate * RATE_SECONDS);
      return {
        executor: 'ramping-arrival-rate',
        startRate: perTimeUnit(shape.startRatePerSecond),
        timeUnit: seconds(RATE_SECONDS),
        stages: shape.stages.map(({ ratePerSecond, durationSeconds }) => ({
          target: perTimeUnit(ratePerSecond),
          duration: seconds(durationSeconds),
        })),
        ...arrivalUsers(shape, timeoutMs),
        gracefulStop,
      };
    }
  }
}

/** k6 takes whole rates only: over 1,000 seconds a rate keeps three digits after the point. */
const RATE_SECONDS = 1000;

/** The least rate that k6 can be given. */
const atLeastOne = (rate: number): number => Math.max(1, Math.round(rate));

function wholeRate(ratePerSecond: number): { rate: number; timeUnit: string } {
  return Number.isInteger(ratePerSecond)
    ? { rate: ratePerSecond, timeUnit: '1s' }
    : { rate: atLeastOne(ratePerSecond * RATE_SECONDS), timeUnit: seconds(RATE_SECONDS) };
}

const FEWEST_USERS = 10;
const MOST_DERIVED_USERS = 2000;

/** Little's law: users busy = rate × time each is busy. Beforehand for the expected latency, at most for the timeout. */
function arrivalUsers(
  shape: ConstantArrivals | RampingArrivals,
  timeoutMs: number,
): { preAllocatedVUs: number; maxVUs: number } {
  const busyUsers = (milliseconds: number) => Math.ceil((peakOf(shape) * milliseconds) / 1000);
  const maxVUs = shape.maxUsers ?? Math.min(MOST_DERIVED_USERS, Math.max(FEWEST_USERS, busyUsers(timeoutMs)));
  return { preAllocatedVUs: Math.min(maxVUs, Math.max(FEWEST_USERS, busyUsers(shape.expectedLatencyMs))), maxVUs };
}

function seconds(value: number): string {
  return `${Math.round(value * 1000)}ms`;
}
