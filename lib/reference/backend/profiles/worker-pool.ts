import type { Caller } from './profile.ts';

export interface WorkerPoolOptions {
  readonly workers: number;
  /** How long every worker has to be held, without one coming free, before the pool has stalled. */
  readonly stallMs: number;
  /** Called once per stall, while somebody waits: the next one needs a worker to come free first. */
  readonly onStall: () => void;
}

/**
 * Tells how many milliseconds a job holds its worker, asked when it gets one.
 * @param inHouse jobs that have a worker or wait for one, this one included
 */
export type HoldTime = (inHouse: number) => number;

/**
 * A fixed number of workers and the line for them. Who came last is served first, so that in a shortage it is always the
 * same ones who wait, until their patience ends, while the others go on. A caller that goes leaves the line; a worker
 * does not notice, since blocking code cannot, and stays held until its job is over.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  /** In the order of their arrival. */
  readonly #waiting: Job[] = [];
  #held = 0;
  #stallTimer: NodeJS.Timeout | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  get held(): number {
    return this.#held;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when the job is over, or when its caller left the line. */
  work(caller: Caller, holdTime: HoldTime): Promise<void> {
    if (caller.ended) return Promise.resolve();
    return new Promise((over) => {
      const job: Job = { holdTime, over };
      this.#waiting.push(job);
      caller.whenEnded(() => this.#leave(job));
      this.#employ();
    });
  }

  #leave(job: Job): void {
    const place = this.#waiting.lastIndexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    job.over();
  }

  #employ(): void {
    while (this.#held < this.#options.workers) {
      const job = this.#waiting.pop();
      if (job === undefined) return;
      this.#held += 1;
      if (this.#held === this.#options.workers) this.#expectStall();
      setTimeout(() => this.#release(job), job.holdTime(this.#held + this.#waiting.length));
    }
  }

  #release(job: Job): void {
    this.#held -= 1;
    clearTimeout(this.#stallTimer);
    job.over();
    this.#employ();
  }

  #expectStall(): void {
    this.#stallTimer = setTimeout(() => {
      if (this.#waiting.length > 0) this.#options.onStall();
    }, this.#options.stallMs);
  }
}

interface Job {
  readonly holdTime: HoldTime;
  readonly over: () => void;
}
