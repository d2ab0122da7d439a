import type { RateLimit } from '../spec/endpoint.ts';
import { formatDuration } from '../spec/units.ts';
import type { Measured, StoredEndpoint, StoredLoad } from './measured.ts';

/** `60 per 1m`. */
export function describeLimit({ requests, windowSeconds }: RateLimit): string {
  return `${requests} per ${formatDuration(windowSeconds)}`;
}

/**
 * The most requests that one client can get past a limit in so many seconds. A sliding window holds at most its number
 * at any time, so `seconds` covers floor(seconds / window) whole windows and a part of one more. A fixed window starts
 * anew at times that the client does not know, so there can be a part of a window at both ends.
 */
export function mostAccepted({ requests, windowSeconds, algorithm }: RateLimit, seconds: number): number {
  const windows = Math.floor(seconds / windowSeconds) + (algorithm === 'sliding-window' ? 1 : 2);
  return requests * windows;
}

/** Requests that were surely let through: an error can come from something in front of the limiter. */
export function acceptedRequests({ outcomes }: Pick<Measured, 'outcomes'>): number {
  return (outcomes.ok ?? 0) + (outcomes.check_failed ?? 0);
}

/** What must be known of a load to judge a limit. */
export type LimitedLoad = Pick<StoredLoad, 'windowSeconds' | 'hasSeveralClients' | 'clientAddresses'>;

/** What a declared limit let through, against the most that it can have let through in so long a load. */
export interface LimitUse {
  readonly accepted: number;
  readonly mostAccepted: number;
  /** Requests that the limit must not have let through. */
  readonly beyond: number;
}

/**
 * A limit holds for each client address by itself. Undefined without a limit, and where the load tells nothing of it: its
 * length is unknown, or how many clients it had.
 */
export function limitUseOf(
  endpoint: Pick<StoredEndpoint, 'outcomes' | 'rateLimit'>,
  { windowSeconds, hasSeveralClients, clientAddresses = 1 }: LimitedLoad,
): LimitUse | undefined {
  if (endpoint.rateLimit === undefined || windowSeconds === undefined || hasSeveralClients === true) return undefined;
  const accepted = acceptedRequests(endpoint);
  const most = clientAddresses * mostAccepted(endpoint.rateLimit, windowSeconds);
  return { accepted, mostAccepted: most, beyond: Math.max(0, accepted - most) };
}
