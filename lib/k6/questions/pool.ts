import { sleep } from 'k6';
import { pool as question } from '../../core/questions/pool/index.ts';
import { takeTurns } from '../endpoint-rotation.ts';
import { stepMetrics, steppedRequest, stepsOfPlan } from './staircase.ts';
import type { StudyDefinition } from './study-definition.ts';

/** Between a refusal and the next request of its user: without it, refusals alone would make the load. */
const AFTER_REFUSAL_SECONDS = 0.1;

/** Is a pool exhausted, and does it fail fast? For a plan of `steppedUsers`. */
export function pool(): StudyDefinition {
  return {
    begin: ({ plan, requesters }) => {
      const [stream, steps] = stepsOfPlan(plan);
      const next = takeTurns(
        'closed',
        requesters.map((requester) => steppedRequest(requester, steps)),
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
