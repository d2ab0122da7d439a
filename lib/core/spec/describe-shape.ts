import { journeyOf, type LoadShape, modelOf, stepsOf } from './load-shape.ts';

/**
 * One line for people: `50 users for 1m, think time 1s`.
 * @param iteration what an iteration of the test is
 */
export function describeShape(
  shape: LoadShape,
  duration: (seconds: number) => string,
  iteration: 'request' | 'journey' = 'request',
): string {
  const journey = journeyOf(shape);
  const words =
    describeLoad(shape, duration, `${iteration}s/s`) + (journey === undefined ? '' : ` of journey ${journey}`);
  if (!('thinkTimeSeconds' in shape)) return words;
  const think = shape.thinkTimeSeconds > 0 ? `, think time ${duration(shape.thinkTimeSeconds)}` : ', no think time';
  const pacing =
    shape.pacingSeconds > 0 ? `, at most one ${iteration} per user every ${duration(shape.pacingSeconds)}` : '';
  return words + think + pacing;
}

function describeLoad(shape: LoadShape, duration: (seconds: number) => string, rate: string): string {
  const steps = stepsOf(shape);
  const [first] = steps;
  const last = steps.at(-1);
  if (steps.length > 2 && first !== undefined && last !== undefined) {
    const unit = modelOf(shape) === 'open' ? rate : 'users';
    return `${steps.length} steps from ${round(first.level)} to ${round(last.level)} ${unit}, ${duration(first.durationSeconds)} each`;
  }
  switch (shape.kind) {
    case 'constant-users':
      return `${people(shape.users)} for ${duration(shape.durationSeconds)}${shape.rampUpSeconds > 0 ? ` after a ramp-up of ${duration(shape.rampUpSeconds)}` : ''}`;
    case 'ramping-users':
      return `${shape.startUsers} ${shape.stages.map((stage) => `→ ${stage.users} users in ${duration(stage.durationSeconds)}`).join(' ')}`;
    case 'fixed-work':
      return `${people(shape.users)}, each ${shape.requestsPerEndpoint} ${shape.requestsPerEndpoint === 1 ? 'request' : 'requests'} to each endpoint`;
    case 'fixed-journeys':
      return `${people(shape.users)}, each ${shape.journeysPerUser} ${shape.journeysPerUser === 1 ? 'journey' : 'journeys'}`;
    case 'scripted':
      return `${people(shape.users)}, each with a script of its own of ${duration(shape.durationSeconds)}`;
    case 'constant-arrivals':
      return `${shape.ratePerSecond} ${rate} for ${duration(shape.durationSeconds)}`;
    case 'ramping-arrivals':
      return `${shape.startRatePerSecond} ${shape.stages.map((stage) => `→ ${stage.ratePerSecond} ${rate} in ${duration(stage.durationSeconds)}`).join(' ')}`;
  }
}

const round = (value: number): number => Number(value.toPrecision(3));

const people = (users: number): string => (users === 1 ? 'one user' : `${users} users`);
