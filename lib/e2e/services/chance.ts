import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/** One of ten thousand runs is outside of such an interval, though all is right. */
export const CONFIDENCE = 0.9999;

/**
 * The shares that may lie behind what was counted: the exact interval of Clopper and Pearson (1934).
 * @param confidence how often such an interval holds the true share
 */
export function shareInterval(hits: number, of: number, confidence: number): readonly [least: number, most: number] {
  const tail = (1 - confidence) / 2;
  return [
    hits === 0 ? 0 : betaQuantile(tail, hits, of - hits + 1),
    hits === of ? 1 : betaQuantile(1 - tail, hits + 1, of - hits),
  ];
}
