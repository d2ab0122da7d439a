import type { MetricKind } from './record-format.ts';

/** What the samples of a counter come to, ... */
export interface CounterFigures {
  readonly sum: number;
  readonly count: number;
}

/** ... of a gauge, ... */
export interface GaugeFigures {
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** ... of a rate, ... */
export interface RateFigures {
  readonly trues: number;
  readonly total: number;
}

/** ... and of a trend, without its histogram. */
export interface TrendFigures {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** Figures by name, from the order in which the record has them. */
export const NAMED_FIGURES = {
  counter: ([sum = 0, count = 0]: Iterable<number>): CounterFigures => ({ sum, count }),
  gauge: ([last = 0, min = 0, max = 0]: Iterable<number>): GaugeFigures => ({ last, min, max }),
  rate: ([trues = 0, total = 0]: Iterable<number>): RateFigures => ({ trues, total }),
  trend: ([count = 0, sum = 0, min = 0, max = 0]: Iterable<number>): TrendFigures => ({ count, sum, min, max }),
};

type Step = 'add' | 'last' | 'least' | 'most';

/** How the figures of two stretches of time are taken together, in the order in which the record has them. */
const STEPS: Readonly<Record<MetricKind, readonly Step[]>> = {
  counter: ['add', 'add'],
  gauge: ['last', 'least', 'most'],
  rate: ['add', 'add'],
  trend: ['add', 'add', 'least', 'most'],
};

/** How many numbers the record has of each kind, without buckets. */
export function widthOf(kind: MetricKind): number {
  return STEPS[kind].length;
}

/** A period of the record, or a typed array. */
type Numbers = { readonly [index: number]: number };
type MutableNumbers = { [index: number]: number };

/** Adds the figures of a later stretch of time to those of an earlier one, of which there are some. */
export function addFigures(kind: MetricKind, into: MutableNumbers, at: number, later: Numbers, laterAt = 0): void {
  const steps = STEPS[kind];
  for (let i = 0; i < steps.length; i++) {
    const before = into[at + i] as number;
    const value = later[laterAt + i] as number;
    into[at + i] = take(steps[i] as Step, before, value);
  }
}

function take(step: Step, before: number, later: number): number {
  switch (step) {
    case 'add':
      return before + later;
    case 'last':
      return later;
    case 'least':
      return Math.min(before, later);
    case 'most':
      return Math.max(before, later);
  }
}
