/**
 * The record that our output extension of k6 writes: one JSON object per line. record.schema.json says the same to
 * others. A record of another version is not read: its figures could mean something else.
 */
export const RECORD_FORMAT = 1;

/** What k6 knows of metrics: how their samples are taken together. */
export type MetricKind = 'counter' | 'gauge' | 'rate' | 'trend';

/** What the values of a metric are: milliseconds, bytes, or plain numbers. */
export type MetricContents = 'time' | 'data' | 'default';

export type Tags = Readonly<Record<string, string>>;

/** The first line, once. */
export interface StartLine {
  readonly type: 'start';
  readonly format: typeof RECORD_FORMAT;
  /** Unix milliseconds when the recorder started, before `setup()`. */
  readonly atMs: number;
  /** What the script says of itself; absent for a script of somebody else. */
  readonly test?: unknown;
  /** Those of k6's consolidated options that the script asks for, by k6's names. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A metric with a set of tags: it stands before the first period that has samples of it. */
export interface SeriesLine {
  readonly type: 'series';
  readonly id: number;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly contains: MetricContents;
  /** Those that the script asks for. A series of what was too much to tell apart has `more: "true"`. */
  readonly tags: Tags;
  /** Of a trend: samples are counted exactly on both sides of each, rising. */
  readonly limits?: readonly number[];
}

/** How many samples were at a limit or above it, and the two that are next to it, where there are any. */
export type BeyondEntry = readonly [
  countAtOrAbove: number,
  largestBelow: number | null,
  smallestAtOrAbove: number | null,
];

/** What was added to a series in one period. The buckets of a trend are those of `readBuckets`. */
export type PeriodEntry =
  | readonly [sum: number, count: number]
  | readonly [last: number, min: number, max: number]
  | readonly [trues: number, total: number]
  | readonly [count: number, sum: number, min: number, max: number, buckets: readonly number[]]
  | readonly [
      count: number,
      sum: number,
      min: number,
      max: number,
      buckets: readonly number[],
      beyond: readonly BeyondEntry[],
    ];

/** What was added between two moments (Unix milliseconds), by the id of its series. */
export interface PeriodLine {
  readonly type: 'period';
  readonly fromMs: number;
  readonly toMs: number;
  readonly series: Readonly<Record<string, PeriodEntry>>;
}

/** One sample, of a metric whose samples are kept singly. */
export interface SampleLine {
  readonly type: 'sample';
  readonly metric: string;
  readonly atMs: number;
  readonly value: number;
  readonly tags?: Tags;
  readonly metadata?: Tags;
}

/** The last line: the record is whole. */
export interface EndLine {
  readonly type: 'end';
  readonly atMs: number;
  /** The limit that ended the run. */
  readonly stoppedBy?: { readonly name: string };
  /** So many rows were too much to tell apart, ... */
  readonly foldedRows?: number;
  /** ... so many single samples were not kept, ... */
  readonly droppedSamples?: number;
  /** ... and so many texts of causes. */
  readonly droppedTexts?: number;
}

export type RecordLine = StartLine | SeriesLine | PeriodLine | SampleLine | EndLine;
