import { UserError } from './errors.ts';
import { expectMembers, expectObject } from './expect-members.ts';
import type { LoadShape } from './load-shape.ts';
import { LEAST_RATE, MAX_USERS, MOST_RATE } from './settings.ts';
import { kindOfValue, shownName } from './shown.ts';
import { LONGEST_SECONDS } from './units.ts';

/** What a number may be. */
export interface Range {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
  readonly isOptional?: true;
}

const MOST_REQUESTS = 1_000_000;

const USERS = wholeNumber(1, MAX_USERS);
const COUNT = wholeNumber(0, MAX_USERS);
const REQUESTS = wholeNumber(1, MOST_REQUESTS);
const SECONDS: Range = {
  holds: (value) => value > 0 && value <= LONGEST_SECONDS,
  expected: 'a number above 0, at most a year',
};
const PAUSE: Range = {
  holds: (value) => value >= 0 && value <= LONGEST_SECONDS,
  expected: 'a number, at least 0, at most a year',
};
const LATENCY: Range = {
  holds: (value) => value >= 0 && value <= LONGEST_SECONDS * 1000,
  expected: 'a number of milliseconds, at least 0, at most a year',
};
const RATE: Range = {
  holds: (value) => value >= LEAST_RATE && value <= MOST_RATE,
  expected: `a number from ${LEAST_RATE} to ${MOST_RATE}`,
};
const RATE_OR_NONE: Range = {
  holds: (value) => value >= 0 && value <= MOST_RATE,
  expected: `a number from 0 to ${MOST_RATE}`,
};

export const NOT_NEGATIVE: Range = { holds: (value) => value >= 0, expected: 'a number, at least 0' };
export const POSITIVE: Range = { holds: (value) => value > 0, expected: 'a number above 0' };

const RHYTHM = { thinkTimeSeconds: PAUSE, pacingSeconds: PAUSE };
const ARRIVAL_USERS = { expectedLatencyMs: LATENCY, maxUsers: { ...USERS, isOptional: true as const } };

function wholeNumber(least: number, most: number): Range {
  return {
    holds: (value) => Number.isInteger(value) && value >= least && value <= most,
    expected: `a whole number from ${least} to ${most}`,
  };
}

type Numbers = Readonly<Record<string, Range>>;

/** The numbers of each shape, and those of its stages. `run-summary.schema.json` says the same of a stored run. */
const SHAPES: { readonly [Kind in LoadShape['kind']]: { readonly numbers: Numbers; readonly stage?: Numbers } } = {
  'constant-users': {
    numbers: { users: USERS, durationSeconds: SECONDS, rampUpSeconds: PAUSE, ...RHYTHM },
  },
  'ramping-users': {
    numbers: { startUsers: COUNT, ...RHYTHM },
    stage: { users: COUNT, durationSeconds: PAUSE },
  },
  'fixed-work': { numbers: { users: USERS, requestsPerEndpoint: REQUESTS, ...RHYTHM } },
  'fixed-journeys': { numbers: { users: USERS, journeysPerUser: REQUESTS, ...RHYTHM } },
  scripted: { numbers: { users: USERS, durationSeconds: SECONDS } },
  'constant-arrivals': { numbers: { ratePerSecond: RATE, durationSeconds: SECONDS, ...ARRIVAL_USERS } },
  'ramping-arrivals': {
    numbers: { startRatePerSecond: RATE_OR_NONE, ...ARRIVAL_USERS },
    stage: { ratePerSecond: RATE_OR_NONE, durationSeconds: PAUSE },
  },
};

const KINDS = Object.keys(SHAPES) as LoadShape['kind'][];

/**
 * That plans are what their types say, with numbers that there can be: the compiler is not everybody's.
 * @throws UserError that names the plan, the stream and the member
 */
export function expectPlans(plans: unknown): void {
  expectObject('plans', plans);
  const names = Object.keys(plans);
  if (names.length === 0 || names.includes('')) {
    throw new UserError({
      what: 'There is no plan.',
      received: 'plans without a name',
      expected: 'at least one, by name',
    });
  }
  for (const name of names) expectPlan(name, plans[name]);
}

/** @throws UserError that names the plan, the stream and the member */
export function expectPlan(name: string, plan: unknown): void {
  expectObject(`The plan "${name}"`, plan);
  const streams = Object.entries(plan);
  if (streams.length === 0) {
    throw new UserError({ what: `The plan "${name}" has no stream of load.`, expected: 'at least one, by name' });
  }
  for (const [stream, shape] of streams) {
    expectStreamName(name, stream);
    expectShape(`The stream "${stream}" of plan "${name}"`, shape);
  }
}

/** What k6 takes for the name of a scenario. */
function expectStreamName(plan: string, stream: string): void {
  if (/^[\w-]+$/.test(stream)) return;
  throw new UserError({
    what: `A stream of plan "${plan}" has a name that k6 does not take.`,
    received: shownName(stream),
    expected: 'letters, digits, "_" and "-", such as "users"',
  });
}

function expectShape(what: string, shape: unknown): void {
  expectObject(what, shape, ['kind']);
  const kind = KINDS.find((each) => each === shape.kind);
  if (kind === undefined) {
    throw new UserError({
      what: `${what} has a shape that is not known.`,
      received: typeof shape.kind === 'string' ? shownName(shape.kind) : kindOfValue(shape.kind),
      expected: `what constantUsers() and the like return: ${KINDS.join(', ')}`,
    });
  }
  const { numbers, stage } = SHAPES[kind];
  const others = [...(stage === undefined ? [] : ['stages']), ...(kind === 'scripted' ? [] : ['journey'])];
  expectMembers(what, shape, ['kind', ...Object.keys(numbers), ...others]);
  expectNumbers(what, shape, numbers);
  if (stage !== undefined) expectStages(what, shape.stages, stage);
}

function expectStages(what: string, stages: unknown, numbers: Numbers): void {
  if (!Array.isArray(stages) || stages.length === 0) {
    throw new UserError({
      what: `${what} has no stages.`,
      received: kindOfValue(stages),
      expected: 'a list of at least one',
    });
  }
  for (const [i, stage] of stages.entries()) {
    expectMembers(`Stage ${i + 1} of ${what.replace(/^The/, 'the')}`, stage, Object.keys(numbers));
    expectNumbers(`Stage ${i + 1} of ${what.replace(/^The/, 'the')}`, stage, numbers);
  }
}

/** @throws UserError that names the member, for a number that is none, not finite, or out of its range */
export function expectNumbers(what: string, values: Readonly<Record<string, unknown>>, numbers: Numbers): void {
  for (const [member, { holds, expected, isOptional }] of Object.entries(numbers)) {
    const value = values[member];
    if (value === undefined && isOptional) continue;
    if (typeof value === 'number' && Number.isFinite(value) && holds(value)) continue;
    throw new UserError({
      what: `${what} has a ${member} that cannot be.`,
      received: kindOfValue(value),
      expected: `${expected}, and finite`,
    });
  }
}
