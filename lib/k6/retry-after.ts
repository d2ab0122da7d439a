import type { Reply } from './request.ts';

/** Whether a 429 reply has a usable `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or a date. */
export function saysWhenToRetry({ headers }: Pick<Reply, 'headers'>): boolean {
  const value = headers['Retry-After'];
  return value !== undefined && (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)));
}
