import { isFixedWork, type LoadShape, type Plan, plannedIterations, plannedSeconds } from './load-shape.ts';
import { sum } from './sum.ts';

/** How much load a plan is likely to make, known before it is sent. */
export interface ExpectedLoad {
  /**
   * Exact for arrivals and fixed work, else an estimate: see the assumptions below. In a test of journeys they are those,
   * at most: each takes as long as its own pauses and requests.
   */
  readonly requests: number;
  /** Of fixed work, what it takes when the service answers as assumed. */
  readonly seconds: number;
}

/** Of a service that is in good health and near: a slower one gets fewer requests in the same time. */
const ASSUMED_REPLY_SECONDS = 0.005;
/** Users without a pause send what the machine can: k6 and its target together on two cores came to twice as many. */
const MOST_REQUESTS_PER_SECOND = 10_000;

/**
 * @param endpointCount how many endpoints each stream of the plan sends to
 * @param replySeconds how long an answer takes
 */
export function expectedLoad(
  plan: Plan,
  endpointCount: number,
  replySeconds: number = ASSUMED_REPLY_SECONDS,
): ExpectedLoad {
  const streams = Object.values(plan).map((shape) => expectedOf(shape, endpointCount, replySeconds));
  return {
    requests: Math.round(sum(streams.map(({ requests }) => requests))),
    seconds: Math.max(0, ...streams.map(({ seconds }) => seconds)),
  };
}

function expectedOf(shape: LoadShape, endpointCount: number, replySeconds: number): ExpectedLoad {
  const known = plannedIterations(shape, endpointCount);
  if (isFixedWork(shape)) {
    const requests = known ?? 0;
    return { requests, seconds: (requests / shape.users) * secondsPerRequest(shape, replySeconds) };
  }
  const seconds = plannedSeconds(shape) ?? 0;
  if (shape.kind === 'scripted') return { requests: shape.users * seconds, seconds };
  return {
    requests:
      known ??
      Math.min(userSeconds(shape) / secondsPerRequest(shape, replySeconds), seconds * MOST_REQUESTS_PER_SECOND),
    seconds,
  };
}

function secondsPerRequest(shape: LoadShape, replySeconds: number): number {
  const { thinkTimeSeconds, pacingSeconds } = { thinkTimeSeconds: 0, pacingSeconds: 0, ...shape };
  return Math.max(pacingSeconds, thinkTimeSeconds + replySeconds);
}

/** The area under the number of users. */
function userSeconds(shape: LoadShape): number {
  if (shape.kind === 'constant-users') return shape.users * (shape.rampUpSeconds / 2 + shape.durationSeconds);
  if (shape.kind !== 'ramping-users') return 0;
  let from = shape.startUsers;
  return shape.stages.reduce((area, { users, durationSeconds }) => {
    const mean = (from + users) / 2;
    from = users;
    return area + mean * durationSeconds;
  }, 0);
}
