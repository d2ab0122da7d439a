import { UserError } from './errors.ts';
import { kindOfValue } from './shown.ts';

/** Lets a limit that is known not to hold through for a while. */
export interface Waiver {
  /** Why, for whoever reads the report. */
  readonly reason: string;
  /** The last day (UTC) on which it is let through, such as `2026-12-31`. */
  readonly until: string;
}

/** The day of a time, in UTC: `2026-12-31`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** A waiver covers the whole of its last day. */
export function isInForce({ until }: Waiver, today: string): boolean {
  return today <= until;
}

/** The ranges of characters that have no width, beside blanks and controls. */
const WITHOUT_WIDTH: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x20],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe0fff],
];

/** Whether a reader sees anything of a text. k6's JavaScript does not know the classes of Unicode. */
export function isVisible(text: string): boolean {
  return [...text.trim()].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return !WITHOUT_WIDTH.some(([first, last]) => code >= first && code <= last);
  });
}

/** @throws UserError for a waiver without a reason, or without a day in the calendar on which it ends */
export function expectWaiver(metric: string, { reason, until }: Waiver): void {
  if (typeof reason !== 'string' || !isVisible(reason)) {
    throw new UserError({
      what: `The waiver of ${metric} has no reason.`,
      received: kindOfValue(reason),
      expected: 'why the limit need not hold for now, such as "PERF-12: slow until the index is built"',
    });
  }
  if (!isDay(until)) {
    throw new UserError({
      what: `The waiver of ${metric} does not say when it ends.`,
      received: kindOfValue(until),
      expected: 'its last day, such as "2026-12-31"',
    });
  }
}

function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text;
}
