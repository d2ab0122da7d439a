import { distributionOf, heightsAt, stepsOf } from './distribution.ts';
import type { Latency, QuantileLadder } from './quantile-ladder.ts';

/** How sure the side of its limit is on which a percentile fell. */
export interface PercentileStability {
  /** The percentile's 90 % sampling interval, in milliseconds. */
  readonly lowMs: number;
  readonly highMs: number;
  /** Whether the limit lies inside: one more reply, and the percentile can be on its other side. */
  readonly isUnstable: boolean;
  /** Share (0-1) of the replies that were not faster than the limit. */
  readonly shareOverLimit: number;
}

/** The standard normal quantile of a 90 % two-sided interval. */
const Z = 1.645;

/**
 * The sampling interval of a percentile, read off its ladder at the ranks q ± 1.645·√(q(1−q)/n)
 * (docs/comparison-procedure.md §2.8), against a limit that it must stay below. It flags a percentile on a step of its
 * distribution; it decides nothing.
 * @param quantile 0-1
 * @returns undefined without a ladder: a distribution that is not known has no interval
 */
export function stabilityOf(
  { count, ladder, brackets }: Latency,
  quantile: number,
  limitMs: number,
): PercentileStability | undefined {
  if (ladder === undefined || count === 0) return undefined;
  const [low, high] = samplingInterval({ count, ladder }, quantile);
  // Of a merged run the percentile itself is only known to lie in its bracket.
  const [from, to] = brackets?.[`p${Math.round(100 * quantile)}` as 'p95'] ?? [low, high];
  const [lowMs, highMs] = [Math.min(low, from), Math.max(high, to)];
  return {
    lowMs,
    highMs,
    isUnstable: lowMs < limitMs && limitMs <= highMs,
    shareOverLimit: shareNotBelow({ count, ladder }, limitMs),
  };
}

/** A distribution that is known: how many replies, and its ladder. */
interface KnownDistribution {
  readonly count: number;
  readonly ladder: QuantileLadder;
}

/** The 90 % interval of a percentile, in milliseconds, if replies came one by one at random. @param quantile 0-1 */
export function samplingInterval({ count, ladder }: KnownDistribution, quantile: number): readonly [number, number] {
  const halfWidth = Z * Math.sqrt((quantile * (1 - quantile)) / count);
  return [valueAt(ladder, Math.max(0, quantile - halfWidth)), valueAt(ladder, Math.min(1, quantile + halfWidth))];
}

/** A percentile q of n samples has n(1-q) of them beyond it: with fewer than these it hangs on a few accidents. */
const LEAST_BEYOND = 20;

/** Whether a percentile stands on enough samples to be decided by. @param quantile 0-1 */
export function hasEnoughBeyond(quantile: number, samples: number): boolean {
  // 200 · (1 − 0.9) is a trifle below 20 in a computer.
  return samples * (1 - quantile) >= LEAST_BEYOND - 1e-9;
}

/** How many samples a percentile needs to be decided by: 400 for a p95. @param quantile 0-1 */
export function repliesNeeded(quantile: number): number {
  return Math.ceil(LEAST_BEYOND / (1 - quantile) - 1e-9);
}

/**
 * How many samples a percentile needs for its 90 % interval to end before its limit, if it goes on as it did: never
 * fewer than it needs anyway. Without end where it lies at its limit.
 * @param quantile 0-1
 * @param shareOverLimit share (0-1) of the samples that did not stay below the limit
 */
export function samplesToTell(quantile: number, shareOverLimit: number): number {
  const distance = Math.abs(1 - quantile - shareOverLimit);
  return Math.max(repliesNeeded(quantile), Math.ceil((Z ** 2 * quantile * (1 - quantile)) / distance ** 2));
}

/** Between two points of the ladder as k6 interpolates between two replies: on a straight line. */
export function valueAt(ladder: QuantileLadder, quantile: number): number {
  const next = ladder.findIndex(([at]) => at >= quantile);
  const [q1, ms1] = ladder[next] ?? ladder.at(-1) ?? [1, Number.NaN];
  const [q0, ms0] = ladder[next - 1] ?? [q1, ms1];
  return q1 === q0 ? ms1 : ms0 + ((quantile - q0) / (q1 - q0)) * (ms1 - ms0);
}

/** @returns 0-1; exact to the step of the ladder that the limit lies in */
export function shareNotBelow(part: KnownDistribution, limitMs: number): number {
  const share = 1 - heightsAt(stepsOf(distributionOf(part)), limitMs).below;
  // Half of a reply lies below itself: what is less than that is no reply.
  return share < 0.5 / part.count ? 0 : share;
}
