import { formatActual } from '../../spec/figure-text.ts';
import { formatDuration, formatShare } from '../../spec/units.ts';
import { type DriftRow, RESOLUTIONS, type SoakStudy } from './answer.ts';
import { SETTLING_SHARE } from './drift.ts';
import { formatDrift } from './drift-text.ts';

/** Of summaries that do not say how many requests it was: one in a hundred. */
const FAILURES_UNSEEN = 0.01;

/** How long was looked at, once it had settled. */
export function lookedAtSeconds({ overSeconds }: DriftRow, { seconds }: Pick<SoakStudy, 'seconds'>): number {
  return overSeconds ?? (1 - SETTLING_SHARE) * seconds;
}

/** What may have changed per hour without being seen: the shorter the time, the more. */
function unseenPerHour(drift: DriftRow, study: Pick<SoakStudy, 'seconds'>): number {
  const { figure, resolution = figure === 'failures' ? FAILURES_UNSEEN : RESOLUTIONS[figure] } = drift;
  return (resolution * 3600) / lookedAtSeconds(drift, study);
}

/** In which the growth per hour surely lies. */
export function growthPerHour(
  drift: DriftRow,
  study: Pick<SoakStudy, 'seconds'>,
): readonly [low: number, high: number] {
  const unseen = unseenPerHour(drift, study);
  const [low, high] = drift.intervalPerHour;
  return [low - unseen, high + unseen];
}

/** `28.3 ms to 94.1 ms within 34s`: what was seen, before anything is made of it. */
export function describeChange(drift: DriftRow, study: Pick<SoakStudy, 'seconds'>): string {
  const seconds = lookedAtSeconds(drift, study);
  // Between the middles of the first and the last quarter.
  const last = drift.last ?? drift.level + (drift.perHour * 0.75 * seconds) / 3600;
  return `${formatDrift(drift, drift.level)} to ${formatDrift(drift, last)} within ${formatDuration(Math.round(seconds))}`;
}

/** Whether the data say that it grows by more than so much, and not only that it did so at first. */
export function growsByMore(drift: DriftRow, study: Pick<SoakStudy, 'seconds'>, perHour: number): boolean {
  const isLong = lookedAtSeconds(drift, study) >= 3600 && drift.isSettling === undefined && drift.last !== undefined;
  return growthPerHour(drift, study)[0] > perHour && (drift.isClaimed || isLong);
}

/** What is said per hour wants an hour. */
const NICE_HOURS = [1, 2, 4, 8, 12, 24, 48, 96, 168];

/**
 * What would tell whether it grows by less than so much per hour. The interval of a slope shrinks with the time to the
 * power of 1.5, of which the root is for the number of values, and what is too fine to be seen with the time itself.
 */
export function whatWouldTell(drift: DriftRow, study: Pick<SoakStudy, 'seconds'>, perHour: number): string {
  if (perHour <= 0) return 'no run shows that nothing grows at all: set a limit above 0';
  const [low, high] = drift.intervalPerHour;
  const seconds = lookedAtSeconds(drift, study);
  const factor = Math.max(((high - low) / 2 / perHour) ** (2 / 3), unseenPerHour(drift, study) / perHour, 2);
  const hours = NICE_HOURS.find((nice) => nice * 3600 >= factor * seconds);
  const long = formatDuration(Math.round(study.seconds));
  return hours === undefined
    ? `${long} cannot show so little, and a week would not either: it varies too much for this limit`
    : `${long} is too short to show it; about ${formatDuration(hours * 3600)} is needed (DURATION)`;
}

/** A growth as a share of what it was; what shrinks stands below every limit. */
export function roughly(share: number, limit: number): string {
  const about = Number(share.toPrecision(2));
  if (about < 0) return `−${formatShare(-about)}`;
  return formatActual(Math.sign(about - limit) === Math.sign(share - limit) ? about : share, limit, 'share');
}
