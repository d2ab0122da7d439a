import type { Scenario } from 'k6/options';
import type {
  ConstantArrivals,
  ConstantUsers,
  FixedJourneys,
  FixedWork,
  LoadShape,
  RampingArrivals,
  RampingUsers,
  Scripted,
} from '../core/spec/load-shape.ts';
import { arrivalUsers } from './arrival-users.ts';

/** What a k6 scenario needs to know beside its shape. */
export interface ScenarioContext {
  readonly endpointCount: number;
  /** How long an iteration can take, without its pause: the longest timeout of any endpoint, or that of a journey. */
  readonly iterationMs: number;
}

/**
 * The k6 scenario of a shape. A request that is in flight when k6 gives up waiting is not counted by k6 at all, so
 * every scenario may finish gracefully for as long as its slowest request can take.
 */
export function toK6Scenario(shape: LoadShape, context: ScenarioContext): Scenario {
  switch (shape.kind) {
    case 'constant-users':
      return constantUsers(shape, context);
    case 'ramping-users':
      return rampingUsers(shape, context);
    case 'fixed-work':
      return fixedWork(shape, context);
    case 'fixed-journeys':
      return fixedJourneys(shape, context);
    case 'scripted':
      return scripted(shape, context);
    case 'constant-arrivals':
      return constantArrivals(shape, context);
    case 'ramping-arrivals':
      return rampingArrivals(shape, context);
  }
}

function constantUsers(shape: ConstantUsers, context: ScenarioContext): Scenario {
  const { users, rampUpSeconds, durationSeconds } = shape;
  const gracefulStop = gracefulStopOf(shape, context);
  if (rampUpSeconds === 0) {
    return { executor: 'constant-vus', vus: users, duration: seconds(durationSeconds), gracefulStop };
  }
  return {
    executor: 'ramping-vus',
    startVUs: 0,
    stages: [
      { target: users, duration: seconds(rampUpSeconds) },
      { target: users, duration: seconds(durationSeconds) },
    ],
    gracefulStop,
    gracefulRampDown: gracefulStop,
  };
}

function rampingUsers(shape: RampingUsers, context: ScenarioContext): Scenario {
  const gracefulStop = gracefulStopOf(shape, context);
  return {
    executor: 'ramping-vus',
    startVUs: shape.startUsers,
    stages: shape.stages.map(({ users, durationSeconds }) => ({ target: users, duration: seconds(durationSeconds) })),
    gracefulStop,
    gracefulRampDown: gracefulStop,
  };
}

function fixedWork(shape: FixedWork, context: ScenarioContext): Scenario {
  return iterationsPerUser(shape, shape.requestsPerEndpoint * context.endpointCount, context);
}

function fixedJourneys(shape: FixedJourneys, context: ScenarioContext): Scenario {
  return iterationsPerUser(shape, shape.journeysPerUser, context);
}

function iterationsPerUser(shape: FixedWork | FixedJourneys, iterations: number, context: ScenarioContext): Scenario {
  return {
    executor: 'per-vu-iterations',
    vus: shape.users,
    iterations,
    maxDuration: seconds(iterations * (context.iterationMs / 1000 + pauseSecondsOf(shape)) + 1),
    gracefulStop: gracefulStopOf(shape, context),
  };
}

function scripted({ users, durationSeconds }: Scripted, { iterationMs }: ScenarioContext): Scenario {
  return {
    executor: 'per-vu-iterations',
    vus: users,
    iterations: 1,
    maxDuration: seconds(durationSeconds + iterationMs / 1000 + 1),
    // Whatever can take so long is over by then; what hangs is not waited for twice.
    gracefulStop: seconds(1),
  };
}

function constantArrivals(shape: ConstantArrivals, context: ScenarioContext): Scenario {
  return {
    executor: 'constant-arrival-rate',
    ...wholeRate(shape.ratePerSecond),
    duration: seconds(shape.durationSeconds),
    ...arrivalUsers(shape, context.iterationMs),
    gracefulStop: gracefulStopOf(shape, context),
  };
}

function rampingArrivals(shape: RampingArrivals, context: ScenarioContext): Scenario {
  const perTimeUnit = (rate: number) => Math.round(rate * RATE_SECONDS);
  return {
    executor: 'ramping-arrival-rate',
    startRate: perTimeUnit(shape.startRatePerSecond),
    timeUnit: seconds(RATE_SECONDS),
    stages: shape.stages.map(({ ratePerSecond, durationSeconds }) => ({
      target: perTimeUnit(ratePerSecond),
      duration: seconds(durationSeconds),
    })),
    ...arrivalUsers(shape, context.iterationMs),
    gracefulStop: gracefulStopOf(shape, context),
  };
}

/** An iteration is over when its slowest request, or its journey, and the pause after it are. */
function gracefulStopOf(shape: LoadShape, { iterationMs }: ScenarioContext): string {
  return seconds(iterationMs / 1000 + pauseSecondsOf(shape) + 1);
}

/** The longest pause: users think for at most one and a half of the think time. */
function pauseSecondsOf(shape: LoadShape): number {
  return 'thinkTimeSeconds' in shape ? Math.max(1.5 * shape.thinkTimeSeconds, shape.pacingSeconds) : 0;
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

function seconds(value: number): string {
  return `${Math.round(value * 1000)}ms`;
}
