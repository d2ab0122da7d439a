import { sum } from '../../spec/sum.ts';
import type { QuestionMetrics } from '../question.ts';
import type { BreakpointPlan, BreakpointStudy } from './answer.ts';

export const METRICS = {
  /** `breakpoint`: requests per second that the service sustains within the overall budget, at least. */
  sustainedPerSecond: {
    title: 'highest sustained rate',
    operator: '>=',
    unit: 'perSecond',
    measure: ({ sustainedPerSecond, steps }) => [
      sustainedPerSecond ?? (steps.length > 0 ? 0 : undefined),
      sum(steps.map(({ requests }) => requests)),
    ],
  },
} as const satisfies QuestionMetrics<BreakpointPlan, BreakpointStudy>;
