import { present } from '../../spec/present.ts';
import {
  type CounterFigures,
  type GaugeFigures,
  NAMED_FIGURES,
  type RateFigures,
  type TrendFigures,
} from './figures.ts';
import { Lane } from './lane.ts';
import type { PeriodEntry, PeriodLine } from './record-format.ts';
import type { SeriesFacts } from './recorded-series.ts';
import { type Slot, Slots } from './slots.ts';
import type { RecordedTrend } from './trend.ts';

/** Series that are kept over time. */
export interface Watch {
  /** Which these are. A watch may have series of several metrics: they are never counted together. */
  readonly matches: (series: SeriesFacts) => boolean;
  /** What is told apart over time: series of a metric and a row that are of one cell are counted together. @default nothing */
  readonly cellOf?: (series: SeriesFacts) => string;
  /** The row of a series; one without is in the course of all rows alone. Absent: there are no rows. */
  readonly rowOf?: (series: SeriesFacts) => string | undefined;
  /** Of which trends the histograms are kept. @default of none */
  readonly keepsHistogram?: (series: SeriesFacts) => boolean;
}

/** By names of the caller. */
export type Watches = Readonly<Record<string, Watch>>;

/** A run over time: what was watched, by slots of time. */
export interface Course {
  /** In order. They are as long as the record's periods, or several of them together, and nearly equally long. */
  readonly slots: readonly Slot[];
  readonly lanes: readonly CourseLane[];
}

interface LaneFacts {
  /** The name of its watch. */
  readonly watch: string;
  readonly metric: string;
  /** Absent in the course of all rows. */
  readonly row?: string;
  /** Empty where its watch tells nothing apart. */
  readonly cell: string;
}

interface OverTime<Figures> {
  /** @param slot its index. @returns undefined where there was no sample in it */
  readonly at: (slot: number) => Figures | undefined;
}

/** The series of a watch that are counted together: of a metric, a row and a cell. */
export type CourseLane = LaneFacts &
  (
    | ({ readonly kind: 'counter' } & OverTime<CounterFigures>)
    | ({ readonly kind: 'gauge' } & OverTime<GaugeFigures>)
    | ({ readonly kind: 'rate' } & OverTime<RateFigures>)
    | ({ readonly kind: 'trend'; readonly hasHistogram: false } & OverTime<TrendFigures>)
    | ({ readonly kind: 'trend'; readonly hasHistogram: true } & OverTime<RecordedTrend>)
  );

interface KeptLane extends LaneFacts {
  readonly kind: SeriesFacts['kind'];
  readonly hasHistogram: boolean;
  readonly lane: Lane;
}

/** Makes the course of a run, or of each of its rows, while its periods are read. */
export class CourseKeeper {
  private readonly watches: Watches;
  private readonly isByRow: boolean;
  private readonly slots: Slots;
  private readonly lanes = new Map<string, KeptLane>();
  /** The lanes of each series, by its id. */
  private readonly lanesOf = new Map<string, readonly Lane[]>();

  /** @param most how many slots there are at most */
  constructor(watches: Watches, most: number, isByRow: boolean) {
    this.watches = watches;
    this.isByRow = isByRow;
    this.slots = new Slots(most);
  }

  addSeries(id: string, series: SeriesFacts): void {
    const lanes = Object.entries(this.watches).flatMap(([name, watch]) => this.laneOf(name, watch, series) ?? []);
    if (lanes.length > 0) this.lanesOf.set(id, lanes);
  }

  addPeriod({ fromMs, toMs, series }: PeriodLine): void {
    this.slots.add({ fromMs, toMs });
    const slot = this.slots.all.length - 1;
    for (const id in series) {
      const lanes = this.lanesOf.get(id);
      if (lanes !== undefined) for (const lane of lanes) lane.add(slot, series[id] as PeriodEntry);
    }
    if (this.slots.areTooMany) this.fold();
  }

  course(): Course {
    this.fold();
    return { slots: this.slots.all, lanes: [...this.lanes.values()].map(readable) };
  }

  private fold(): void {
    const target = this.slots.fold();
    for (const { lane } of this.lanes.values()) lane.fold(target);
  }

  private laneOf(name: string, watch: Watch, series: SeriesFacts): Lane | undefined {
    if (!watch.matches(series)) return undefined;
    const { metric, kind } = series;
    const row = this.isByRow ? watch.rowOf?.(series) : undefined;
    if (this.isByRow && row === undefined) return undefined;
    const cell = watch.cellOf?.(series) ?? '';
    const hasHistogram = kind === 'trend' && watch.keepsHistogram?.(series) === true;
    const key = JSON.stringify([name, metric, kind, hasHistogram, row, cell]);
    let kept = this.lanes.get(key);
    if (kept === undefined) {
      const facts = { watch: name, metric, kind, cell, hasHistogram, ...present({ row }) };
      kept = { ...facts, lane: new Lane(kind, hasHistogram) };
      this.lanes.set(key, kept);
    }
    return kept.lane;
  }
}

function readable({ lane, kind, hasHistogram, ...facts }: KeptLane): CourseLane {
  const over =
    <Figures>(named: (figures: Iterable<number>, slot: number) => Figures) =>
    (slot: number): Figures | undefined => {
      const figures = lane.figuresAt(slot);
      return figures && named(figures, slot);
    };
  switch (kind) {
    case 'counter':
      return { ...facts, kind, at: over(NAMED_FIGURES.counter) };
    case 'gauge':
      return { ...facts, kind, at: over(NAMED_FIGURES.gauge) };
    case 'rate':
      return { ...facts, kind, at: over(NAMED_FIGURES.rate) };
    case 'trend': {
      if (!hasHistogram) return { ...facts, kind, hasHistogram, at: over(NAMED_FIGURES.trend) };
      const trendAt = (figures: Iterable<number>, slot: number): RecordedTrend => ({
        ...NAMED_FIGURES.trend(figures),
        histogram: lane.histogramAt(slot),
        beyond: [],
      });
      return { ...facts, kind, hasHistogram, at: over(trendAt) };
    }
  }
}
