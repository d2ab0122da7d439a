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
  const quantiles = mergeLadders(
    measured.map((part) => ({ count: part.count, ladder: part.ladder ?? [] })),
    LADDER_QUANTILES,
  );
  const avg = measured.reduce((sum, part) => sum + (part.avg ?? 0) * part.count, 0) / count;
  return latencyAt(count, avg, quantiles);
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
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const distributions = parts.map((part) => ({ weight: part.count / total, steps: stepsOf(part) }));
  const grid = [...new Set(parts.flatMap(({ ladder }) => ladder.map(([, ms]) => ms)))].sort((a, b) => a - b);
  const mixture = grid.map((ms): Step => {
    const at = distributions.map(({ weight, steps }) => ({ weight, ...heightsAt(steps, ms) }));
    return {
      ms,
      below: at.reduce((sum, { weight, below }) => sum + weight * below, 0),
      upTo: at.reduce((sum, { weight, upTo }) => sum + weight * upTo, 0),
    };
  });
  return quantiles.map((quantile) => valueAt(mixture, height(quantile, total)));
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
  const next = steps.findIndex((step) => step.ms >= ms);
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

function valueAt(mixture: readonly Step[], wanted: number): number {
  const i = mixture.findIndex(({ upTo }) => upTo >= wanted - ROUNDING);
  const step = mixture[i] ?? mixture.at(-1);
  const before = mixture[i - 1];
  if (step === undefined) throw new Error('There is no quantile of nothing');
  if (before === undefined || step.below <= wanted + ROUNDING) return step.ms;
  return before.ms + ((wanted - before.upTo) / (step.below - before.upTo)) * (step.ms - before.ms);
}
