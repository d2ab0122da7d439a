import type { StoredRun } from '../core/judge/run-summary.ts';
import { mergeLatencies } from '../core/measure/merge-latencies.ts';
import { valueAt } from '../core/measure/percentile-stability.ts';
import type { QuantileLadder } from '../core/measure/quantile-ladder.ts';
import { isDeclared } from '../core/spec/not-declared.ts';
import { present } from '../core/spec/present.ts';
import type { Distribution, ShiftPoint } from './comparison.ts';
import type { Arranged } from './design.ts';
import { tQuantile } from './distributions.ts';
import { logOf, mean, variance } from './moments.ts';
import { subjectIn } from './row-subject.ts';

/** Where the curves are drawn: a point every 2 %, and the tail. */
const QUANTILES = [...Array.from({ length: 49 }, (_, i) => (2 * (i + 1)) / 100), 0.99, 0.995];

/** The pooled distributions of both sides, and how far head is shifted at each quantile: overall, then by endpoint. */
export function distributionsOf({ base, head, design }: Arranged, alpha: number): Distribution[] {
  const endpoints = [...new Set(base.flatMap((run) => run.endpoints.filter(isDeclared).map(({ id }) => id)))];
  return [undefined, ...endpoints].flatMap((endpoint): Distribution[] => {
    const [b, h] = [laddersOf(base, endpoint), laddersOf(head, endpoint)];
    if (b === undefined || h === undefined) return [];
    return [
      {
        ...present({ endpoint }),
        base: pooled(base, endpoint),
        head: pooled(head, endpoint),
        shift: QUANTILES.map((quantile) => shiftAt(quantile, b, h, design === 'paired', alpha)),
      },
    ];
  });
}

function laddersOf(runs: readonly StoredRun[], endpoint: string | undefined): QuantileLadder[] | undefined {
  const ladders = runs.flatMap((run) => {
    const ladder = subjectIn(run, present({ endpoint }))?.latencyMs.ok.ladder;
    return ladder === undefined ? [] : [ladder];
  });
  return ladders.length === runs.length && runs.length > 0 ? ladders : undefined;
}

function pooled(runs: readonly StoredRun[], endpoint: string | undefined): [number, number][] {
  const parts = runs.flatMap((run) => subjectIn(run, present({ endpoint }))?.latencyMs.ok ?? []);
  const { ladder = [] } = mergeLatencies(parts);
  return ladder.filter(([quantile]) => quantile <= 0.999).map(([quantile, ms]) => [quantile, ms]);
}

function shiftAt(
  quantile: number,
  base: readonly QuantileLadder[],
  head: readonly QuantileLadder[],
  isPaired: boolean,
  alpha: number,
): ShiftPoint {
  const logs = (ladders: readonly QuantileLadder[]) => ladders.map((ladder) => logOf(valueAt(ladder, quantile)));
  const [b, h] = [logs(base), logs(head)];
  const difference = mean(h) - mean(b);
  const change = Math.exp(difference) - 1;
  if (!isPaired || b.length < 2) return { quantile, change };
  const error = Math.sqrt(variance(h.map((each, i) => each - (b[i] ?? 0))) / b.length);
  const reach = tQuantile(1 - alpha, b.length - 1) * error;
  return { quantile, change, low: Math.exp(difference - reach) - 1, high: Math.exp(difference + reach) - 1 };
}
