import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MonotonicClock } from './admission.ts';

/** What every accepted request has to get through. */
export interface Bottleneck {
  /** @returns whether the request may be served; false where there is no place for it */
  pass(): Promise<boolean>;
}

/**
 * A server that can do so many requests a second, one after another. Beyond that they queue, and each waits for all
 * before it: latency grows as long as more arrive than are served, and what clients gave up on is served all the same.
 */
export class Capacity implements Bottleneck {
  readonly #msEach: number;
  readonly #now: MonotonicClock;
  readonly #wait: (ms: number) => Promise<unknown>;
  #freeAtMs = 0;

  constructor(
    requestsPerSecond: number,
    now: MonotonicClock = () => performance.now(),
    wait: (ms: number) => Promise<unknown> = sleep,
  ) {
    this.#msEach = 1000 / requestsPerSecond;
    this.#now = now;
    this.#wait = wait;
  }

  async pass(): Promise<boolean> {
    const now = this.#now();
    // By the clock and not by one timer after another: those are late, each a little.
    this.#freeAtMs = Math.max(this.#freeAtMs, now) + this.#msEach;
    await this.#wait(this.#freeAtMs - now);
    return true;
  }
}

export interface ConnectionPoolOptions {
  readonly size: number;
  /** How long each request holds its connection. */
  readonly holdMs: number;
  /** What becomes of requests for which none is free: they wait for their turn, or are told at once. */
  readonly whenFull: 'wait' | 'fail';
}

/** A pool of connections, such as to a database: each request holds one for a while. */
export class ConnectionPool implements Bottleneck {
  readonly #options: ConnectionPoolOptions;
  readonly #waiting: (() => void)[] = [];
  #held = 0;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
  }

  async pass(): Promise<boolean> {
    const { size, holdMs, whenFull } = this.#options;
    if (this.#held >= size) {
      if (whenFull === 'fail') return false;
      await new Promise<void>((free) => this.#waiting.push(free));
    } else {
      this.#held += 1;
    }
    await sleep(holdMs);
    // Who waits takes the connection over, so that nobody who comes now can.
    const next = this.#waiting.shift();
    if (next === undefined) this.#held -= 1;
    else next();
    return true;
  }
}
