import { soak as question } from '../../core/questions/soak/index.ts';
import type { StudyDefinition } from './study-definition.ts';

/** Does it leak or slow down over hours? For a plan that stays as it is. */
export function soak(): StudyDefinition {
  return {
    ofJourneys: true,
    begin: ({ order }) => ({
      question,
      plan: { kind: question.kind, hasServerMetrics: order.readsServerMetrics },
      needsRecorder: true,
    }),
  };
}
