import type { Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type RateLimitPlan, type RateLimitStudy, studyRateLimit } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import type { LimitEvent } from './limit-event.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const rateLimit: Question<RateLimitPlan, RateLimitStudy, typeof METRICS> = {
  kind: 'rate-limit',
  asks: 'Is the declared limit enforced, and can it be bypassed?',
  judgesEndpoints: false,
  seeksLimit: true,
  schema,
  metrics: METRICS,
  answer: (plan, { events }) => studyRateLimit(plan, events as readonly LimitEvent[]),
  contradictions,
  headline,
  problems,
  method: METHOD,
  section,
};
