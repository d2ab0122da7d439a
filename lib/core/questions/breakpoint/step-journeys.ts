import { type Contradiction, expectAtLeast } from '../../measure/contradiction.ts';
import { countOf } from '../../measure/counted.ts';
import { OWN_METRICS, stepMetric } from '../../measure/k6-metrics.ts';
import type { K6Metrics } from '../../measure/measured.ts';
import { latencyFromTrend } from '../../measure/quantile-ladder.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import type { StepFigures } from '../steps.ts';

/** What became of the journeys that were begun in one step. */
export interface StepJourneys {
  readonly begun: number;
  readonly completed: number;
  /** Stopped at a reply, or by an exception. What neither ended nor completed was interrupted. */
  readonly lost: number;
  /** Completed ones per second of the step, whenever they were begun. */
  readonly completedPerSecond: number;
  /** How long the completed ones took, with their pauses. Absent without one. */
  readonly durationMs?: { readonly avg: number; readonly p50: number; readonly p95: number };
}

export type StepOfJourneys = StepFigures & { readonly journeys?: StepJourneys };

/** @param windowSeconds how long the load lasted */
export function measureStepJourneys(
  metrics: K6Metrics,
  { startSeconds, durationSeconds }: StepFigures,
  index: number,
  windowSeconds: number,
): StepJourneys {
  const { count, avg, p50, p95 } = latencyFromTrend(
    metrics[stepMetric(OWN_METRICS.stepJourneyCompleted, index)]?.values,
  );
  const seconds = Math.min(durationSeconds, Math.max(0, windowSeconds - startSeconds));
  const done = countOf(metrics, stepMetric(OWN_METRICS.stepJourneyDone, index));
  const isKnown = avg !== undefined && p50 !== undefined && p95 !== undefined;
  return {
    begun: countOf(metrics, stepMetric(OWN_METRICS.stepJourneyBegun, index)),
    completed: count,
    lost: metrics[stepMetric(OWN_METRICS.stepJourneyLost, index)]?.values.passes ?? 0,
    completedPerSecond: seconds > 0 ? done / seconds : 0,
    ...present({ durationMs: isKnown ? { avg, p50, p95 } : undefined }),
  };
}

/** 0-1 of those that ended by themselves; 1 where none did. */
export function completedShareOf({ completed, lost }: StepJourneys): number {
  return completed + lost === 0 ? 1 : completed / (completed + lost);
}

/** Fewer than this share of those that were to come to their end in a step: they queue. */
const LEAST_DONE_SHARE = 0.95;
/** As many as are under way at one time can end a little sooner or later: three standard deviations of that. */
const DEVIATIONS = 3;

/**
 * Whether journeys come to their end more slowly than they begin. Each request of a journey waits for the reply before it,
 * so that requests alone hardly show it. One that was begun in a step may end in a later one, as late as journeys take at
 * the lowest rate.
 */
export function isFallingBehind(steps: readonly StepOfJourneys[], index: number): boolean {
  const step = steps[index];
  const usualMs = steps[0]?.journeys?.durationMs?.avg;
  if (step?.journeys === undefined || usualMs === undefined || index === 0 || !step.isWhole) return false;
  const { startSeconds, durationSeconds, journeys } = step;
  const usualSeconds = usualMs / 1000;
  const from = startSeconds - usualSeconds;
  const due = begunWithin(steps, from, from + durationSeconds) * completedShareOf(journeys);
  const underWay = (journeys.begun / durationSeconds) * usualSeconds;
  const missing = due - journeys.completedPerSecond * durationSeconds;
  return missing > Math.max((1 - LEAST_DONE_SHARE) * due, DEVIATIONS * Math.sqrt(Math.max(1, underWay)));
}

/** How many were begun between two moments: in a step, as many each second. */
function begunWithin(steps: readonly StepOfJourneys[], from: number, to: number): number {
  return sum(
    steps.map(({ startSeconds, durationSeconds, journeys }) => {
      const seconds = Math.min(to, startSeconds + durationSeconds) - Math.max(from, startSeconds);
      return (Math.max(0, seconds) * (journeys?.begun ?? 0)) / durationSeconds;
    }),
  );
}

/** What figures of journeys say of each other. */
export function contradictionsOfJourneysIn(steps: readonly StepOfJourneys[]): Contradiction[] {
  return steps.flatMap(({ journeys }, i) =>
    journeys === undefined
      ? []
      : expectAtLeast(
          `study.steps[${i}].journeys.begun`,
          journeys.begun,
          journeys.completed + journeys.lost,
          'since each that ended was begun',
        ),
  );
}
