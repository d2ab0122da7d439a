import { sum } from '../spec/sum.ts';
import { type Distribution, height, heightsAt, type Step, stepsOf } from './distribution.ts';
import { firstWhere } from './first-where.ts';

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
 * Between which two of their ladders' values each quantile of all requests together surely lies
 * (docs/comparison-procedure.md §4.4): what each ladder says of how many requests were not slower, and of how many were
 * faster.
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
