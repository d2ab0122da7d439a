import { formatCount, formatDuration, formatFigure, formatMs, withoutZeros } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { K6Progress } from '../k6/k6-progress.ts';
import type { Stretch } from './request-tally.ts';

/** A run at one moment. */
export interface Moment {
  readonly progress: K6Progress;
  /** Of the load: negative in a warm-up; undefined before anybody knows when the load begins. */
  readonly elapsedSeconds: number | undefined;
  /** How long the load is to take; absent where only the script knows. */
  readonly plannedSeconds?: number;
  /** What happened lately; absent without a record. */
  readonly lately?: Stretch;
  /** The limits that the run is beyond so far, in words. */
  readonly crossed: readonly string[];
}

/** Without a response for so long, that is said in place of a rate. */
const SILENCE_SECONDS = 5;

/** Crossed limits that are named: a line is to be read at a glance. */
const MOST_NAMES = 3;

/**
 * One line on how a run is: `20s of 1m: 50 req/s, p95 18.2 ms, 0 failed, 5 users`.
 * @param alarm makes what is wrong stand out
 */
export function describeMoment(moment: Moment, alarm: (text: string) => string = (text) => text): string {
  const { crossed, progress, lately } = moment;
  const limited = isInLoad(moment) ? (lately?.limited ?? 0) : 0;
  const parts = [
    ...(crossed.length === 0 ? [] : [alarm(`${counted(crossed.length, 'limit')} crossed`)]),
    ...figuresNow(moment),
    counted(progress.users[0], 'user'),
    // A narrow terminal cuts off what stands last.
    ...limitedOf(limited),
  ];
  const names = crossed.length === 0 ? '' : alarm(` (${namesOf(crossed)})`);
  return `${timeOf(moment)}: ${parts.join(', ')}${names}`;
}

function namesOf(crossed: readonly string[]): string {
  const left = crossed.length - MOST_NAMES;
  return [...crossed.slice(0, MOST_NAMES), ...(left > 0 ? [`${left} more`] : [])].join('; ');
}

/** The last line on a run, of the whole of its load. */
export function describeEnd({ progress, elapsedSeconds = progress.seconds, lately }: Moment): string {
  const { complete, interrupted } = progress;
  const figures =
    lately === undefined
      ? [`${counted(complete, 'iteration')} done`]
      : [
          `${counted(lately.requests, 'request')} (${perSecond(lately)}/s)`,
          ...figuresOf(lately),
          ...limitedOf(lately.limited),
        ];
  const cut = interrupted > 0 ? [`${counted(interrupted, 'iteration')} interrupted`] : [];
  return `Load over after ${formatDuration(Math.round(Math.max(0, elapsedSeconds)))}: ${[...figures, ...cut].join(', ')}`;
}

function timeOf({ progress, elapsedSeconds, plannedSeconds }: Moment): string {
  if (progress.isPaused) return 'Paused';
  if (elapsedSeconds === undefined) return 'Before the load';
  if (elapsedSeconds < 0) return `Warm-up, ${formatDuration(Math.ceil(-elapsedSeconds))} to the load`;
  const elapsed = formatDuration(Math.floor(elapsedSeconds));
  if (isTold(plannedSeconds)) {
    const planned = formatDuration(Math.round(plannedSeconds));
    // The last iterations have a while to come to their end; a slow service makes a fixed number of them take longer.
    return elapsedSeconds < plannedSeconds + 1 ? `${elapsed} of ${planned}` : `${elapsed} (planned: ${planned})`;
  }
  const { mostSeconds } = progress;
  return mostSeconds === undefined ? elapsed : `${elapsed} of at most ${formatDuration(Math.round(mostSeconds))}`;
}

/** A number of iterations takes as long as the service lets it take: a plan of less than a second says nothing. */
export function isTold(plannedSeconds: number | undefined): plannedSeconds is number {
  return plannedSeconds !== undefined && plannedSeconds >= 1;
}

function isInLoad({ elapsedSeconds = -1 }: Moment): boolean {
  return elapsedSeconds >= 0;
}

function figuresNow(moment: Moment): string[] {
  const { progress, lately } = moment;
  if (!isInLoad(moment)) return [];
  if (lately === undefined) return [`${counted(progress.complete, 'iteration')} done`];
  const { requests, seconds } = lately;
  // Users whose requests hang are at work, and no figure says so.
  const rate =
    requests === 0 && seconds >= SILENCE_SECONDS
      ? `no response for ${formatDuration(Math.floor(seconds))}`
      : `${perSecond(lately)} req/s`;
  return [rate, ...figuresOf(lately)];
}

function perSecond({ requests, seconds }: Stretch): string {
  const rate = seconds > 0 ? requests / seconds : 0;
  return withoutZeros(formatFigure(rate));
}

function figuresOf({ okP95Ms, failed }: Stretch): string[] {
  return [...(okP95Ms === undefined ? [] : [`p95 ${formatMs(okP95Ms)}`]), `${formatCount(failed)} failed`];
}

function limitedOf(limited: number): string[] {
  return limited > 0 ? [`${formatCount(limited)} rate limited`] : [];
}
