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
  /** Those of the script, by metric and then as the script lists them; absent without any. */
  readonly thresholds?: readonly ScriptThreshold[];
}

/** One expression of k6's `options.thresholds`, whether k6 is to judge it or not. */
export interface ScriptThreshold {
  /** As the script spells it: `http_req_duration{name:login}`. */
  readonly metric: string;
  /** `p(95)<500` */
  readonly source: string;
  readonly abortOnFail: boolean;
  /** A duration as k6 writes it, `10s`: so long it ends no run. */
  readonly delayAbortEval?: string;
}

/** A metric with a set of tags: it stands before the first period that has samples of it. */
export interface SeriesLine {
  readonly type: 'series';
  readonly id: number;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly contains: MetricContents;
  /**
   * Those that the script asks for. A series of what was too much to tell apart has `more: "true"`. Of a script of
   * somebody else, requests have `row` and `host` (recorder/requests.go).
   */
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

/** A host that a request of the script went to: it stands there once. */
export interface HostLine {
  readonly type: 'host';
  /** As the URL has it, in lower case and without credentials: `shop.example:8080`. */
  readonly host: string;
}

/** Where an HTTP request was sent to whose URL k6 does not tell, since it has a name: `10.0.0.7:443`. */
export interface AddressLine {
  readonly type: 'host';
  /** Of the service, or of the proxy before it. */
  readonly address: string;
}

/** What k6 made of a threshold. */
export interface JudgedThreshold extends Pick<ScriptThreshold, 'metric' | 'source'> {
  /**
   * Absent where that cannot be told: k6 judges only one of two spellings of a sub-metric, and does not say which. One
   * without a sample has not failed for k6.
   */
  readonly failed?: boolean;
}

/** The last line: the record is whole. */
export interface EndLine {
  readonly type: 'end';
  readonly atMs: number;
  /**
   * Of a script of somebody else, when the first thing began that k6 measured of it (Unix milliseconds, to the
   * microsecond), in `setup()` as well, ...
   */
  readonly runStartedAtMs?: number;
  /** ... and when the last one ended. Its thresholds are of that time and a little more: k6 does not tell of what. */
  readonly runEndedAtMs?: number;
  /**
   * Of a script of somebody else, when the first thing of its load began (Unix milliseconds, to the microsecond).
   * `setup()` and `teardown()` are no part of the load; absent where it never began.
   */
  readonly loadStartedAtMs?: number;
  /** And when the last one ended. */
  readonly loadEndedAtMs?: number;
  /** The limit that ended the run. */
  readonly stoppedBy?: { readonly name: string };
  /** What k6 made of the thresholds, in the order of the first line; absent where it judged none. */
  readonly judged?: readonly JudgedThreshold[];
  /** k6 ended the run by a threshold. It may hold again at the end: k6 looks at each of them once more. */
  readonly abortedByThreshold?: true;
  /** A request went to a host that k6 does not tell. */
  readonly hostsUnknown?: true;
  /** So many rows were too much to tell apart, ... */
  readonly foldedRows?: number;
  /** ... so many single samples were not kept, ... */
  readonly droppedSamples?: number;
  /** ... and so many texts of causes. */
  readonly droppedTexts?: number;
  /** So many further hosts were met, ... */
  readonly droppedHosts?: number;
  /** ... and so many further addresses. */
  readonly droppedAddresses?: number;
}

export type RecordLine = StartLine | SeriesLine | PeriodLine | SampleLine | HostLine | AddressLine | EndLine;
