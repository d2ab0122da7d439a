import { type Contradiction, expectNearly, expectSame } from '../measure/contradiction.ts';
import { OUTCOMES } from '../measure/outcome.ts';
import { sum } from '../spec/sum.ts';
import type { StepFigures } from './steps.ts';

/** What the figures of the steps of a load say of each other. */
export function contradictionsOfSteps(steps: readonly StepFigures[]): Contradiction[] {
  return steps.flatMap(({ requests, outcomes, failedShare }, i) => {
    const counted = sum(OUTCOMES.map((outcome) => outcomes[outcome] ?? 0));
    const failed = requests === 0 ? 0 : (requests - (outcomes.ok ?? 0)) / requests;
    return [
      ...expectSame(`study.steps[${i}].requests`, requests, counted, 'one for each outcome'),
      ...expectNearly(`study.steps[${i}].failedShare`, failedShare, failed, 'as its outcomes say'),
    ];
  });
}
