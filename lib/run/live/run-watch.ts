import { present } from '../../core/spec/present.ts';
import type { K6Progress } from '../k6/k6-progress.ts';
import type { Moment } from './describe-live.ts';
import type { LiveRecord } from './live-record.ts';
import { type Stretch, stretchBetween, type Tally } from './request-tally.ts';

/** Figures are those of the last seconds. */
const LATELY_MS = 10_000;

/** What is known of a run before it begins. */
export interface WatchedRun {
  /** How long its load is to take. @default only its script knows */
  readonly plannedSeconds?: number;
  /** @default k6 has no recorder: there is its progress alone */
  readonly record?: Pick<LiveRecord, 'look' | 'beginning' | 'loadStartsAtMs' | 'crossed'>;
  /** Whether the record says when the load begins, as that of a scenario does. @default false */
  readonly saysWhenLoadStarts?: boolean;
}

/** Follows a run, moment by moment. */
export class RunWatch {
  readonly #run: WatchedRun;
  readonly #nowMs: () => number;
  /** Of the last seconds, and the last one before. */
  #tallies: Tally[] = [];

  constructor(run: WatchedRun, nowMs: () => number = Date.now) {
    this.#run = run;
    this.#nowMs = nowMs;
  }

  /** Looks at the run now. */
  look(progress: K6Progress): Moment {
    const { record, plannedSeconds } = this.#run;
    const tally = record?.look();
    if (tally !== undefined) this.#keep(tally);
    const elapsedSeconds = this.#elapsedSeconds(progress);
    return {
      progress,
      elapsedSeconds,
      crossed: record?.crossed ?? [],
      ...present({ plannedSeconds, lately: this.#since(this.#tallies[0]) }),
    };
  }

  /** The newest count; undefined where there is none. */
  get tally(): Tally | undefined {
    return this.#tallies.at(-1);
  }

  /** The same moment with the figures since another count, or of the whole load. */
  since(before: Tally | undefined, { lately: _, ...moment }: Moment): Moment {
    return { ...moment, ...present({ lately: this.#since(before) }) };
  }

  #keep(tally: Tally): void {
    if (tally.atMs > (this.#tallies.at(-1)?.atMs ?? 0)) this.#tallies.push(tally);
    const isOld = ({ atMs }: Tally) => atMs <= tally.atMs - LATELY_MS;
    while (this.#tallies[1] !== undefined && isOld(this.#tallies[1])) this.#tallies.shift();
  }

  /** Whatever was before the load counts from its beginning. */
  #since(before: Tally | undefined): Stretch | undefined {
    const { record } = this.#run;
    const now = this.tally;
    if (record === undefined || now === undefined) return undefined;
    const beginning = record.beginning();
    const isLongAgo = before !== undefined && before.atMs <= now.atMs - LATELY_MS;
    return stretchBetween(isLongAgo && before.atMs > beginning.atMs ? before : beginning, now);
  }

  #elapsedSeconds({ seconds }: K6Progress): number | undefined {
    const { record, saysWhenLoadStarts = false } = this.#run;
    const startsAtMs = record?.loadStartsAtMs;
    if (startsAtMs !== undefined) return (this.#nowMs() - startsAtMs) / 1000;
    return record !== undefined && saysWhenLoadStarts ? undefined : seconds;
  }
}
