import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { formatRate } from '../format-rate.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { BreakpointPlan, BreakpointStudy } from './answer.ts';

export const METRICS = {
  /** `breakpoint`: requests per second that the service sustains within the overall budget, at least. */
  sustainedPerSecond: {
    title: 'highest sustained rate',
    operator: '>=',
    unit: 'perSecond',
    measure: sustained,
  },
} as const satisfies QuestionMetrics<BreakpointPlan, BreakpointStudy>;

/** It is at least that of the last step that held, and less than that of the first one that did not. */
function sustained({ sustainedPerSecond: held, broke, steps }: BreakpointStudy, limit: number): MeasuredFigure {
  const samples = sum(steps.map(({ requests }) => requests));
  const broken = broke?.atPerSecond;
  if (held === undefined && broken === undefined) return { samples };
  const between = present({ low: held, high: broken, isOpen: true as const });
  if (held === undefined || broken === undefined) {
    return held === undefined
      ? {
          samples,
          between,
          seen: `below ${formatRate(broken ?? 0)}, the lowest rate that was sent`,
          toTell: 'begin at a lower rate',
        }
      : { samples, between, seen: `at least ${formatRate(held)}`, toTell: `it did not break: raise RATE to ${limit}` };
  }
  return limit > held && limit < broken
    ? {
        samples,
        between,
        seen: `between ${formatRate(held)} and ${formatRate(broken)}`,
        toTell: `no step was sent between them: send one at ${formatRate(limit)}`,
      }
    : { samples, actual: held, between };
}
