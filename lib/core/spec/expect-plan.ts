import { UserError } from './errors.ts';
import { expectMembers, expectObject } from './expect-members.ts';
import type { LoadShape } from './load-shape.ts';
import { kindOfValue, shownName } from './shown.ts';

/** What a number may be. */
export interface Range {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
  readonly isOptional?: true;
}

const USERS: Range = {
  holds: (value) => Number.isInteger(value) && value >= 1,
  expected: 'a whole number, at least 1',
};
const COUNT: Range = {
  holds: (value) => Number.isInteger(value) && value >= 0,
  expected: 'a whole number, at least 0',
};
export const NOT_NEGATIVE: Range = { holds: (value) => value >= 0, expected: 'a number, at least 0' };
export const POSITIVE: Range = { holds: (value) => value > 0, expected: 'a number above 0' };

const RHYTHM = { thinkTimeSeconds: NOT_NEGATIVE, pacingSeconds: NOT_NEGATIVE };
const ARRIVAL_USERS = { expectedLatencyMs: NOT_NEGATIVE, maxUsers: { ...USERS, isOptional: true as const } };

type Numbers = Readonly<Record<string, Range>>;

/** The numbers of each shape, and those of its stages. `run-summary.schema.json` says the same of a stored run. */
const SHAPES: { readonly [Kind in LoadShape['kind']]: { readonly numbers: Numbers; readonly stage?: Numbers } } = {
  'constant-users': {
    numbers: { users: USERS, durationSeconds: POSITIVE, rampUpSeconds: NOT_NEGATIVE, ...RHYTHM },
  },
  'ramping-users': {
    numbers: { startUsers: COUNT, ...RHYTHM },
    stage: { users: COUNT, durationSeconds: NOT_NEGATIVE },
  },
  'fixed-work': { numbers: { users: USERS, requestsPerEndpoint: USERS, ...RHYTHM } },
  scripted: { numbers: { users: USERS, durationSeconds: POSITIVE } },
  'constant-arrivals': { numbers: { ratePerSecond: POSITIVE, durationSeconds: POSITIVE, ...ARRIVAL_USERS } },
  'ramping-arrivals': {
    numbers: { startRatePerSecond: NOT_NEGATIVE, ...ARRIVAL_USERS },
    stage: { ratePerSecond: NOT_NEGATIVE, durationSeconds: NOT_NEGATIVE },
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
  expectMembers(what, shape, ['kind', ...Object.keys(numbers), ...(stage === undefined ? [] : ['stages'])]);
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
