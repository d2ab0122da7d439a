import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { bracketsOf, mergeDistributions } from './mixture.ts';
import { LADDER_QUANTILES, type Latency, latencyAt } from './quantile-ladder.ts';

/** A latency whose ladder takes the room of its numbers alone: a thousand summaries are merged from these. */
export interface CompactLatency extends Omit<Latency, 'ladder' | 'brackets'> {
  readonly distribution?: Distribution;
}

export function compact({ ladder, brackets: _, ...figures }: Latency): CompactLatency {
  if (ladder === undefined) return figures;
  return { ...figures, distribution: distributionOf({ count: figures.count, ladder }) };
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
