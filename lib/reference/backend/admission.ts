/** Milliseconds on a clock that never goes back. */
export type MonotonicClock = () => number;

export type Admission =
  | { readonly accepted: true }
  /** A client that waits so many whole seconds finds a free place, unless another of its own requests takes it. */
  | { readonly accepted: false; readonly retryAfterSeconds: number };

/** Lets each client's requests through, up to its limit. Rejected requests do not use it up. */
export interface Limiter {
  admit(client: string): Admission;
}
