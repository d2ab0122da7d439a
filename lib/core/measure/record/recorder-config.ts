/** k6's variable with what is asked of the recorder from outside the script: a `ScriptRecorderConfig` as JSON. */
export const RECORDER_VARIABLE = 'VERDICT_RECORDER';

/**
 * What is asked of the recorder for a script of somebody else, which is run as it is. Where the variable is set, the
 * recorder does not look at the script's `options.ext`.
 */
export interface ScriptRecorderConfig extends Partial<RecorderConfig> {
  /**
   * Requests are told apart by `row`, `host`, `group` and `scenario`, checks by `check`, `group` and `scenario`, all else
   * by `group` and `scenario`, and each by what a threshold of the script or a limit looks for. `tags` changes that.
   * @default false
   */
  readonly rows?: boolean;
  /** What is known of the test: the member `test` of the record's first line. */
  readonly test?: unknown;
}

/** What a test asks of the recorder, in k6's `options.ext`; the Go module reads it (recorder/config.go). */
export interface RecorderConfig {
  /** The tags that tell series apart, by metric; `*` is for every metric that is not named. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly limits: readonly CountedLimit[];
  /** Metrics whose samples are kept one by one. */
  readonly samples: readonly string[];
  readonly stops: readonly Stop[];
  /** k6's options that are noted as k6 consolidated them. */
  readonly options: readonly string[];
  /** Metrics that nobody asks for. */
  readonly skip: readonly string[];
  /** Rows of a metric beyond so many fold into one, which nothing judges. @default 2000 */
  readonly mostRows?: number;
  /** Where the record goes when its file cannot be finished. */
  readonly spare?: string;
}

/** A metric of k6's, or the part of it whose samples have these tags. */
export interface Selected {
  readonly metric: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Values beyond which samples are counted exactly: a percentile near one of them is decided by that count. */
export interface CountedLimit extends Selected {
  readonly values: readonly number[];
}

/** A limit that ends the run when it is crossed. */
export interface Stop extends Selected {
  /** How it is told. */
  readonly name: string;
  /** A percentile, the greatest value or the mean of a trend, the share of what is true of a `rate`, the sum of a counter. */
  readonly aggregate: 'p50' | 'p95' | 'p99' | 'max' | 'mean' | 'rate' | 'count';
  /** How the figure must stand to the limit; `>=` of a `rate` alone. */
  readonly operator: '<' | '<=' | '>=';
  /** The kind of metric that it is for: of another one it looks at nothing. @default any */
  readonly kind?: 'counter' | 'rate' | 'trend' | 'gauge';
  readonly limit: number;
  /** How old the run must be, in seconds since the script began; its setup counts. */
  readonly afterSeconds: number;
}
