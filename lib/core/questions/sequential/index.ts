import type { Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type SequentialPlan, type SequentialStudy, studySequential } from './answer.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { METHOD, section } from './section.ts';

export const sequential: Question<SequentialPlan, SequentialStudy, typeof METRICS> = {
  kind: 'sequential',
  asks: 'How does it behave one user at a time?',
  judgesEndpoints: true,
  seeksLimit: false,
  measuresAtRest: true,
  schema,
  metrics: METRICS,
  answer: (_plan, { run }) => studySequential(run.endpoints),
  headline,
  // What is wrong without load is found at the endpoints themselves.
  problems: () => [],
  method: METHOD,
  section,
};
