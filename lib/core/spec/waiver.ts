import { UserError } from './errors.ts';

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

/** @throws UserError for a waiver without a reason, or without a day in the calendar on which it ends */
export function expectWaiver(metric: string, { reason, until }: Waiver): void {
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw new UserError({
      what: `The waiver of ${metric} has no reason.`,
      received: JSON.stringify(reason) ?? 'nothing',
      expected: 'why the limit need not hold for now, such as "PERF-12: slow until the index is built"',
    });
  }
  if (!isDay(until)) {
    throw new UserError({
      what: `The waiver of ${metric} does not say when it ends.`,
      received: JSON.stringify(until) ?? 'nothing',
      expected: 'its last day, such as "2026-12-31"',
    });
  }
}

function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text;
}
