import { sleep } from 'k6';
import { pool as question } from '../../core/questions/pool/index.ts';
import { takeTurns } from '../endpoint-rotation.ts';
import { Staircase, stepMetrics, steppedRequest, stepsOfPlan } from './staircase.ts';
import type { StudyDefinition } from './study-definition.ts';

/** Between a refusal and the next request of its user: without it, refusals alone would make the load. */
const AFTER_REFUSAL_SECONDS = 0.1;

/** Is a pool exhausted, and does it fail fast? For a plan of `steppedUsers`. */
export function pool(): StudyDefinition {
  return {
    ofJourneys:
      'a pool shows by how many requests are under way at a time, which is the number of users only where each sends one after another, without a pause and always of the same kinds; users of journeys pause, log in, and send several at once',
    begin: ({ plan, requesters }) => {
      const [stream, steps] = stepsOfPlan(plan);
      const staircase = new Staircase(steps);
      const next = takeTurns(
        'closed',
        requesters.map((requester) => steppedRequest(requester, staircase)),
      );
      return {
        question,
        plan: { kind: question.kind, steps },
        iterations: {
          [stream]: () => {
            if (next()() !== 'ok') sleep(AFTER_REFUSAL_SECONDS);
          },
        },
        kept: stepMetrics(steps),
      };
    },
  };
}
