import type { MeasuredFigure, QuestionMetric } from '../questions/question.ts';
import type { CustomBudget } from '../spec/budget.ts';
import { didYouMean } from '../spec/closest.ts';
import { present } from '../spec/present.ts';
import type { CustomFigures, K6Figure } from './custom-figures.ts';

/** A figure of a metric of the author's, on which there can be a limit. */
export interface CustomMetricDefinition extends Pick<QuestionMetric, 'title' | 'operator'> {
  readonly unit: QuestionMetric['unit'] | 'value';
  /** What its limit is called in a budget. */
  readonly budget: keyof CustomBudget;
  /** The metrics that have it. */
  readonly kind: K6Figure['kind'];
  /** Of a percentile, 0-1. */
  readonly quantile?: number;
  readonly actual: (values: K6Figure['values'], windowSeconds: number | undefined) => number | undefined;
}

/** Of a stored summary: its names tell them from the figures of requests and of journeys. */
export const CUSTOM_METRICS = {
  customP50: ofTrend('p50', 'p50', 'p(50)', 0.5),
  customP95: ofTrend('p95', 'p95', 'p(95)', 0.95),
  customP99: ofTrend('p99', 'p99', 'p(99)', 0.99),
  customMean: ofTrend('mean', 'mean', 'avg'),
  customMax: ofTrend('max', 'largest', 'max'),
  customCountAtLeast: ofCounter('countAtLeast', '>=', 'count, at least'),
  customCountAtMost: ofCounter('countAtMost', '<=', 'count, at most'),
  customPerSecondAtLeast: {
    budget: 'perSecondAtLeast',
    kind: 'counter',
    title: 'count per second',
    operator: '>=',
    unit: 'perSecond',
    actual: ({ count = 0 }, windowSeconds = 0) => (windowSeconds > 0 ? count / windowSeconds : undefined),
  },
  customShareAtLeast: ofRate('shareAtLeast', '>=', 'share that is true, at least'),
  customShareAtMost: ofRate('shareAtMost', '<=', 'share that is true, at most'),
} as const satisfies Readonly<Record<string, CustomMetricDefinition>>;

export type CustomMetric = keyof typeof CUSTOM_METRICS;

export const CUSTOM_METRIC_NAMES = Object.keys(CUSTOM_METRICS) as readonly CustomMetric[];

export function customMetricOf(name: string): CustomMetricDefinition | undefined {
  return Object.hasOwn(CUSTOM_METRICS, name) ? CUSTOM_METRICS[name as CustomMetric] : undefined;
}

/** A figure that says itself in what it is measured: one trend is of times, another is not. */
export interface CustomFigure extends MeasuredFigure {
  readonly unit?: CustomMetricDefinition['unit'];
}

/** @param name of the metric; where it was never added to, those that may be meant are told */
export function measureCustomFigure(
  { kind, budget, unit, actual }: CustomMetricDefinition,
  name: string,
  { figures }: Pick<CustomFigures, 'figures'>,
  windowSeconds: number | undefined,
): CustomFigure {
  const figure = figures.find(({ metric }) => metric === name);
  if (figure === undefined) return { samples: 0, toTell: whatMayBeMeant(name, figures) };
  if (figure.kind !== kind) {
    const others = namesOf(figure.kind).join(', ');
    const can = others === '' ? 'which has no limits' : `which has ${others}`;
    return { samples: 0, toTell: `"${budget}" is for a ${kind}, and ${name} is a ${figure.kind}, ${can}` };
  }
  const samples = samplesOf(figure);
  return {
    samples,
    // A counter that is known to be there is 0 where nothing was added to it; anything else is nothing then.
    ...present({ actual: samples === 0 && kind !== 'counter' ? undefined : actual(figure.values, windowSeconds) }),
    ...(unit === 'value' && figure.isTime ? { unit: 'ms' } : {}),
  };
}

function whatMayBeMeant(name: string, figures: readonly K6Figure[]): string {
  const known = figures.map(({ metric }) => metric);
  if (known.length === 0) return 'the load added to no metric of the script';
  return didYouMean(name, known) ?? `the load added to ${known.slice(0, 5).join(', ')}`;
}

/** The limits that a metric of a kind can have. */
function namesOf(kind: K6Figure['kind']): string[] {
  return Object.values(CUSTOM_METRICS).flatMap((each) => (each.kind === kind ? each.budget : []));
}

function samplesOf({ kind, values, samples }: K6Figure): number {
  const { count = 0, passes = 0, fails = 0 } = values;
  if (kind === 'rate') return passes + fails;
  return kind === 'trend' ? count : (samples ?? 0);
}

function ofTrend<Budget extends keyof CustomBudget>(
  budget: Budget,
  statistic: string,
  value: string,
  quantile?: number,
) {
  return {
    budget,
    kind: 'trend',
    title: `${statistic} of its values`,
    operator: '<',
    unit: 'value',
    ...present({ quantile }),
    actual: (values: K6Figure['values']) => values[value],
  } as const;
}

function ofCounter<Budget extends keyof CustomBudget>(budget: Budget, operator: '>=' | '<=', title: string) {
  return {
    budget,
    kind: 'counter',
    title,
    operator,
    unit: 'value',
    actual: ({ count }: K6Figure['values']) => count,
  } as const;
}

function ofRate<Budget extends keyof CustomBudget>(budget: Budget, operator: '>=' | '<=', title: string) {
  const actual = ({ rate }: K6Figure['values']) => rate;
  return { budget, kind: 'rate', title, operator, unit: 'share', actual } as const;
}
