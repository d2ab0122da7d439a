import { LADDER_QUANTILES, type Latency, latencyAt, type QuantileLadder } from './quantile-ladder.ts';

/**
 * The latency of several sets of requests together, from their quantile ladders: the quantiles of the mixture of their
 * distributions (comparison procedure §4.2). Count, average, minimum and maximum are exact, and so is everything
 * where only one set has requests; a percentile in the middle of a wide gap can lie anywhere in it. Where one of several
 * sets has no ladder, no percentile is known.
 */
export function mergeLatencies(parts: readonly Latency[]): Latency {
  const measured = parts.filter(({ count }) => count > 0);
  const [only] = measured;
  if (only === undefined) return { count: 0 };
  if (measured.length === 1) return only;
  const count = measured.reduce((sum, part) => sum + part.count, 0);
  if (measured.some(({ ladder }) => ladder === undefined)) return withoutLadders(measured, count);
  const quantiles = mergeLadders(measured.map(asPart), LADDER_QUANTILES);
  const avg = measured.reduce((sum, part) => sum + (part.avg ?? 0) * part.count, 0) / count;
  return latencyAt(count, avg, quantiles);
}

/** As mergeLatencies, with what is certain of each percentile beside it: between which two values it lies. */
export function mergeWithBrackets(parts: readonly Latency[]): Latency {
  const merged = mergeLatencies(parts);
  const measured = parts.filter(({ count }) => count > 0);
  if (measured.length < 2 || merged.ladder === undefined) return merged;
  const [p50, p95, p99] = bracketsOf(measured.map(asPart), [0.5, 0.95, 0.99]);
  if (p50 === undefined || p95 === undefined || p99 === undefined) return merged;
  return { ...merged, brackets: { p50, p95, p99 } };
}

function asPart({ count, ladder = [] }: Latency): Part {
  return { count, ladder };
}

/** What can be said where a distribution is not known: percentiles cannot be merged. */
function withoutLadders(parts: readonly Latency[], count: number): Latency {
  const known = <Key extends 'min' | 'avg' | 'max'>(key: Key): number[] | undefined => {
    const values = parts.flatMap((part) => part[key] ?? []);
    return values.length === parts.length ? values : undefined;
  };
  const [min, avg, max] = [known('min'), known('avg'), known('max')];
  const sum = avg?.reduce((total, value, i) => total + value * (parts[i]?.count ?? 0), 0);
  return {
    count,
    ...(min === undefined ? {} : { min: Math.min(...min) }),
    ...(sum === undefined ? {} : { avg: sum / count }),
    ...(max === undefined ? {} : { max: Math.max(...max) }),
  };
}

interface Part {
  readonly count: number;
  readonly ladder: QuantileLadder;
}

/** @returns one value in milliseconds for each of the rising `quantiles` (0-1) */
export function mergeLadders(parts: readonly Part[], quantiles: readonly number[]): number[] {
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
 * Between which two of their ladders' values each quantile of all requests together surely lies (comparison procedure
 * §4.4): what each ladder says of how many requests were not slower, and of how many were faster.
 */
export function bracketsOf(parts: readonly Part[], quantiles: readonly number[]): (readonly [number, number])[] {
  const total = countOf(parts);
  const grid = gridOf(parts);
  const known = parts.map(({ count, ladder }) => ({
    count,
    ms: ladder.map(([, value]) => value),
    notSlower: ladder.map(([q], i) => (i === ladder.length - 1 ? count : Math.floor(q * (count - 1) - 1e-9) + 1)),
    faster: ladder.map(([q], i) => (i === 0 ? 0 : Math.ceil(q * (count - 1) + 1e-9))),
  }));
  const surely = remembered((i: number) => {
    const value = grid[i] ?? Number.NaN;
    return known.reduce(
      (sum, { ms, notSlower }) => sum + (notSlower[firstWhere(ms.length, (at) => (ms[at] ?? 0) > value) - 1] ?? 0),
      0,
    );
  });
  const atMost = remembered((i: number) => {
    const value = grid[i] ?? Number.NaN;
    return known.reduce(
      (sum, { ms, faster, count }) => sum + (faster[firstWhere(ms.length, (at) => (ms[at] ?? 0) > value)] ?? count),
      0,
    );
  });
  const last = grid.length - 1;
  return quantiles.map((quantile) => {
    const rank = quantile * (total - 1);
    const low = firstWhere(grid.length, (i) => atMost(i) >= Math.floor(rank) + 1);
    const high = firstWhere(grid.length, (i) => surely(i) >= Math.ceil(rank) + 1);
    return [grid[Math.min(low, last)] ?? Number.NaN, grid[Math.min(high, last)] ?? Number.NaN];
  });
}

function countOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

/** Every value of any ladder, rising. */
function gridOf(parts: readonly Part[]): Float64Array {
  const values = Float64Array.from(parts.flatMap(({ ladder }) => ladder.map(([, ms]) => ms))).sort();
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

export function stepsOf({ count, ladder }: Part): Step[] {
  const steps: Step[] = [];
  for (const [i, [quantile, ms]] of ladder.entries()) {
    const last = steps.at(-1);
    const upTo = i === ladder.length - 1 ? 1 : height(quantile, count);
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
