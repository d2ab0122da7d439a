import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { BreakpointPlan, BreakpointStudy } from './answer.ts';
import { formatArrivals, isOfJourneys } from './headline.ts';

export const METRICS = {
  /** `breakpoint`: requests per second that the service sustains within the overall budget, at least; of a test of journeys, journeys per second. */
  sustainedPerSecond: {
    title: 'highest sustained rate',
    operator: '>=',
    unit: 'perSecond',
    measure: sustained,
  },
} as const satisfies QuestionMetrics<BreakpointPlan, BreakpointStudy>;

/** It is at least that of the last step that held, and less than that of the first one that did not. */
function sustained(study: BreakpointStudy, limit: number): MeasuredFigure {
  const { sustainedPerSecond: held, broke, steps } = study;
  const samples = sum(steps.map(({ requests, journeys }) => journeys?.begun ?? requests));
  const broken = broke?.atPerSecond;
  const rate = (perSecond: number) => formatArrivals(perSecond, study);
  if (held === undefined && broken === undefined) return { samples };
  const between = present({ low: held, high: broken, isOpen: true as const });
  if (held === undefined || broken === undefined) {
    return held === undefined
      ? {
          samples,
          between,
          seen: `below ${rate(broken ?? 0)}, the lowest rate sent`,
          toTell: 'begin at a lower rate',
        }
      : { samples, between, seen: `at least ${rate(held)}`, toTell: `it did not break: raise RATE to ${limit}` };
  }
  return limit > held && limit < broken
    ? {
        samples,
        between,
        seen: `between ${rate(held)} and ${rate(broken)}`,
        toTell: `no step was sent between them: send one at ${rate(limit)}`,
      }
    : { samples, actual: held, between, ...present({ seen: isOfJourneys(study) ? rate(held) : undefined }) };
}
