import type { Reply } from './request.ts';

/** Every form of an HTTP date begins with its day, and `Date.parse` alone takes `-5` and `1.5` for dates as well. */
const DAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/** Whether a 429 reply has a usable `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or a date. */
export function saysWhenToRetry(reply: Pick<Reply, 'headers'>): boolean {
  return retryAfterSeconds(reply, 0) !== undefined;
}

/** What a reply says, in seconds from now; undefined where it says nothing that can be used. */
export function retryAfterSeconds({ headers }: Pick<Reply, 'headers'>, nowMs: number): number | undefined {
  const value = headers['Retry-After'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = DAY.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : (at - nowMs) / 1000;
}
