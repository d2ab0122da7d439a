import type { Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type RecoveryPlan, type RecoveryStudy, studyRecovery } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import type { RecoveryEvent } from './probe.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const recovery: Question<RecoveryPlan, RecoveryStudy, typeof METRICS> = {
  kind: 'recovery',
  asks: 'Does it recover after overload, and how fast?',
  judgesEndpoints: false,
  seeksLimit: true,
  schema,
  metrics: METRICS,
  answer: (plan, { events }) => studyRecovery(plan, events as readonly RecoveryEvent[]),
  contradictions,
  headline,
  problems: (answer, fails) => problems(answer, fails('recoverySeconds' satisfies keyof typeof METRICS)),
  method: METHOD,
  section,
};
