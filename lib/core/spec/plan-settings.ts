import { UserError } from './errors.ts';
import { isFixedWork, type LoadShape, modelOf, type Plan, peakOf, plannedSeconds, stepsOf } from './load-shape.ts';
import { present } from './present.ts';
import { bothNames, type SettingName, type Settings } from './settings.ts';
import { sum } from './sum.ts';

/**
 * Chooses a plan by name; the first one is the default.
 * @throws UserError that lists the plans there are
 */
export function choosePlan(
  plans: Readonly<Record<string, Plan>>,
  wanted: string | undefined,
): { readonly name: string; readonly plan: Plan } {
  const names = Object.keys(plans);
  const name = wanted ?? names[0];
  const plan = name !== undefined && Object.hasOwn(plans, name) ? plans[name] : undefined;
  if (name === undefined || plan === undefined) {
    throw new UserError({
      what: 'The scenario has no such plan.',
      received: `PLAN, which names none of them`,
      expected: `one of: ${names.join(', ')}`,
    });
  }
  return { name, plan };
}

/**
 * Applies settings to a plan. Users and rates of several streams keep their proportions.
 * @throws UserError for a setting that the plan's shapes have no use for: it would be ignored in silence.
 */
export function applySettings(planName: string, plan: Plan, settings: Settings): Plan {
  refuseUseless(planName, plan, settings);
  const shapes = Object.entries(plan);
  const isClosed = ([, shape]: (typeof shapes)[number]) => modelOf(shape) === 'closed';
  const usersWeights = shapes.map((each) => (isClosed(each) ? peakOf(each[1]) : shapes.some(isClosed) ? 0 : 1));
  const rateWeights = shapes.map((each) => (isClosed(each) ? 0 : peakOf(each[1])));
  const users = splitUsers(planName, settings.users, usersWeights);
  const rates = splitRate(settings.ratePerSecond, rateWeights);
  return Object.fromEntries(shapes.map(([name, shape], i) => [name, applyTo(shape, settings, users[i], rates[i])]));
}

function refuseUseless(planName: string, plan: Plan, settings: Settings): void {
  const shapes = Object.values(plan);
  const everyOpen = shapes.every((shape) => modelOf(shape) === 'open');
  const everyClosed = shapes.every((shape) => modelOf(shape) === 'closed');
  const refuse = (name: SettingName, isGiven: boolean, reason: string | false) => {
    if (!isGiven || reason === false) return;
    throw new UserError({
      what: `${bothNames(name)} has no meaning for plan "${planName}": ${reason}.`,
      received: bothNames(name),
      expected: 'this setting left out, or another plan',
    });
  };
  const isFixed = shapes.some(isFixedWork);
  refuse(
    'DURATION',
    settings.durationSeconds !== undefined,
    isFixed && 'its work is fixed, and it lasts as long as that takes',
  );
  refuse(
    'RATE',
    settings.ratePerSecond !== undefined,
    everyClosed && 'its model is closed, so the service sets the rate (use VUS, --vus)',
  );
  refuse(
    'THINK_TIME',
    settings.thinkTimeSeconds !== undefined,
    everyOpen
      ? 'its model is open, so requests arrive at their rate (use RATE, --rate)'
      : shapes.every(({ kind }) => kind === 'scripted') && 'its users follow a script',
  );
  refuse('RAMP_UP', settings.rampUpSeconds !== undefined, shapes.some(startsAtOnce) && 'its load starts at once');
}

function startsAtOnce(shape: LoadShape): boolean {
  if (isFixedWork(shape) || shape.kind === 'scripted' || shape.kind === 'constant-arrivals') return true;
  if (stepsOf(shape).length > 0) return true;
  return 'stages' in shape && shape.stages.slice(1).every(({ durationSeconds }) => durationSeconds === 0);
}

/** In the proportion of the weights, by largest remainder, and at least one for each stream that has a weight. */
function splitUsers(planName: string, total: number | undefined, weights: readonly number[]): (number | undefined)[] {
  if (total === undefined) return [];
  const streams = weights.filter((weight) => weight > 0).length;
  if (total < streams) {
    throw new UserError({
      what: `VUS is too small for plan "${planName}".`,
      received: 'VUS below that',
      expected: `at least ${streams}, one user for each of its streams`,
    });
  }
  const all = sum(weights);
  const exact = weights.map((weight) => (total * weight) / all);
  const parts = exact.map((value) => (value > 0 ? Math.max(1, Math.floor(value)) : 0));
  const rest = () => total - sum(parts);
  const short = exact.map((value, i) => ({ i, by: value - (parts[i] ?? 0) }));
  // The one user that each stream gets at least may be more than its share: the largest stream gives it.
  for (const { i } of short.sort((a, b) => b.by - a.by)) if (rest() > 0) parts[i] = (parts[i] ?? 0) + 1;
  while (rest() < 0) {
    const largest = parts.indexOf(Math.max(...parts));
    parts[largest] = (parts[largest] ?? 0) - 1;
  }
  return parts.map((part) => (part === 0 ? undefined : part));
}

function splitRate(total: number | undefined, weights: readonly number[]): (number | undefined)[] {
  if (total === undefined) return [];
  const all = sum(weights);
  return weights.map((weight) => (weight === 0 ? undefined : (total * weight) / all));
}

function applyTo(shape: LoadShape, settings: Settings, users: number | undefined, rate: number | undefined): LoadShape {
  const { durationSeconds, rampUpSeconds, thinkTimeSeconds } = settings;
  switch (shape.kind) {
    case 'constant-users':
      return {
        ...shape,
        users: users ?? shape.users,
        durationSeconds: durationSeconds ?? shape.durationSeconds,
        rampUpSeconds: rampUpSeconds ?? shape.rampUpSeconds,
        thinkTimeSeconds: thinkTimeSeconds ?? shape.thinkTimeSeconds,
      };
    case 'fixed-work':
    case 'fixed-journeys':
      return { ...shape, users: users ?? shape.users, thinkTimeSeconds: thinkTimeSeconds ?? shape.thinkTimeSeconds };
    case 'scripted':
      return { ...shape, users: users ?? shape.users, durationSeconds: durationSeconds ?? shape.durationSeconds };
    case 'ramping-users': {
      const factor = users === undefined ? 1 : users / peakOf(shape);
      return {
        ...shape,
        startUsers: Math.round(shape.startUsers * factor),
        stages: fitStages(shape, settings, (stage) => ({ ...stage, users: Math.round(stage.users * factor) })),
        thinkTimeSeconds: thinkTimeSeconds ?? shape.thinkTimeSeconds,
      };
    }
    case 'constant-arrivals':
      return {
        ...shape,
        ...limitUsers(users),
        ratePerSecond: rate ?? shape.ratePerSecond,
        durationSeconds: durationSeconds ?? shape.durationSeconds,
      };
    case 'ramping-arrivals': {
      const factor = rate === undefined ? 1 : rate / peakOf(shape);
      return {
        ...shape,
        ...limitUsers(users),
        startRatePerSecond: shape.startRatePerSecond * factor,
        stages: fitStages(shape, settings, (stage) => ({ ...stage, ratePerSecond: stage.ratePerSecond * factor })),
      };
    }
  }
}

function limitUsers(users: number | undefined): { maxUsers?: number } {
  return present({ maxUsers: users });
}

/**
 * RAMP_UP is the length of the first stage; DURATION stretches the others, so that the whole takes RAMP_UP + DURATION.
 * A single stage takes DURATION.
 */
function fitStages<Stage extends { readonly durationSeconds: number }>(
  shape: LoadShape & { readonly stages: readonly Stage[] },
  { durationSeconds, rampUpSeconds }: Settings,
  resize: (stage: Stage) => Stage,
): Stage[] {
  const first = shape.stages[0]?.durationSeconds ?? 0;
  const rest = (plannedSeconds(shape) ?? 0) - first;
  const stretch = durationSeconds === undefined || rest === 0 ? 1 : durationSeconds / rest;
  const firstSeconds = (rest === 0 ? durationSeconds : rampUpSeconds) ?? first;
  return shape.stages.map((stage, i) => ({
    ...resize(stage),
    durationSeconds: i === 0 ? firstSeconds : stage.durationSeconds * stretch,
  }));
}
