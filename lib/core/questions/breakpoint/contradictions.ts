import type { Contradiction } from '../../measure/contradiction.ts';
import { contradictionsOfSteps } from '../step-contradictions.ts';
import type { BreakpointStudy } from './answer.ts';
import { contradictionsOfJourneysIn } from './step-journeys.ts';

/** What the figures of an answer say of each other. */
export function contradictions(study: BreakpointStudy): Contradiction[] {
  return [...contradictionsOfSteps(study.steps), ...contradictionsOfJourneysIn(study.steps), ...ofLevels(study)];
}

/** A rate is sustained as long as each step holds. */
function ofLevels(study: BreakpointStudy): Contradiction[] {
  const { steps, failedShareLimit, sustainedPerSecond } = study;
  const broken = steps.findIndex(({ holds, failedShare }) => !holds || failedShare > failedShareLimit);
  const held = steps.slice(0, broken === -1 ? steps.length : broken).map(({ level }) => level);
  if (sustainedPerSecond === undefined || held.includes(sustainedPerSecond)) return [];
  const expected =
    broken === -1 ? 'the rate of a step' : `the rate of a step before steps[${broken}], which does not hold`;
  return [{ member: 'study.sustainedPerSecond', received: `${sustainedPerSecond}`, expected }];
}
