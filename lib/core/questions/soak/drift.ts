import { sum } from '../../spec/sum.ts';
/** How a figure changes over time, by Theil-Sen: the median of the slopes of all pairs of points. */
export interface Drift {
  /** The figure at the beginning: its median over the first quarter. */
  readonly level: number;
  /** At the end: its median over the last quarter. Older summaries do not say it. */
  readonly last?: number;
  /** How long was looked at, once it had settled. Older summaries do not say it. */
  readonly overSeconds?: number;
  readonly perHour: number;
  /** In which the slope surely lies (99 %), as far as the figures are fine enough to show it: see `resolution`. */
  readonly intervalPerHour: readonly [low: number, high: number];
  /** Points that it is made of. */
  readonly points: number;
  /** Whether the data support that it drifts, and so much that it matters. */
  readonly isClaimed: boolean;
  /** Its second half does not go on like the whole: what moves so may only be settling. */
  readonly isSettling?: true;
  /** A change over the time looked at that the figures are too coarse to show. Older summaries do not say it. */
  readonly resolution?: number;
}

export interface DriftPoint {
  readonly atSeconds: number;
  readonly value: number;
}

/** What is so small that it does not matter, over the whole time. */
export interface Significance {
  /** Share (0-1) of the level. */
  readonly share: number;
  readonly absolute: number;
}

/** How fine a figure is. */
export interface Fineness {
  /** What values of one stretch are taken together as. Of rare events the median is 0 however many there are. */
  readonly centre: 'median' | 'mean';
  /** A change that cannot be seen. */
  readonly resolution: number;
}

/** Blocks that the time is cut into: enough for a rank test, and long enough that neighbours tell little of each other. */
const BLOCKS = 24;
const LEAST_POINTS = 10;
/** Two-sided 99 % of the normal distribution: several figures are looked at. */
const Z = 2.576;
/** What warms up rises at first and then no more: a leak goes on at much the same pace. */
const LEAST_LATE_SHARE = 0.5;
/** Of the time, at its beginning: connections open, caches fill, compilers compile. */
export const SETTLING_SHARE = 0.15;

/**
 * The drift of a figure, with the interval of Sen (1968), from the ranks of the slopes of all pairs:
 * P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1379-1389.
 *
 * It is claimed when the interval excludes 0, when what it comes to over the time that was measured matters, and when
 * the second half alone goes the same way at least half as fast.
 *
 * @returns undefined for fewer than LEAST_POINTS points
 */
export function driftOf(
  points: readonly DriftPoint[],
  matters: Significance,
  { centre, resolution }: Fineness = { centre: 'median', resolution: 0 },
): Drift | undefined {
  const end = points.at(-1)?.atSeconds ?? 0;
  const blocks = blocksOf(
    points.filter(({ atSeconds }) => atSeconds >= SETTLING_SHARE * end),
    centre,
  );
  if (blocks.length < LEAST_POINTS) return undefined;
  const slopes = slopesOf(blocks);
  const perHour = median(slopes);
  const n = blocks.length;
  const spread = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = slopes[Math.max(0, Math.floor((slopes.length - spread) / 2))] ?? perHour;
  const high = slopes[Math.min(slopes.length - 1, Math.ceil((slopes.length + spread) / 2))] ?? perHour;
  const quarter = Math.ceil(n / 4);
  const level = medianOfBlocks(blocks.slice(0, quarter));
  const overSeconds = (blocks.at(-1)?.atSeconds ?? 0) - (blocks[0]?.atSeconds ?? 0);
  const hours = overSeconds / 3600;
  const late = median(slopesOf(blocks.slice(Math.floor(n / 2))));
  const isSure = low > 0 || high < 0;
  const isMuch = Math.abs(perHour) * hours >= Math.max(matters.absolute, matters.share * Math.abs(level));
  const goesOn = late * Math.sign(perHour) >= LEAST_LATE_SHARE * Math.abs(perHour);
  return {
    level,
    last: medianOfBlocks(blocks.slice(-quarter)),
    overSeconds,
    perHour,
    intervalPerHour: [low, high],
    points: n,
    isClaimed: isSure && isMuch && goesOn,
    ...(goesOn ? {} : { isSettling: true }),
    resolution,
  };
}

function medianOfBlocks(blocks: readonly DriftPoint[]): number {
  return median(sorted(blocks.map(({ value }) => value)));
}

/** The centre of each of as many stretches of the same number of points. */
function blocksOf(points: readonly DriftPoint[], centre: Fineness['centre']): DriftPoint[] {
  const size = Math.max(1, Math.floor(points.length / BLOCKS));
  const count = Math.floor(points.length / size);
  return Array.from({ length: count }, (_, i) => {
    const block = points.slice(i * size, (i + 1) * size);
    return {
      atSeconds: sum(block.map(({ atSeconds }) => atSeconds)) / block.length,
      value: centre === 'median' ? medianOfBlocks(block) : sum(block.map(({ value }) => value)) / block.length,
    };
  });
}

/** Of all pairs, per hour, rising. */
function slopesOf(points: readonly DriftPoint[]): number[] {
  const slopes = points.flatMap((a, i) =>
    points
      .slice(i + 1)
      .flatMap((b) => (b.atSeconds > a.atSeconds ? [((b.value - a.value) / (b.atSeconds - a.atSeconds)) * 3600] : [])),
  );
  return sorted(slopes);
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** @param values rising */
function median(values: readonly number[]): number {
  const middle = values.length / 2;
  const low = values[Math.ceil(middle) - 1] ?? 0;
  return values.length % 2 === 1 ? low : (low + (values[middle] ?? low)) / 2;
}
