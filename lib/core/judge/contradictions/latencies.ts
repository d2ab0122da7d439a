import { type Contradiction, expectNearly, expectWithin } from '../../measure/contradiction.ts';
import { type Distribution, distributionOf } from '../../measure/distribution.ts';
import type { Measured } from '../../measure/measured.ts';
import { bracketsOf } from '../../measure/mixture.ts';
import type { Latency } from '../../measure/quantile-ladder.ts';
import { sum } from '../../spec/sum.ts';
import type { RunSummary } from '../run-summary.ts';

/** The figures of a distribution that rise, each with its quantile. */
const RISING = [
  ['min', 0],
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['max', 1],
] as const;

/** Latencies of a run that lacks nothing: each distribution by itself, and that of the whole beside those of its endpoints. */
export function contradictionsOfLatencies({ totals, endpoints, mergedFrom }: RunSummary): Contradiction[] {
  const found = [
    ...distributionsOf('totals', totals),
    ...endpoints.flatMap((endpoint, i) => distributionsOf(`endpoints[${i}]`, endpoint)),
  ];
  // What is wrong in itself would be told once more of the whole.
  if (found.length > 0) return found;
  const [whole, parts] = [totals.latencyMs.ok, endpoints.map(({ latencyMs }) => latencyMs.ok)];
  return [
    ...endsBesideParts('totals.latencyMs.ok', whole, parts),
    // Those of a merged run are worked out, each by itself, and only nearly right.
    ...(mergedFrom === undefined ? quantilesBesideParts('totals.latencyMs.ok', whole, parts) : []),
  ];
}

/** The two distributions of one measurement. */
export function distributionsOf(member: string, { latencyMs: { all, ok } }: Measured): Contradiction[] {
  return [
    ...distributionOfOne(`${member}.latencyMs.all`, all),
    ...distributionOfOne(`${member}.latencyMs.ok`, ok),
    ...okAmongAll(`${member}.latencyMs.ok`, ok, all),
  ];
}

/** A distribution by itself. */
export function distributionOfOne(member: string, latency: Latency): Contradiction[] {
  const known = RISING.flatMap(([name, quantile]) => {
    const ms = latency[name];
    return ms === undefined ? [] : [{ name, quantile, ms }];
  });
  return [
    ...known.slice(1).flatMap(({ name, ms }, i) => {
      const before = known[i];
      const why = `since its ${before?.name} is that`;
      return expectWithin(`${member}.${name}`, ms, [before?.ms ?? 0, Number.POSITIVE_INFINITY], why);
    }),
    ...meanInRange(member, latency),
    ...ladderOf(member, latency, known),
    ...bracketed(member, latency),
  ];
}

function meanInRange(member: string, { avg, min = 0, max = Number.POSITIVE_INFINITY }: Latency): Contradiction[] {
  return avg === undefined ? [] : expectWithin(`${member}.avg`, avg, [min, max], 'between its min and its max');
}

/** The ladder rises, and says the same as the figures that stand beside it. */
function ladderOf(
  member: string,
  { ladder = [] }: Latency,
  known: readonly { readonly name: string; readonly quantile: number; readonly ms: number }[],
): Contradiction[] {
  const steps = ladder.flatMap(([quantile, ms], i) => {
    const [quantileBefore, msBefore] = ladder[i - 1] ?? [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    if (quantile > quantileBefore && ms >= msBefore) return [];
    return [{ member: `${member}.ladder[${i}]`, received: `[${quantile}, ${ms}]`, expected: RISES }];
  });
  const byQuantile = new Map(ladder.map(([quantile, ms]) => [quantile, ms]));
  return [
    ...steps.slice(0, 1),
    ...known.flatMap(({ name, quantile, ms }) => {
      const rung = byQuantile.get(quantile);
      return rung === undefined ? [] : expectNearly(`${member}.${name}`, ms, rung, 'as its stored percentiles have it');
    }),
  ];
}

const RISES = 'quantiles and times that rise from one percentile to the next';

function bracketed(member: string, latency: Latency): Contradiction[] {
  const { brackets } = latency;
  if (brackets === undefined) return [];
  return (['p50', 'p95', 'p99'] as const).flatMap((name) => {
    const ms = latency[name];
    return ms === undefined ? [] : expectWithin(`${member}.${name}`, ms, brackets[name], 'its bracket');
  });
}

/** Ok replies are some of all. */
function okAmongAll(member: string, ok: Latency, all: Latency): Contradiction[] {
  return [
    ...expectWithin(`${member}.count`, ok.count, [0, all.count], 'since successful responses are among all requests'),
    ...withinAll(`${member}.min`, ok.min, all),
    ...withinAll(`${member}.max`, ok.max, all),
  ];
}

function withinAll(member: string, ms: number | undefined, { min, max }: Latency): Contradiction[] {
  if (ms === undefined || min === undefined || max === undefined) return [];
  return expectWithin(member, ms, [min, max], 'the range of all requests');
}

/** All requests together are those of the endpoints: where counts differ, that is told elsewhere. */
function areTogether(whole: Latency, parts: readonly Latency[]): boolean {
  return whole.count > 0 && sum(parts.map(({ count }) => count)) === whole.count;
}

function endsBesideParts(member: string, whole: Latency, all: readonly Latency[]): Contradiction[] {
  const parts = all.filter(({ count }) => count > 0);
  if (!areTogether(whole, parts)) return [];
  const mean = sum(parts.map(({ avg = Number.NaN, count }) => avg * count)) / whole.count;
  return [
    ...sameEnd(`${member}.min`, whole.min, Math.min(...parts.map(({ min = Number.NaN }) => min))),
    ...sameEnd(`${member}.max`, whole.max, Math.max(...parts.map(({ max = Number.NaN }) => max))),
    ...sameEnd(`${member}.avg`, whole.avg, mean),
  ];
}

function sameEnd(member: string, ms: number | undefined, ofParts: number): Contradiction[] {
  return ms === undefined || Number.isNaN(ofParts) ? [] : expectNearly(member, ms, ofParts, OF_ENDPOINTS);
}

const OF_ENDPOINTS = 'as its endpoints have it';

/** Of a record, a percentile is known within so much; its ends and its mean are exact. */
const RESOLUTION = 0.01;

/** The ladders of the endpoints say between which two values each percentile of all of them surely lies. */
function quantilesBesideParts(member: string, whole: Latency, all: readonly Latency[]): Contradiction[] {
  const parts = all.filter(({ count }) => count > 0);
  const distributions = parts.flatMap(({ count, ladder }): Distribution[] =>
    ladder === undefined ? [] : [distributionOf({ count, ladder })],
  );
  if (!areTogether(whole, parts) || distributions.length < parts.length) return [];
  const names = ['p50', 'p90', 'p95', 'p99'] as const;
  const ranges = bracketsOf(distributions, [0.5, 0.9, 0.95, 0.99]);
  return names.flatMap((name, i) => {
    const [ms, range] = [whole[name], ranges[i]];
    if (ms === undefined || range === undefined) return [];
    const [low, high] = range;
    return expectWithin(`${member}.${name}`, ms, [low * (1 - RESOLUTION), high * (1 + RESOLUTION)], OF_ENDPOINTS);
  });
}
