import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** The quantile of Student's t; of the normal distribution for infinite degrees of freedom. @param probability 0-1 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  return Number.isFinite(degreesOfFreedom)
    ? tQuantileOf(probability, degreesOfFreedom)
    : normalQuantile(probability, 0, 1);
}

/** P(T > x): accurate far out in the tail as well, where 1 − P(T ≤ x) is not. */
export function tUpperTail(x: number, degreesOfFreedom: number): number {
  return Number.isFinite(degreesOfFreedom) ? tCdf(-x, degreesOfFreedom) : normalCdf(-x, 0, 1);
}

/** The exact (Clopper-Pearson) two-sided interval of a share of which `count` of `total` were seen. Shares are 0-1. */
export function exactInterval(count: number, total: number, confidence = 0.95): readonly [low: number, high: number] {
  const tail = (1 - confidence) / 2;
  return [
    count === 0 ? 0 : betaQuantile(tail, count, total - count + 1),
    count === total ? 1 : betaQuantile(1 - tail, count + 1, total - count),
  ];
}
