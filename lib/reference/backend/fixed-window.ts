import { performance } from 'node:perf_hooks';
import type { RateLimit } from 'k6-verdict';
import type { Admission, Limiter, MonotonicClock } from './admission.ts';

/**
 * Windows of `windowSeconds` one after another, the same for all clients: of one client's requests `requests` are
 * accepted in each. Around the border of two windows twice as many can get through in a moment.
 */
export class FixedWindow implements Limiter {
  readonly #requests: number;
  readonly #windowMs: number;
  readonly #now: MonotonicClock;
  readonly #accepted = new Map<string, number>();
  #window = Number.NEGATIVE_INFINITY;

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
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#accepted.clear();
    }
    const accepted = this.#accepted.get(client) ?? 0;
    if (accepted < this.#requests) {
      this.#accepted.set(client, accepted + 1);
      return { accepted: true };
    }
    const freeInMs = (window + 1) * this.#windowMs - now;
    return { accepted: false, retryAfterSeconds: Math.max(1, Math.ceil(freeInMs / 1000)) };
  }
}
