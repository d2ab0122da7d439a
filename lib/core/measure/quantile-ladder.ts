/** Points of a latency distribution: `[quantile 0..1, milliseconds]`, both rising. */
export type QuantileLadder = readonly (readonly [quantile: number, ms: number])[];

/**
 * The percentiles k6 is asked for: each percent to 90, each half to 99, each tenth to 99.9, then 99.95 and 99.99.
 * With minimum and maximum these are the 121 points of docs/comparison-procedure.md §4.3: summaries of several k6
 * instances merge from them to within 0.1 percentage points of rank in the tail.
 */
export const LADDER_PERCENTILES: readonly number[] = [
  ...steps(1, 90, 1),
  ...steps(90.5, 99, 0.5),
  ...steps(99.1, 99.9, 0.1),
  99.95,
  99.99,
];

/** k6's `summaryTrendStats` for the ladder and the figures beside it. */
export const LADDER_TREND_STATS: readonly string[] = [
  'count',
  'avg',
  'min',
  'max',
  ...LADDER_PERCENTILES.map(trendStat),
];

/** Latency of one set of requests in milliseconds. Only `count` is there when nothing was measured: never a 0. */
export interface Latency {
  readonly count: number;
  readonly min?: number;
  readonly avg?: number;
  readonly p50?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
  readonly ladder?: QuantileLadder;
  /** Of percentiles that were read off merged ladders: between which two values each surely lies. */
  readonly brackets?: Readonly<Record<'p50' | 'p95' | 'p99', readonly [lowMs: number, highMs: number]>>;
}

/** The quantiles (0-1) of the ladder, minimum and maximum included. */
export const LADDER_QUANTILES: readonly number[] = [0, ...LADDER_PERCENTILES.map(toQuantile), 1];

/** Reads a k6 trend that was summarised with LADDER_TREND_STATS. k6 writes 0 for every figure of a trend without samples. */
export function latencyFromTrend(values: Readonly<Record<string, number>> | undefined): Latency {
  const count = values?.count ?? 0;
  if (values === undefined || count === 0) return { count: 0 };
  const at = (stat: string): number => {
    const value = values[stat];
    if (value === undefined) throw new Error(`k6's summary has no "${stat}" for a trend with ${count} samples`);
    return value;
  };
  return latencyAt(count, at('avg'), [at('min'), ...LADDER_PERCENTILES.map((p) => at(trendStat(p))), at('max')]);
}

/** @param valuesMs one for each of LADDER_QUANTILES */
export function latencyAt(count: number, avgMs: number, valuesMs: readonly number[]): Latency {
  const ladder = LADDER_QUANTILES.map(
    (quantile, i) => [quantile, toNanosecondDigits(valuesMs[i] ?? Number.NaN)] as const,
  );
  const at = (wanted: number): number => ladder.find(([quantile]) => quantile === wanted)?.[1] ?? Number.NaN;
  return {
    count,
    min: at(0),
    avg: toNanosecondDigits(avgMs),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    ladder,
  };
}

function trendStat(percentile: number): string {
  return `p(${percentile})`;
}

function toQuantile(percentile: number): number {
  return Number((percentile / 100).toFixed(6));
}

/** k6 measures in nanoseconds: further digits are noise of its interpolation. */
function toNanosecondDigits(ms: number): number {
  return Number(ms.toFixed(6));
}

function steps(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step) + 1;
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(2)));
}
