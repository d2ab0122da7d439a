import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import { type ConstantUsers, type LoadShape, type Plan, peakOf, plannedSeconds } from './load-shape.ts';
import { applySettings, choosePlan } from './plan-settings.ts';
import type { SettingName, Settings } from './settings.ts';
import { sum } from './sum.ts';

const rhythm = { thinkTimeSeconds: 1, pacingSeconds: 0 };
const constantUsers: ConstantUsers = {
  kind: 'constant-users',
  users: 50,
  durationSeconds: 60,
  rampUpSeconds: 0,
  ...rhythm,
};
const rampingUsers: LoadShape = {
  kind: 'ramping-users',
  startUsers: 10,
  stages: [
    { users: 20, durationSeconds: 10 },
    { users: 100, durationSeconds: 30 },
    { users: 0, durationSeconds: 10 },
  ],
  ...rhythm,
};
const fixedWork: LoadShape = { kind: 'fixed-work', users: 50, requestsPerEndpoint: 10, ...rhythm };
const constantArrivals: LoadShape = {
  kind: 'constant-arrivals',
  ratePerSecond: 100,
  durationSeconds: 60,
  expectedLatencyMs: 1000,
};
const rampingArrivals: LoadShape = {
  kind: 'ramping-arrivals',
  startRatePerSecond: 10,
  stages: [
    { ratePerSecond: 50, durationSeconds: 10 },
    { ratePerSecond: 200, durationSeconds: 40 },
  ],
  expectedLatencyMs: 1000,
};

const oneStageOfUsers: LoadShape = { ...rampingUsers, stages: [{ users: 5, durationSeconds: 10 }] };
const oneStageOfArrivals: LoadShape = { ...rampingArrivals, stages: [{ ratePerSecond: 5, durationSeconds: 10 }] };

const apply = (plan: Plan, settings: Partial<Settings>): Plan =>
  applySettings('timed', plan, { allowedHosts: [], ...settings });
const applyToOne = (shape: LoadShape, settings: Partial<Settings>) => apply({ only: shape }, settings).only;

describe('choosePlan', () => {
  const plans = { timed: { a: constantUsers }, reference: { a: fixedWork } };

  it('takes the first plan unless another one is named', () => {
    expect(choosePlan(plans, undefined)).toEqual({ name: 'timed', plan: plans.timed });
    expect(choosePlan(plans, 'reference')).toEqual({ name: 'reference', plan: plans.reference });
  });

  it.each(['Timed', 'soak', 'constructor', '__proto__', ''])('refuses %j and lists the plans there are', (name) => {
    expect(() => choosePlan(plans, name)).toThrow(UserError);
    expect(() => choosePlan(plans, name)).toThrow(
      'such plan.\n  received: PLAN, which names none of them\n  expected: one of: timed, reference',
    );
  });

  it('refuses a scenario without plans', () => {
    expect(() => choosePlan({}, undefined)).toThrow(UserError);
  });
});

it.each([constantUsers, rampingUsers, fixedWork, constantArrivals, rampingArrivals])(
  'without settings a plan of $kind stays as it is',
  (shape) => {
    expect(applyToOne(shape, {})).toEqual(shape);
  },
);

describe('a setting changes what it names, and nothing else, of', () => {
  it.each<[LoadShape, Partial<Settings>, Record<string, unknown>]>([
    [constantUsers, { users: 7 }, { users: 7 }],
    [constantUsers, { durationSeconds: 5 }, { durationSeconds: 5 }],
    [constantUsers, { rampUpSeconds: 3 }, { rampUpSeconds: 3 }],
    [constantUsers, { thinkTimeSeconds: 0 }, { thinkTimeSeconds: 0 }],
    [fixedWork, { users: 7, thinkTimeSeconds: 0 }, { users: 7, thinkTimeSeconds: 0 }],
    [constantArrivals, { ratePerSecond: 2.5 }, { ratePerSecond: 2.5 }],
    [constantArrivals, { users: 9, durationSeconds: 5 }, { maxUsers: 9, durationSeconds: 5 }],
    [rampingArrivals, { users: 9 }, { maxUsers: 9 }],
    [rampingUsers, { thinkTimeSeconds: 0.2 }, { thinkTimeSeconds: 0.2 }],
  ])('$kind: %j', (shape, settings, changes) => {
    expect(applyToOne(shape, settings)).toEqual({ ...shape, ...changes });
  });

  it('ramping users, whose stages keep their proportions', () => {
    expect(applyToOne(rampingUsers, { users: 50 })).toMatchObject({
      startUsers: 5,
      stages: [{ users: 10 }, { users: 50 }, { users: 0 }],
    });
  });

  it('ramping arrivals, whose stages keep their proportions', () => {
    expect(applyToOne(rampingArrivals, { ratePerSecond: 20 })).toMatchObject({
      startRatePerSecond: 1,
      stages: [{ ratePerSecond: 5 }, { ratePerSecond: 20 }],
    });
  });

  it('stages: RAMP_UP is the first one, DURATION is spread over the others', () => {
    const shape = applyToOne(rampingUsers, { rampUpSeconds: 4, durationSeconds: 80 });
    expect(shape).toMatchObject({
      stages: [{ durationSeconds: 4 }, { durationSeconds: 60 }, { durationSeconds: 20 }],
    });
    expect(shape && plannedSeconds(shape)).toBe(84);
  });

  it.each([oneStageOfUsers, oneStageOfArrivals])('a single stage of $kind, which takes DURATION', (shape) => {
    const [stage] = 'stages' in shape ? shape.stages : [];
    expect(applyToOne(shape, { durationSeconds: 90 })).toEqual({
      ...shape,
      stages: [{ ...stage, durationSeconds: 90 }],
    });
  });

  // The whole of it is its first stage too, so that RAMP_UP is dropped without a word.
  it('stages of which only the first takes time, for RAMP_UP', () => {
    const stages = [
      { users: 5, durationSeconds: 10 },
      { users: 0, durationSeconds: 0 },
    ];
    let shape: LoadShape | undefined;
    try {
      shape = applyToOne({ ...rampingUsers, stages }, { rampUpSeconds: 4 });
    } catch (error) {
      expect((error as Error).message).toMatch(/^RAMP_UP \(--ramp-up\) has no meaning/);
      return;
    }
    expect(shape).toMatchObject({ stages: [{ durationSeconds: 4 }, { durationSeconds: 0 }] });
  });

  it('only the closed streams of a mixed plan, for THINK_TIME', () => {
    expect(apply({ users: constantUsers, arrivals: constantArrivals }, { thinkTimeSeconds: 0 })).toEqual({
      users: { ...constantUsers, thinkTimeSeconds: 0 },
      arrivals: constantArrivals,
    });
  });
});

describe('a setting that the plan has no use for is refused by name', () => {
  it.each<[SettingName, LoadShape, Partial<Settings>]>([
    ['DURATION', fixedWork, { durationSeconds: 60 }],
    ['RATE', constantUsers, { ratePerSecond: 5 }],
    ['RATE', fixedWork, { ratePerSecond: 5 }],
    ['RATE', rampingUsers, { ratePerSecond: 5 }],
    ['THINK_TIME', constantArrivals, { thinkTimeSeconds: 1 }],
    ['THINK_TIME', rampingArrivals, { thinkTimeSeconds: 0 }],
    ['RAMP_UP', fixedWork, { rampUpSeconds: 0 }],
    ['RAMP_UP', constantArrivals, { rampUpSeconds: 5 }],
    ['RAMP_UP', oneStageOfUsers, { rampUpSeconds: 5 }],
    ['RAMP_UP', oneStageOfUsers, { rampUpSeconds: 5, durationSeconds: 60 }],
    ['RAMP_UP', oneStageOfArrivals, { rampUpSeconds: 5 }],
  ])('%s for $kind', (name, shape, settings) => {
    expect(() => applyToOne(shape, settings)).toThrow(UserError);
    expect(() => applyToOne(shape, settings)).toThrow(
      new RegExp(`^${name} \\(--[a-z-]+\\) has no meaning for plan "timed": `),
    );
  });

  it('DURATION as soon as one of several streams is fixed work', () => {
    expect(() => apply({ users: constantUsers, work: fixedWork }, { durationSeconds: 5 })).toThrow(/^DURATION /);
  });
});

describe('several streams', () => {
  const usersOf = (plan: Plan) => Object.values(plan).map(peakOf);
  const closed = (weights: readonly number[]): Plan =>
    Object.fromEntries(weights.map((users, i) => [`stream${i}`, { ...constantUsers, users }]));

  it.each([
    [[50, 30, 20], 10, [5, 3, 2]],
    [[1, 1, 1], 10, [4, 3, 3]],
    [[60, 40], 7, [4, 3]],
    [[50, 50], 100, [50, 50]],
    [[98, 1, 1], 10, [8, 1, 1]],
    [[98, 1, 1], 3, [1, 1, 1]],
    [[1, 98, 1], 4, [1, 2, 1]],
    [[1000, 1, 1, 1], 5, [2, 1, 1, 1]],
  ])('of %j users divide %i as %j', (weights, users, expected) => {
    expect(usersOf(apply(closed(weights), { users }))).toEqual(expected);
  });

  it('share VUS in proportion to within one user, and add up to it, wherever each has at least one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 100_000 }),
        (weights, users) => {
          const all = sum(weights);
          const exact = weights.map((weight) => (users * weight) / all);
          fc.pre(exact.every((share) => share >= 1));
          const shares = usersOf(apply(closed(weights), { users }));
          expect(sum(shares)).toBe(users);
          for (const [i, share] of shares.entries()) expect(Math.abs(share - (exact[i] ?? 0))).toBeLessThan(1);
        },
      ),
    );
  });

  it('add up to VUS with at least one user each, however small their share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 }),
        fc.nat(100_000),
        (weights, more) => {
          const users = weights.length + more;
          const parts = usersOf(apply(closed(weights), { users }));
          expect(sum(parts)).toBe(users);
          for (const part of parts) {
            expect(part).toBeGreaterThanOrEqual(1);
            expect(Number.isInteger(part)).toBe(true);
          }
        },
      ),
      {
        examples: [
          [[98, 1, 1], 7],
          [[10_000, 1, 1, 1, 1, 1, 1, 1], 0],
          [[1, 1, 1, 10_000], 1],
        ],
      },
    );
  });

  it.each<[Plan, number, number]>([
    [closed([98, 1, 1]), 2, 3],
    [closed([1, 1]), 1, 2],
    [{ a: constantArrivals, b: rampingArrivals }, 1, 2],
  ])('are too many for fewer VUS: plan %#', (plan, users, streams) => {
    expect(() => apply(plan, { users })).toThrow(UserError);
    expect(() => apply(plan, { users })).toThrow(
      `VUS is too small for plan "timed".\n  received: VUS below that\n  expected: at least ${streams}, one user`,
    );
    expect(() => apply(plan, { users: streams })).not.toThrow();
  });

  describe('of a closed and of open models', () => {
    const mixed: Plan = {
      readers: { ...constantUsers, users: 30 },
      arrivals: constantArrivals,
      writers: { ...constantUsers, users: 10 },
      bursts: rampingArrivals,
    };

    it('RATE goes to the arrivals alone, in proportion to their peaks', () => {
      expect(apply(mixed, { ratePerSecond: 30 })).toEqual({
        ...mixed,
        arrivals: { ...constantArrivals, ratePerSecond: 10 },
        bursts: {
          ...rampingArrivals,
          startRatePerSecond: 1,
          stages: [
            { ratePerSecond: 5, durationSeconds: 10 },
            { ratePerSecond: 20, durationSeconds: 40 },
          ],
        },
      });
    });

    it('RATE goes to the only arrivals whole', () => {
      const plan = { users: constantUsers, arrivals: constantArrivals };
      expect(apply(plan, { ratePerSecond: 7 })).toEqual({
        ...plan,
        arrivals: { ...constantArrivals, ratePerSecond: 7 },
      });
    });

    it('VUS goes to the users alone', () => {
      expect(apply(mixed, { users: 8 })).toEqual({
        ...mixed,
        readers: { ...constantUsers, users: 6 },
        writers: { ...constantUsers, users: 2 },
      });
      expect(apply({ users: constantUsers, arrivals: constantArrivals }, { users: 1 })).toEqual({
        users: { ...constantUsers, users: 1 },
        arrivals: constantArrivals,
      });
    });
  });

  it('of an open model share RATE in proportion', () => {
    const plan = apply({ a: constantArrivals, b: { ...constantArrivals, ratePerSecond: 300 } }, { ratePerSecond: 1 });
    expect(usersOf(plan)).toEqual([0.25, 0.75]);
  });
});
