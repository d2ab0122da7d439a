import { customThresholdsOf, journeyThresholdsOf, studyThresholdsOf, thresholdsOf } from '../core/judge/budgets.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import { journeysOfPlan } from './journeys-of-plan.ts';
import type { StudyParts } from './questions/study-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';

/**
 * What a run of this test is judged by. Where a question sends more than the service can take, or hardly any load,
 * only the answer to the question is judged, and not how the endpoints did.
 */
export function judgedThresholds(
  { definition, endpoints, plan }: ResolvedTest,
  study: Pick<StudyParts, 'plan' | 'question'> | undefined,
): Threshold[] {
  const limited = new Set(endpoints.flatMap(({ id, rateLimit }) => (rateLimit === undefined ? [] : id)));
  const { budgets } = definition;
  const ids = endpoints.map(({ id }) => id);
  const journeys = journeysOfPlan(definition, plan).map(({ name }) => name);
  return [
    ...(study?.question.judgesEndpoints === false
      ? []
      : [
          ...thresholdsOf(budgets, ids, limited),
          ...journeyThresholdsOf(budgets, journeys),
          ...customThresholdsOf(budgets),
        ]),
    ...(study === undefined ? [] : studyThresholdsOf(budgets, study.plan, study.question.metrics)),
  ];
}
