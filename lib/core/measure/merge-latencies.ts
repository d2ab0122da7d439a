import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { LADDER_QUANTILES, type Latency, latencyAt, type QuantileLadder } from './quantile-ladder.ts';

/** A latency whose ladder takes the room of its numbers alone: a thousand summaries are merged from these. */
export interface CompactLatency extends Omit<Latency, 'ladder' | 'brackets'> {
  readonly distribution?: Distribution;
}

/** What is known of the distribution of so many samples: its value at each of some rising quantiles (0-1). */
export interface Distribution {
  readonly count: number;
  readonly quantiles: readonly number[];
  readonly valuesMs: Float64Array;
}

export function compact({ ladder, brackets: _, ...figures }: Latency): CompactLatency {
  if (ladder === undefined) return figures;
  return { ...figures, distribution: distributionOf({ count: figures.count, ladder }) };
}

export function distributionOf({
  count,
  ladder,
}: {
  readonly count: number;
  readonly ladder: QuantileLadder;
}): Distribution {
  const hasOurs =
    ladder.length === LADDER_QUANTILES.length && ladder.every(([quantile], i) => quantile === LADDER_QUANTILES[i]);
  return {
    count,
    quantiles: hasOurs ? LADDER_QUANTILES : ladder.map(([quantile]) => quantile),
    valuesMs: Float64Array.from(ladder, ([, ms]) => ms),
  };
}

/**
 * The latency of several sets of requests together, from their quantile ladders: the quantiles of the mixture of their
 * distributions (docs/comparison-procedure.md §4.2). Count, average, minimum and maximum are exact, and so is
 * everything where only one set has requests; a percentile in the middle of a wide gap can lie anywhere in it. Where one
 * of several sets has no ladder, no percentile is known.
 */
export function mergeLatencies(parts: readonly Latency[]): Latency {
  const measured = parts.filter(({ count }) => count > 0);
  const [only] = measured;
  if (only === undefined) return { count: 0 };
  return measured.length === 1 ? only : mergeCompact(measured.map(compact)).merged;
}

/** As mergeLatencies, with what is certain of each percentile beside it: between which two values it lies. */
export function mergeWithBrackets(parts: readonly CompactLatency[]): Latency {
  const { merged, distributions } = mergeCompact(parts.filter(({ count }) => count > 0));
  if (distributions.length < 2) return merged;
  const [p50, p95, p99] = bracketsOf(distributions, [0.5, 0.95, 0.99]);
  if (p50 === undefined || p95 === undefined || p99 === undefined) return merged;
  return { ...withinBrackets(merged, { p50, p95, p99 }), brackets: { p50, p95, p99 } };
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Where mixing comes out a little beside what is certain, what is certain stands; the ladder goes on rising. */
function withinBrackets(merged: Latency, brackets: NonNullable<Latency['brackets']>): Latency {
  const { count, avg = Number.NaN, ladder = [] } = merged;
  let values = ladder.map(([, ms]) => ms);
  for (const name of ['p50', 'p95', 'p99'] as const) {
    const [low, high] = brackets[name];
    const at = LADDER_QUANTILES.indexOf(QUANTILES[name]);
    const own = values[at] ?? Number.NaN;
    const certain = Math.min(Math.max(own, low), high);
    if (certain !== own) values = values.map((ms, i) => (i < at ? Math.min(ms, certain) : Math.max(ms, certain)));
    if (certain < own) values[at] = certain;
  }
  return latencyAt(count, avg, values);
}

/** @param measured with requests each */
function mergeCompact(measured: readonly CompactLatency[]): {
  readonly merged: Latency;
  readonly distributions: readonly Distribution[];
} {
  const count = sum(measured.map((part) => part.count));
  if (count === 0) return { merged: { count }, distributions: [] };
  const distributions = measured.flatMap(({ distribution }) => distribution ?? []);
  if (distributions.length < measured.length) return { merged: withoutLadders(measured, count), distributions: [] };
  const quantiles = mergeDistributions(distributions, LADDER_QUANTILES);
  const avg = sum(measured.map((part) => (part.avg ?? 0) * part.count)) / count;
  return { merged: latencyAt(count, avg, quantiles), distributions };
}

/** What can be said where a distribution is not known: percentiles cannot be merged. */
function withoutLadders(parts: readonly CompactLatency[], count: number): Latency {
  const known = <Key extends 'min' | 'avg' | 'max'>(key: Key): number[] | undefined => {
    const values = parts.flatMap((part) => part[key] ?? []);
    return values.length === parts.length ? values : undefined;
  };
  const [min, avg, max] = [known('min'), known('avg'), known('max')];
  const total = avg?.reduce((soFar, value, i) => soFar + value * (parts[i]?.count ?? 0), 0);
  return {
    count,
    ...present({
      min: min && Math.min(...min),
      avg: total === undefined ? undefined : total / count,
      max: max && Math.max(...max),
    }),
  };
}

/** @returns one value in milliseconds for each of the rising `quantiles` (0-1) */
export function mergeDistributions(parts: readonly Distribution[], quantiles: readonly number[]): number[] {
  const total = countOf(parts);
  const distributions = parts.map((part) => ({ weight: part.count / total, steps: stepsOf(part) }));
  const grid = gridOf(parts);
  const mixtureAt = remembered((i: number): Step => {
    const ms = grid[i] ?? Number.NaN;
    let below = 0;
    let upTo = 0;
    for (const { weight, steps } of distributions) {
      const heights = heightsAt(steps, ms);
      below += weight * heights.below;
      upTo += weight * heights.upTo;
    }
    return { ms, below, upTo };
  });
  return quantiles.map((quantile) => valueAt(mixtureAt, grid.length, height(quantile, total)));
}

/**
 * Between which two of their ladders' values each quantile of all requests together surely lies (§4.4 of the procedure):
 * what each ladder says of how many requests were not slower, and of how many were faster.
 */
export function bracketsOf(
  parts: readonly Distribution[],
  quantiles: readonly number[],
): (readonly [number, number])[] {
  const total = countOf(parts);
  const grid = gridOf(parts);
  const known = parts.map(({ count, quantiles: ranks, valuesMs }) => ({
    count,
    valuesMs,
    notSlower: ranks.map((q, i) => (i === ranks.length - 1 ? count : Math.floor(q * (count - 1) - 1e-9) + 1)),
    faster: ranks.map((q, i) => (i === 0 ? 0 : Math.ceil(q * (count - 1) + 1e-9))),
  }));
  const firstAbove = (valuesMs: Float64Array, ms: number) =>
    firstWhere(valuesMs.length, (at) => (valuesMs[at] ?? 0) > ms);
  const surely = remembered((i: number) =>
    known.reduce(
      (sum, { valuesMs, notSlower }) => sum + (notSlower[firstAbove(valuesMs, grid[i] ?? Number.NaN) - 1] ?? 0),
      0,
    ),
  );
  const atMost = remembered((i: number) =>
    known.reduce(
      (sum, { valuesMs, faster, count }) => sum + (faster[firstAbove(valuesMs, grid[i] ?? Number.NaN)] ?? count),
      0,
    ),
  );
  const last = grid.length - 1;
  return quantiles.map((quantile) => {
    const rank = quantile * (total - 1);
    const low = firstWhere(grid.length, (i) => atMost(i) >= Math.floor(rank) + 1);
    const high = firstWhere(grid.length, (i) => surely(i) >= Math.ceil(rank) + 1);
    return [grid[Math.min(low, last)] ?? Number.NaN, grid[Math.min(high, last)] ?? Number.NaN];
  });
}

function countOf(parts: readonly Distribution[]): number {
  return sum(parts.map(({ count }) => count));
}

/** Every value of any ladder, rising. */
function gridOf(parts: readonly Distribution[]): Float64Array {
  const values = new Float64Array(sum(parts.map(({ valuesMs }) => valuesMs.length)));
  let at = 0;
  for (const { valuesMs } of parts) {
    values.set(valuesMs, at);
    at += valuesMs.length;
  }
  values.sort();
  return values.filter((value, i) => i === 0 || value !== values[i - 1]);
}

/** The first of `length` indices at which a condition that stays true once it is true holds; `length` where none does. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Searches for several quantiles look at the same places. */
function remembered<T>(compute: (index: number) => T): (index: number) => T {
  const known = new Map<number, T>();
  return (index) => {
    const found = known.get(index);
    if (found !== undefined) return found;
    const value = compute(index);
    known.set(index, value);
    return value;
  };
}

/** A distribution function at one of its points: the share of requests faster than `ms`, and not slower. */
export interface Step {
  readonly ms: number;
  readonly below: number;
  readonly upTo: number;
}

/** Where the sample of rank q(n-1), counted from 0, stands in its own distribution: half of it lies below itself. */
function height(quantile: number, count: number): number {
  return (quantile * (count - 1) + 0.5) / count;
}

export function stepsOf({ count, quantiles, valuesMs }: Distribution): Step[] {
  const steps: Step[] = [];
  for (const [i, quantile] of quantiles.entries()) {
    const ms = valuesMs[i] ?? Number.NaN;
    const last = steps.at(-1);
    const upTo = i === quantiles.length - 1 ? 1 : height(quantile, count);
    // Equal neighbours are a jump: that share of the requests took exactly so long.
    if (last?.ms === ms) steps[steps.length - 1] = { ...last, upTo };
    else steps.push({ ms, below: i === 0 ? 0 : height(quantile, count), upTo });
  }
  return steps;
}

export function heightsAt(steps: readonly Step[], ms: number): { readonly below: number; readonly upTo: number } {
  const next = firstWhere(steps.length, (i) => (steps[i]?.ms ?? 0) >= ms);
  const after = steps[next];
  if (after === undefined) return { below: 1, upTo: 1 };
  if (after.ms === ms) return after;
  const before = steps[next - 1];
  if (before === undefined) return { below: 0, upTo: 0 };
  const between = before.upTo + ((ms - before.ms) / (after.ms - before.ms)) * (after.below - before.upTo);
  return { below: between, upTo: between };
}

/** Sums of shares are off by some units in the last place; a rank must not slip over a jump for that. */
const ROUNDING = 1e-12;

function valueAt(mixtureAt: (index: number) => Step, length: number, wanted: number): number {
  if (length === 0) throw new Error('There is no quantile of nothing');
  const i = Math.min(
    firstWhere(length, (index) => mixtureAt(index).upTo >= wanted - ROUNDING),
    length - 1,
  );
  const step = mixtureAt(i);
  if (i === 0 || step.below <= wanted + ROUNDING) return step.ms;
  const before = mixtureAt(i - 1);
  return before.ms + ((wanted - before.upTo) / (step.below - before.upTo)) * (step.ms - before.ms);
}
