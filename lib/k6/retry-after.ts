import type { Reply } from './request.ts';

/** Every form of an HTTP date begins with its day, and `Date.parse` alone takes `-5` and `1.5` for dates as well. */
const DAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/** Whether a 429 reply has a usable `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or a date. */
export function saysWhenToRetry({ headers }: Pick<Reply, 'headers'>): boolean {
  const value = headers['Retry-After'];
  return value !== undefined && (/^\d+$/.test(value) || (DAY.test(value) && !Number.isNaN(Date.parse(value))));
}
