import { sum } from '../../spec/sum.ts';
import type { QuestionMetrics } from '../question.ts';
import type { PoolPlan, PoolStudy } from './answer.ts';

export const METRICS = {
  /** `pool`: users at a time who are served as fast as one alone, at least. */
  freeUsers: {
    title: 'users served as fast as one alone',
    operator: '>=',
    unit: 'count',
    measure: ({ freeUsers, steps }) => [freeUsers ?? 0, sum(steps.map(({ requests }) => requests))],
  },
  /** `pool`: milliseconds until requests beyond that are answered, one way or the other; must stay below. */
  excessAnswerMs: {
    title: 'time until the excess is answered',
    operator: '<',
    unit: 'ms',
    measure: ({ excessMs, steps }) => [excessMs ?? steps.at(-1)?.okMs?.p95, steps.at(-1)?.requests ?? 0],
  },
} as const satisfies QuestionMetrics<PoolPlan, PoolStudy>;
