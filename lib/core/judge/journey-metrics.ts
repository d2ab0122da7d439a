import { countEnded } from '../measure/measure-journeys.ts';
import type { JourneySummary } from '../measure/measured.ts';
import type { Latency } from '../measure/quantile-ladder.ts';
import type { MeasuredFigure, QuestionMetric } from '../questions/question.ts';
import type { JourneyBudget } from '../spec/budget.ts';
import { present } from '../spec/present.ts';

/** A figure of the journeys of one name, on which there can be a limit. */
export interface JourneyMetricDefinition extends Pick<QuestionMetric, 'title' | 'operator' | 'unit'> {
  /** What its limit is called in a budget. */
  readonly budget: keyof JourneyBudget;
  /** Of a percentile, 0-1. */
  readonly quantile?: number;
  readonly samples: (journey: JourneySummary) => number;
  /** Only called with samples. */
  readonly actual: (journey: JourneySummary, windowSeconds: number | undefined) => number | undefined;
}

/** Of a stored summary: its names tell them from the figures of requests. */
export const JOURNEY_METRICS = {
  journeyP95Ms: duration('okP95Ms', 'p95', ({ p95 }) => p95, 0.95),
  journeyP50Ms: duration('okP50Ms', 'p50', ({ p50 }) => p50, 0.5),
  journeyP99Ms: duration('okP99Ms', 'p99', ({ p99 }) => p99, 0.99),
  journeyMeanMs: duration('okMeanMs', 'mean', ({ avg }) => avg),
  journeysPerSecond: {
    budget: 'perSecond',
    title: 'completed journeys per second',
    operator: '>=',
    unit: 'perSecond',
    samples: ({ started }) => started,
    actual: ({ completed }, windowSeconds = 0) => (windowSeconds > 0 ? completed / windowSeconds : undefined),
  },
  journeysCompletedShare: {
    budget: 'completedShare',
    title: 'share of journeys completed',
    operator: '>=',
    unit: 'share',
    samples: countEnded,
    actual: (journey) => journey.completed / countEnded(journey),
  },
} as const satisfies Readonly<Record<string, JourneyMetricDefinition>>;

export type JourneyMetric = keyof typeof JOURNEY_METRICS;

export const JOURNEY_METRIC_NAMES = Object.keys(JOURNEY_METRICS) as readonly JourneyMetric[];

export function journeyMetricOf(name: string): JourneyMetricDefinition | undefined {
  return Object.hasOwn(JOURNEY_METRICS, name) ? JOURNEY_METRICS[name as JourneyMetric] : undefined;
}

/** @param journey undefined where the load has none of its name */
export function measureJourneyFigure(
  { samples: samplesOf, actual }: JourneyMetricDefinition,
  journey: JourneySummary | undefined,
  windowSeconds: number | undefined,
): MeasuredFigure {
  const samples = journey === undefined ? 0 : samplesOf(journey);
  return { samples, ...present({ actual: journey && samples > 0 ? actual(journey, windowSeconds) : undefined }) };
}

function duration<Budget extends keyof JourneyBudget>(
  budget: Budget,
  statistic: string,
  of: (durationMs: Latency) => number | undefined,
  quantile?: number,
) {
  return {
    budget,
    title: `${statistic} of completed journeys`,
    operator: '<',
    unit: 'ms',
    ...present({ quantile }),
    samples: ({ completed }: JourneySummary) => completed,
    actual: ({ durationMs }: JourneySummary) => of(durationMs),
  } as const;
}
