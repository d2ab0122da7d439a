/** What a script of the library measured besides requests. */
export interface CustomFigures {
  readonly checks: readonly K6Check[];
  readonly figures: readonly K6Figure[];
}

/** A check of a script, which k6 counts and does not judge. */
export interface K6Check {
  readonly name: string;
  /** The names of the groups it is in. */
  readonly group?: string;
  readonly passes: number;
  readonly fails: number;
}

/** One metric as k6 summarises it. */
export interface K6Figure {
  /** With its tags. */
  readonly metric: string;
  readonly kind: 'counter' | 'rate' | 'gauge' | 'trend';
  /** Whether its values are milliseconds. */
  readonly isTime: boolean;
  /** By the names that k6 has for them: `p(95)`, `count`, `passes`. */
  readonly values: Readonly<Record<string, number>>;
  /** How often a counter of ours was added to. */
  readonly samples?: number;
}
