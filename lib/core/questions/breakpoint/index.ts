import type { Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type BreakpointPlan, type BreakpointStudy, studyBreakpoint } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const breakpoint: Question<BreakpointPlan, BreakpointStudy, typeof METRICS> = {
  kind: 'breakpoint',
  asks: 'At what rate does it break?',
  judgesEndpoints: false,
  seeksLimit: true,
  endsByThreshold: true,
  schema,
  metrics: METRICS,
  answer: (plan, { metrics, run }) => studyBreakpoint(plan, metrics, run.load.windowSeconds),
  contradictions,
  headline,
  problems: (answer, fails) => problems(answer, fails('sustainedPerSecond' satisfies keyof typeof METRICS)),
  method: METHOD,
  section,
};
