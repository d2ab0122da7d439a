import type { Verdict } from '../core/judge/verdict.ts';
import type { RowState } from './state.ts';

export const COMPARISON_SCHEMA_VERSION = 1;

/**
 * What a row is about. `p95-geomean` is the geometric mean over all endpoints of the percentile that decides: the p95,
 * or a lower one where replies are few; `failures` is whatever was not `ok`, declared 429s aside; `over-limit` the share
 * of ok replies beyond the p95 limit.
 */
export type RowMetric = (typeof ROW_METRICS)[number];

export const ROW_METRICS = [
  'p95-geomean',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'mean',
  'goodput',
  'failures',
  'timeouts',
  'refused',
  'server-errors',
  'rate-limited',
  'over-limit',
] as const;

/** `information` never fails a comparison. */
export type RowFamily = 'primary' | 'endpoint latency' | 'endpoint failures' | 'information';

/**
 * How the runs stand to each other. `paired`: base and head in turn. `unpaired`: in one session, not in turn.
 * `history`: on different days or machines. `single`: one run against one, whose noise nobody knows.
 */
export type Design = 'paired' | 'unpaired' | 'history' | 'single';

/** One figure, compared. Shares are 0-1, latencies milliseconds, goodput ok replies per second. */
export interface ComparedRow {
  readonly metric: RowMetric;
  /** Absent: all endpoints together, or a journey. */
  readonly endpoint?: string;
  /** A journey, by its name: its latency is how long it took, its failures those that were not completed. */
  readonly journey?: string;
  readonly title: string;
  readonly unit: 'ms' | 'share' | 'per second';
  readonly worse: 'higher' | 'lower' | 'either';
  readonly family: RowFamily;
  readonly state: RowState;
  /** Why it has this state, where the figures do not say. */
  readonly reason?: string;
  /** Why this percentile decides for its endpoint, where it is not the p95. */
  readonly decidesBecause?: string;
  /** One per run, in the order of the runs of the arm; null where the run has none. */
  readonly baseValues: readonly (number | null)[];
  readonly headValues: readonly (number | null)[];
  /** Of all runs of the arm: geometric mean, or the share over all their requests. */
  readonly base?: number;
  readonly head?: number;
  /** Head against base: relative (0.1 is +10 %) for latency and goodput, the difference for shares. */
  readonly change?: number;
  /** The interval of the change; each bound is one-sided 1 − α. */
  readonly low?: number;
  readonly high?: number;
  readonly pWorse?: number;
  readonly pWorseAdjusted?: number;
  readonly degreesOfFreedom?: number;
  /** Run-to-run coefficient of variation, 0-1, of one run. */
  readonly noiseCv?: number;
  /** The smallest change that so many runs find four times in five, as `change` is told. */
  readonly smallestDetectable?: number;
  /** How many pairs would find a change of the tolerance, with this noise. */
  readonly pairsNeeded?: number;
  /** The side that has nothing to compare, where every run of the other one has, and not by chance: that is no pass. */
  readonly missingIn?: 'base' | 'head';
  /** Not zero, and too small to matter. */
  readonly isRealButSmall?: true;
  /** Worse, and it need not fail the comparison until that day. */
  readonly accepted?: { readonly reason: string; readonly until: string };
  /** Of the rows for information, what stands out (Benjamini-Hochberg, 5 %). */
  readonly isNotable?: true;
  /** For one run against one: where each percentile could lie by chance alone. A lower bound of its noise. */
  readonly sampling?: { readonly base: readonly [number, number]; readonly head: readonly [number, number] };
}

export interface ArmRun {
  readonly runId: string;
  readonly startedAt?: string;
  readonly release?: string;
  readonly commit?: string;
  /** Of the project, as its package.json names it. */
  readonly environment?: string;
  readonly verdict: Verdict;
  readonly requests: number;
}

export interface Arm {
  readonly name: string;
  readonly runs: readonly ArmRun[];
}

/** A point of the distribution: how much slower head is there. */
export interface ShiftPoint {
  readonly quantile: number;
  readonly change: number;
  readonly low?: number;
  readonly high?: number;
}

/** The whole distribution of ok replies: for looking at, nothing is decided by it. */
export interface Distribution {
  /** Absent: all endpoints together. */
  readonly endpoint?: string;
  readonly base: readonly (readonly [quantile: number, ms: number])[];
  readonly head: readonly (readonly [quantile: number, ms: number])[];
  readonly shift: readonly ShiftPoint[];
}

/** One release of a trend. */
export interface TrendColumn {
  readonly release: string;
  readonly runs: number;
  readonly startedAt?: string;
  readonly p95GeomeanMs?: number;
  readonly okPerSecond?: number;
  readonly failureShare?: number;
  readonly endpoints: readonly { readonly endpoint: string; readonly p95Ms?: number }[];
  /** Its workload is another one: its figures stand here, and are not comparable. */
  readonly isOtherWorkload?: true;
}

export type ComparisonDecision = 'pass' | 'fail' | 'inconclusive' | 'incomparable';

/** What a comparison found: everything that its formats show. */
export interface Comparison {
  readonly schemaVersion: typeof COMPARISON_SCHEMA_VERSION;
  readonly decision: ComparisonDecision;
  readonly exitCode: number;
  /** One sentence. */
  readonly headline: string;
  /** Most important first. */
  readonly reasons: readonly string[];
  readonly scenario: string;
  readonly design: Design;
  /** One-sided level of every test, 0-1. */
  readonly alpha: number;
  /** Which of how many looks at the data this is. */
  readonly look: readonly [number, of: number];
  /** Base against base: every change is noise. */
  readonly isSelfCheck?: true;
  readonly base: Arm;
  readonly head: Arm;
  readonly rows: readonly ComparedRow[];
  readonly distributions: readonly Distribution[];
  readonly trend: readonly TrendColumn[];
  readonly notes: readonly string[];
  /** A second look at as many runs more would help. */
  readonly needsSecondLook: boolean;
}
