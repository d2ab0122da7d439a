import type { Question } from '../question.ts';
import { contradictionsOfSteps } from '../step-contradictions.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type PoolPlan, type PoolStudy, studyPool } from './answer.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const pool: Question<PoolPlan, PoolStudy, typeof METRICS> = {
  kind: 'pool',
  asks: 'Is a connection pool exhausted, and does it fail fast then?',
  judgesEndpoints: false,
  seeksLimit: true,
  schema,
  metrics: METRICS,
  answer: (plan, { metrics, run }) => studyPool(plan, metrics, run.load.windowSeconds),
  contradictions: ({ steps }) => contradictionsOfSteps(steps),
  headline,
  problems: (answer, fails) => problems(answer, fails('excessAnswerMs' satisfies keyof typeof METRICS)),
  method: METHOD,
  section,
};
