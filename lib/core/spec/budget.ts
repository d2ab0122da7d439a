import type { Limit } from './limit.ts';

/** What a service may cost its users. Every member is optional: what is absent is not judged. */
export interface Budget {
  /** Milliseconds that the p95 of `ok` replies must stay below. */
  readonly okP95Ms?: Limit;
  /** Milliseconds that the median of `ok` replies must stay below. */
  readonly okP50Ms?: Limit;
  /** Milliseconds that the p99 of `ok` replies must stay below. */
  readonly okP99Ms?: Limit;
  /** Milliseconds that the arithmetic mean of `ok` replies must stay below. */
  readonly okMeanMs?: Limit;
  /** `ok` replies per second of the load, at least. */
  readonly perSecond?: Limit;
  /** Share (0-1) of all requests that time out; must stay below. */
  readonly timeoutRate?: Limit;
  /** Replies of class 5xx, at most. */
  readonly serverErrors?: Limit;
  /** Connections refused or reset, at most. */
  readonly refusedOrReset?: Limit;
  /** Share (0-1) of `ok` replies among the requests that were not rate limited as declared, at least. */
  readonly successShare?: Limit;
  /** `ok` replies, at least. */
  readonly okReplies?: Limit;
  /**
   * Requests that an endpoint let through beyond the rate limit that it declares, at most. Where it is absent, one is
   * too many and fails the run; it is here to warn, to be waived or to leave a margin. Not for all requests together.
   */
  readonly acceptedBeyondLimit?: Limit;
}
