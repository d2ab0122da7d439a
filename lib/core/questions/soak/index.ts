import type { MaterialOfWhole, Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type SoakPlan, type SoakStudy, studySoak } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const soak: Question<SoakPlan, SoakStudy, typeof METRICS> = {
  kind: 'soak',
  asks: 'Does it leak or slow down over hours?',
  judgesEndpoints: true,
  seeksLimit: false,
  needsServerMetrics: true,
  tellsDrift: true,
  schema,
  metrics: METRICS,
  answer: ({ hasServerMetrics }, material) => answer(material, hasServerMetrics),
  answerOfWhole: (_part, whole) => answer(whole, whole.serverSamples.length > 0),
  contradictions,
  headline,
  problems,
  method: METHOD,
  section,
};

function answer({ run, timeline, serverSamples }: MaterialOfWhole, hasServerMetrics: boolean): SoakStudy {
  return studySoak(timeline(), serverSamples, {
    loadStartedAt: run.loadStartedAt,
    seconds: run.load.windowSeconds,
    hasServerMetrics,
  });
}
