import { performance } from 'node:perf_hooks';
import type { RateLimit } from 'k6-verdict';
import type { Admission, Limiter, MonotonicClock } from './admission.ts';

/**
 * An exact sliding window: of one client's requests, never more than `requests` are accepted in any `windowSeconds`
 * (half-open: the window that starts with an accepted request no longer holds the instant at which it ends).
 * Rejected requests do not use up the limit. Being the stricter of the two, it keeps the promise of a fixed window too.
 */
export class SlidingWindow implements Limiter {
  readonly #requests: number;
  readonly #windowMs: number;
  readonly #now: MonotonicClock;
  /** In the order of each client's last accepted request, so that those who left are found at the front. */
  readonly #clients = new Map<string, AcceptedTimes>();

  constructor(
    { requests, windowSeconds }: Pick<RateLimit, 'requests' | 'windowSeconds'>,
    now: MonotonicClock = () => performance.now(),
  ) {
    this.#requests = requests;
    this.#windowMs = windowSeconds * 1000;
    this.#now = now;
  }

  admit(client: string): Admission {
    const now = this.#now();
    const accepted = this.#clients.get(client) ?? new AcceptedTimes(this.#requests);
    const freeAt = accepted.limitReachedSince + this.#windowMs;
    if (now < freeAt) {
      return { accepted: false, retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now) / 1000)) };
    }
    accepted.add(now);
    this.#clients.delete(client);
    this.#clients.set(client, accepted);
    this.#forgetClientsWhoseWindowIsEmpty(now);
    return { accepted: true };
  }

  /** How many clients are remembered. */
  get clientCount(): number {
    return this.#clients.size;
  }

  #forgetClientsWhoseWindowIsEmpty(now: number): void {
    for (const [client, accepted] of this.#clients) {
      if (accepted.last + this.#windowMs > now) return;
      this.#clients.delete(client);
    }
  }
}

/** The times of a client's last `capacity` accepted requests: all that an exact decision needs, and no more. */
class AcceptedTimes {
  readonly #capacity: number;
  readonly #times: number[] = [];
  #next = 0;
  last = Number.NEGATIVE_INFINITY;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** When the oldest of the last `capacity` requests was accepted; long ago, if there were fewer. */
  get limitReachedSince(): number {
    return this.#times.length < this.#capacity
      ? Number.NEGATIVE_INFINITY
      : (this.#times[this.#next] ?? Number.NEGATIVE_INFINITY);
  }

  add(time: number): void {
    this.#times[this.#next] = time;
    this.#next = (this.#next + 1) % this.#capacity;
    this.last = time;
  }
}
