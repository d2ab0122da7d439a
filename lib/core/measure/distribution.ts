import { firstWhere } from './first-where.ts';
import { LADDER_QUANTILES, type QuantileLadder } from './quantile-ladder.ts';

/** What is known of the distribution of so many samples: its value at each of some rising quantiles (0-1). */
export interface Distribution {
  readonly count: number;
  readonly quantiles: readonly number[];
  readonly valuesMs: Float64Array;
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

/** A distribution function at one of its points: the share of requests faster than `ms`, and not slower. */
export interface Step {
  readonly ms: number;
  readonly below: number;
  readonly upTo: number;
}

/** Where the sample of rank q(n-1), counted from 0, stands in its own distribution: half of it lies below itself. */
export function height(quantile: number, count: number): number {
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
