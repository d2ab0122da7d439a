import { sum } from './sum.ts';
/**
 * How load arrives, as data. In a *closed* model a fixed number of users each wait for their reply before they go on,
 * so a slow service receives less load; in an *open* model iterations arrive at their rate whatever the service does.
 */
export type LoadShape =
  | ConstantUsers
  | RampingUsers
  | FixedWork
  | FixedJourneys
  | Scripted
  | ConstantArrivals
  | RampingArrivals;

/** What users of a stream do, in a test of journeys. */
export interface StreamOfJourney {
  /** The one journey of this stream. @default the mix of the test */
  readonly journey?: string;
}

/**
 * Time between the requests of one user, or between its journeys. Think time counts from the end of a request, and is a mean: each pause is
 * anything from half to one and a half of it. Pacing counts from the start of a request, and is exact.
 */
export interface Rhythm extends StreamOfJourney {
  readonly thinkTimeSeconds: number;
  readonly pacingSeconds: number;
}

/** Closed: as many users all the time, after an optional ramp-up that is not part of the duration. */
export interface ConstantUsers extends Rhythm {
  readonly kind: 'constant-users';
  readonly users: number;
  readonly durationSeconds: number;
  readonly rampUpSeconds: number;
}

/** Closed: the number of users follows the stages. */
export interface RampingUsers extends Rhythm {
  readonly kind: 'ramping-users';
  readonly startUsers: number;
  readonly stages: readonly { readonly users: number; readonly durationSeconds: number }[];
}

/** Closed: each user sends so many requests to each endpoint, then is done. */
export interface FixedWork extends Rhythm {
  readonly kind: 'fixed-work';
  readonly users: number;
  readonly requestsPerEndpoint: number;
}

/** Closed: each user goes through so many journeys, then is done. */
export interface FixedJourneys extends Rhythm {
  readonly kind: 'fixed-journeys';
  readonly users: number;
  readonly journeysPerUser: number;
}

/** Closed: each user works through a script of its own, once. */
export interface Scripted {
  readonly kind: 'scripted';
  readonly users: number;
  /** How long the script goes on, so far as it depends on us. */
  readonly durationSeconds: number;
}

/** Sizing of the users that serve an open model: how long one of them is busy with one request, as far as it is known. */
export interface ArrivalUsers extends StreamOfJourney {
  readonly expectedLatencyMs: number;
  /** More users than this are never started; arrivals beyond are dropped and counted. Derived from the timeout by default. */
  readonly maxUsers?: number;
}

/** Open: so many requests per second. */
export interface ConstantArrivals extends ArrivalUsers {
  readonly kind: 'constant-arrivals';
  readonly ratePerSecond: number;
  readonly durationSeconds: number;
}

/** Open: the rate follows the stages. */
export interface RampingArrivals extends ArrivalUsers {
  readonly kind: 'ramping-arrivals';
  readonly startRatePerSecond: number;
  readonly stages: readonly { readonly ratePerSecond: number; readonly durationSeconds: number }[];
}

/** The load of one plan: one or more streams that run side by side, by name. */
export type Plan = Readonly<Record<string, LoadShape>>;

/** Makes something of each stream, by their names. */
export function eachStream<Made>(plan: Plan, make: (shape: LoadShape, name: string) => Made): Record<string, Made> {
  return Object.fromEntries(Object.entries(plan).map(([name, shape]) => [name, make(shape, name)]));
}

/** The one journey of a stream; undefined where it has the mix of the test, or no journeys. */
export function journeyOf(shape: LoadShape): string | undefined {
  return 'journey' in shape ? shape.journey : undefined;
}

export type LoadModel = 'closed' | 'open';

export function modelOf(shape: LoadShape): LoadModel {
  return shape.kind === 'constant-arrivals' || shape.kind === 'ramping-arrivals' ? 'open' : 'closed';
}

/** Whether the shape ends when its work is done, however long that takes. */
export function isFixedWork(shape: LoadShape): shape is FixedWork | FixedJourneys {
  return shape.kind === 'fixed-work' || shape.kind === 'fixed-journeys';
}

/** How long the shape sends load; undefined for fixed work, which lasts as long as it takes. */
export function plannedSeconds(shape: LoadShape): number | undefined {
  switch (shape.kind) {
    case 'fixed-work':
    case 'fixed-journeys':
      return undefined;
    case 'constant-users':
      return shape.rampUpSeconds + shape.durationSeconds;
    case 'scripted':
    case 'constant-arrivals':
      return shape.durationSeconds;
    default:
      return sum(shape.stages.map((stage) => stage.durationSeconds));
  }
}

/** Whether the shape is the same from its first moment to its last, and as long as it is told to be. */
export function isSteady(shape: LoadShape): boolean {
  return shape.kind === 'constant-arrivals' || (shape.kind === 'constant-users' && shape.rampUpSeconds === 0);
}

/** The most users at one time, and the most arrivals per second, of all streams of a plan together. */
export function peaksOf(plan: Plan): { readonly users: number; readonly ratePerSecond: number } {
  const peakOfModel = (model: LoadModel) =>
    sum(Object.values(plan).map((shape) => (modelOf(shape) === model ? peakOf(shape) : 0)));
  return { users: peakOfModel('closed'), ratePerSecond: peakOfModel('open') };
}

/** The most users at one time; in an open model, the most arrivals per second. */
export function peakOf(shape: LoadShape): number {
  switch (shape.kind) {
    case 'constant-users':
    case 'fixed-work':
    case 'fixed-journeys':
    case 'scripted':
      return shape.users;
    case 'ramping-users':
      return Math.max(shape.startUsers, ...shape.stages.map((stage) => stage.users));
    case 'constant-arrivals':
      return shape.ratePerSecond;
    case 'ramping-arrivals':
      return Math.max(shape.startRatePerSecond, ...shape.stages.map((stage) => stage.ratePerSecond));
  }
}

/** A time in which a shape stays at one level: users, or arrivals per second. */
export interface Step {
  readonly level: number;
  /** Since the load began. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

/** The steps of a shape that goes up or down in jumps, with level time between them; none of any other. */
export function stepsOf(shape: LoadShape): Step[] {
  if (shape.kind !== 'ramping-users' && shape.kind !== 'ramping-arrivals') return [];
  let from = shape.kind === 'ramping-users' ? shape.startUsers : shape.startRatePerSecond;
  let startSeconds = 0;
  const steps: Step[] = [];
  for (const stage of shape.stages) {
    const level = 'users' in stage ? stage.users : stage.ratePerSecond;
    const { durationSeconds } = stage;
    if (durationSeconds > 0 && level !== from) return [];
    if (durationSeconds > 0) steps.push({ level, startSeconds, durationSeconds });
    startSeconds += durationSeconds;
    from = level;
  }
  return steps;
}

/**
 * How many iterations (one request each, or one journey) the shape plans, where that is known beforehand: fixed work, and arrivals
 * (the area under their rate). Time-bound closed shapes send what the service lets them.
 */
export function plannedIterations(shape: LoadShape, endpointCount: number): number | undefined {
  switch (shape.kind) {
    case 'fixed-work':
      return shape.users * shape.requestsPerEndpoint * endpointCount;
    case 'fixed-journeys':
      return shape.users * shape.journeysPerUser;
    case 'constant-arrivals':
      return shape.ratePerSecond * shape.durationSeconds;
    case 'ramping-arrivals': {
      let from = shape.startRatePerSecond;
      let area = 0;
      for (const { ratePerSecond, durationSeconds } of shape.stages) {
        area += ((from + ratePerSecond) / 2) * durationSeconds;
        from = ratePerSecond;
      }
      return area;
    }
    default:
      return undefined;
  }
}
