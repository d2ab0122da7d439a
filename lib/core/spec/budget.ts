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

/** What a journey may cost its users: it is judged as a whole, its pauses included. What is absent is not judged. */
export interface JourneyBudget {
  /** Milliseconds that the p95 of completed journeys must stay below. */
  readonly okP95Ms?: Limit;
  /** Milliseconds that the median of completed journeys must stay below. */
  readonly okP50Ms?: Limit;
  /** Milliseconds that the p99 of completed journeys must stay below. */
  readonly okP99Ms?: Limit;
  /** Milliseconds that the arithmetic mean of completed journeys must stay below. */
  readonly okMeanMs?: Limit;
  /** Completed journeys per second of the load, at least. */
  readonly perSecond?: Limit;
  /** Share (0-1) of completed journeys among those that ended by themselves, at least: not stopped, and no exception. */
  readonly completedShare?: Limit;
}

/**
 * What a metric that the scenario file makes itself (`new Trend('basket_size')` of k6/metrics) must be. Its kind says
 * which limits it can have: one that it cannot have, and one on a metric that the script does not make, is refused. A
 * trend or a rate that was never added to is `no_data`, and a counter 0. Only what the load adds counts: not `setup`,
 * `teardown`, the trial or a warm-up.
 */
export interface CustomBudget {
  /** Trend: its median must stay below. Milliseconds, for a trend of times. */
  readonly p50?: Limit;
  /** Trend: its p95 must stay below. */
  readonly p95?: Limit;
  /** Trend: its p99 must stay below. */
  readonly p99?: Limit;
  /** Trend: its arithmetic mean must stay below. */
  readonly mean?: Limit;
  /** Trend: its largest value must stay below. */
  readonly max?: Limit;
  /** Counter: what it comes to, at least. */
  readonly countAtLeast?: Limit;
  /** Counter: what it comes to, at most. It is 0 where nothing was ever added to it. */
  readonly countAtMost?: Limit;
  /** Counter: what is added to it per second of the load, at least. */
  readonly perSecondAtLeast?: Limit;
  /** Rate: share (0-1) of its values that are true, at least. */
  readonly shareAtLeast?: Limit;
  /** Rate: share (0-1) of its values that are true, at most. */
  readonly shareAtMost?: Limit;
}
