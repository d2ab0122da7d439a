import {
  addFigures,
  type CounterFigures,
  type GaugeFigures,
  NAMED_FIGURES,
  type RateFigures,
  widthOf,
} from './figures.ts';
import { HistogramSum } from './histogram-sum.ts';
import type { BeyondEntry, PeriodEntry, SeriesLine } from './record-format.ts';
import type { BeyondLimit, RecordedTrend } from './trend.ts';

/** What a series is, before anything is measured of it. */
export type SeriesFacts = Pick<SeriesLine, 'metric' | 'kind' | 'contains' | 'tags'>;

/** A metric with a set of tags, and what all its samples come to. */
export type RecordedSeries = Omit<SeriesFacts, 'kind'> &
  (
    | ({ readonly kind: 'counter' } & CounterFigures)
    | ({ readonly kind: 'gauge' } & GaugeFigures)
    | ({ readonly kind: 'rate' } & RateFigures)
    | { readonly kind: 'trend'; readonly trend: RecordedTrend }
  );

/** Takes the periods of one series together. */
export class SeriesSum {
  readonly facts: SeriesLine;
  private figures: number[] | undefined;
  private readonly histogram = new HistogramSum();
  private readonly beyond: BeyondSum[];

  constructor(facts: SeriesLine) {
    this.facts = facts;
    this.beyond = (facts.limits ?? []).map((limit) => ({ limit, countAtOrAbove: 0 }));
  }

  add(entry: PeriodEntry): void {
    const { kind } = this.facts;
    const numbers = entry as readonly number[];
    if (this.figures === undefined) this.figures = numbers.slice(0, widthOf(kind));
    else addFigures(kind, this.figures, 0, numbers);
    if (kind !== 'trend') return;
    this.histogram.addBuckets(entry[4] as readonly number[]);
    const beyond = entry[5] as readonly BeyondEntry[] | undefined;
    for (const [i, each] of (beyond ?? []).entries()) addBeyond(this.beyond[i], each);
  }

  /** @returns undefined where no period had samples of it */
  total(): RecordedSeries | undefined {
    if (this.figures === undefined) return undefined;
    const { metric, kind, contains, tags } = this.facts;
    const named = { metric, contains, tags };
    switch (kind) {
      case 'counter':
        return { ...named, kind, ...NAMED_FIGURES.counter(this.figures) };
      case 'gauge':
        return { ...named, kind, ...NAMED_FIGURES.gauge(this.figures) };
      case 'rate':
        return { ...named, kind, ...NAMED_FIGURES.rate(this.figures) };
      case 'trend': {
        const histogram = this.histogram.sealed();
        return { ...named, kind, trend: { ...NAMED_FIGURES.trend(this.figures), histogram, beyond: this.beyond } };
      }
    }
  }
}

type BeyondSum = { -readonly [Key in keyof BeyondLimit]: BeyondLimit[Key] };

function addBeyond(to: BeyondSum | undefined, [countAtOrAbove, below, above]: BeyondEntry): void {
  if (to === undefined) return;
  to.countAtOrAbove += countAtOrAbove;
  if (below !== null) to.largestBelow = Math.max(to.largestBelow ?? below, below);
  if (above !== null) to.smallestAtOrAbove = Math.min(to.smallestAtOrAbove ?? above, above);
}
