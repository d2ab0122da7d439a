/** A chart as data. Whoever draws it decides on sizes and colours. */
export type Chart = LineChart | StackedBarChart;

interface ChartText {
  readonly title: string;
  /** What the chart shows, in a sentence with its numbers: for those who cannot see it. */
  readonly description: string;
}

/** What a series means, which decides its colour. `1` to `4` are just different from each other. */
export type SeriesRole = 'good' | 'bad' | 'caution' | 'neutral' | '1' | '2' | '3' | '4';

export interface Axis {
  readonly title: string;
  /** `percentile` spreads the tail: 0.9, 0.99 and 0.999 are as far from each other. Values are quantiles 0-1. */
  readonly scale: 'linear' | 'log' | 'percentile';
  readonly unit: 'ms' | 'seconds' | 'share' | 'per second' | 'count';
  /** Of an axis of seconds: what time it was at 0, as ISO 8601, where that is known. */
  readonly startedAt?: string;
}

export interface Series {
  readonly name: string;
  readonly role: SeriesRole;
  /** Rising in x; a y that was not measured is undefined, and leaves a gap. */
  readonly points: readonly (readonly [x: number, y: number | undefined])[];
}

export interface LineChart extends ChartText {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A limit to draw across. */
  readonly limit?: { readonly name: string; readonly y: number };
  /** In the order of x. */
  readonly marks?: readonly ChartMark[];
  /** What has no place on y, such as failures beside latencies: crosses along the top, each for a count. */
  readonly crosses?: { readonly name: string; readonly points: readonly (readonly [x: number, count: number])[] };
  /** Of lines that a reader chooses from: so many, the first ones, are drawn before anybody chose. @default all */
  readonly drawnAtFirst?: number;
}

/** Where along x something begins that all lines may follow, such as more load. */
export interface ChartMark {
  readonly x: number;
  /** A few words. They are left out where there is no room for them; the line stays. */
  readonly text: string;
  /** Has its words before others have theirs. */
  readonly isMain?: true;
}

/** One bar per category, made of shares (0-1) that add up to 1. */
export interface StackedBarChart extends ChartText {
  readonly kind: 'stacked-bars';
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly role: SeriesRole;
    /** One per category. */
    readonly shares: readonly number[];
  }[];
}
