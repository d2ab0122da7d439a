import type {
  ArrivalUsers,
  ConstantArrivals,
  ConstantUsers,
  FixedJourneys,
  FixedWork,
  RampingArrivals,
  RampingUsers,
  Scripted,
} from '../core/spec/load-shape.ts';
import { EXPECTED_LATENCY_MS, NO_PAUSE } from './shape-defaults.ts';

type WithDefaults<Shape, Defaulted extends keyof Shape> = Omit<Shape, 'kind' | Defaulted> &
  Partial<Pick<Shape, Defaulted>>;

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

/** Closed model in which each user goes through exactly `journeysPerUser` journeys. */
export function fixedJourneys(shape: WithDefaults<FixedJourneys, 'thinkTimeSeconds' | 'pacingSeconds'>): FixedJourneys {
  return { kind: 'fixed-journeys', ...NO_PAUSE, ...shape };
}

/** Closed model in which each user works once through what the question of its scenario says. */
export function scripted(shape: Omit<Scripted, 'kind'>): Scripted {
  return { kind: 'scripted', ...shape };
}

/** Open model: `ratePerSecond` requests per second, however slow the replies. */
export function constantArrivals(shape: WithDefaults<ConstantArrivals, 'expectedLatencyMs'>): ConstantArrivals {
  return { kind: 'constant-arrivals', expectedLatencyMs: EXPECTED_LATENCY_MS, ...shape };
}

/** Open model whose rate follows the stages, from `startRatePerSecond` (default 0). */
export function rampingArrivals(
  shape: WithDefaults<RampingArrivals, 'startRatePerSecond' | 'expectedLatencyMs'>,
): RampingArrivals {
  return { kind: 'ramping-arrivals', startRatePerSecond: 0, expectedLatencyMs: EXPECTED_LATENCY_MS, ...shape };
}

/** Open model: nothing at first, then so many requests, or journeys, per second at once. For `recovery`. */
export function overload({
  quietSeconds,
  ratePerSecond,
  durationSeconds,
  ...users
}: {
  readonly quietSeconds: number;
  readonly ratePerSecond: number;
  readonly durationSeconds: number;
} & Partial<ArrivalUsers>): RampingArrivals {
  return {
    kind: 'ramping-arrivals',
    startRatePerSecond: 0,
    stages: [
      { ratePerSecond: 0, durationSeconds: quietSeconds },
      { ratePerSecond, durationSeconds: 0 },
      { ratePerSecond, durationSeconds },
    ],
    // Replies are slow then: k6 drops an arrival for each user that it has to add.
    expectedLatencyMs: 4 * EXPECTED_LATENCY_MS,
    ...users,
  };
}
