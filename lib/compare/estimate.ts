import { sum } from '../core/spec/sum.ts';
import { mean, variance } from './moments.ts';
import type { NoisePrior } from './noise-prior.ts';

/** How much worse head is than base, on the scale of its row: differences of logarithms, or of shares. */
export interface Estimate {
  readonly difference: number;
  readonly standardError: number;
  /** Infinite where the noise was assumed. */
  readonly degreesOfFreedom: number;
}

/** `count` of `total` requests of one run. */
export interface Share {
  readonly count: number;
  readonly total: number;
}

/** A metric that is pinned or quantised shows no noise at all: half a percent is assumed. */
export const LEAST_VARIANCE = 0.005 ** 2;

/**
 * The estimate from pairs of runs, by the difference of each pair (docs/comparison-procedure.md §2.4).
 * @param differences of logarithms, positive for worse
 */
export function estimatePairedLog(differences: readonly number[], prior?: NoisePrior): Estimate | undefined {
  const n = differences.length;
  const own = n > 1 ? Math.max(variance(differences), LEAST_VARIANCE) : 0;
  if (n < 1 || (n === 1 && prior?.source !== 'history')) return undefined;
  const moderated = moderate(own, n - 1, prior);
  return {
    difference: mean(differences),
    standardError: Math.sqrt(moderated.variance / n),
    degreesOfFreedom: moderated.degreesOfFreedom,
  };
}

/** A row may be noisier than the others: among rows its own variance is never lowered. */
export function moderate(
  own: number,
  degreesOfFreedom: number,
  prior: NoisePrior | undefined,
): { readonly variance: number; readonly degreesOfFreedom: number } {
  if (prior === undefined) return { variance: own, degreesOfFreedom };
  const together = degreesOfFreedom + prior.degreesOfFreedom;
  const weighted = (prior.degreesOfFreedom * prior.variance + degreesOfFreedom * own) / together;
  return { variance: prior.source === 'rows' ? Math.max(own, weighted) : weighted, degreesOfFreedom: together };
}

/** Of pairs of runs. None against none still has an error: that of counting. */
export function estimatePairedShare(base: readonly Share[], head: readonly Share[]): Estimate | undefined {
  const n = base.length;
  if (n < 2) return undefined;
  const differences = base.map((each, i) => shareOf(head[i]) - shareOf(each));
  return {
    difference: mean(differences),
    standardError: Math.max(Math.sqrt(variance(differences) / n), countingError(base, head)),
    degreesOfFreedom: n - 1,
  };
}

/** Of runs that were not paired: Welch's t (Welch–Satterthwaite degrees of freedom). */
export function estimateUnpaired(
  base: readonly number[],
  head: readonly number[],
  leastError = 0,
  leastVariance = LEAST_VARIANCE,
): Estimate | undefined {
  if (base.length < 2 || head.length < 2) return undefined;
  const b = Math.max(variance(base), leastVariance) / base.length;
  const h = Math.max(variance(head), leastVariance) / head.length;
  const squares = b ** 2 / (base.length - 1) + h ** 2 / (head.length - 1);
  return {
    difference: mean(head) - mean(base),
    standardError: Math.max(Math.sqrt(b + h), leastError),
    degreesOfFreedom: squares > 0 ? (b + h) ** 2 / squares : base.length + head.length - 2,
  };
}

export function estimateUnpairedShare(base: readonly Share[], head: readonly Share[]): Estimate | undefined {
  return estimateUnpaired(base.map(shareOf), head.map(shareOf), countingError(base, head), 0);
}

/** The estimate for new runs against a history of other days: a prediction interval (§2.8 of the procedure). */
export function estimateAgainstHistory(
  history: readonly number[],
  head: readonly number[],
  leastError = 0,
  leastVariance = LEAST_VARIANCE,
): Estimate | undefined {
  const runs = history.length;
  if (runs < 3 || head.length < 1) return undefined;
  const noise = Math.sqrt(Math.max(variance(history), leastVariance) * (1 + 1 / runs));
  return {
    difference: mean(head) - mean(history),
    standardError: Math.max(noise, leastError),
    degreesOfFreedom: runs - 1,
  };
}

export function estimateShareAgainstHistory(history: readonly Share[], head: readonly Share[]): Estimate | undefined {
  return estimateAgainstHistory(history.map(shareOf), head.map(shareOf), countingError(history, head), 0);
}

/** Of one run against one, where the noise of a run is assumed: its coefficient of variation, 0-1. */
export function estimateAssumed(difference: number, noiseCv: number): Estimate {
  return { difference, standardError: noiseCv * Math.SQRT2, degreesOfFreedom: Number.POSITIVE_INFINITY };
}

export function shareOf(share: Share | undefined): number {
  return share === undefined || share.total === 0 ? Number.NaN : share.count / share.total;
}

/** Half a request more than counted: a share of none has an error as well. */
export function smoothedShare(shares: readonly Share[]): number {
  return (sum(shares.map(({ count }) => count)) + 0.5) / (sum(shares.map(({ total }) => total)) + 1);
}

/** The binomial error of the difference of two shares. */
function countingError(base: readonly Share[], head: readonly Share[]): number {
  const part = (shares: readonly Share[]) => {
    const p = smoothedShare(shares);
    return (p * (1 - p)) / Math.max(1, sum(shares.map(({ total }) => total)));
  };
  return Math.sqrt(part(base) + part(head));
}
