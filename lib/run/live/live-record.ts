import { startOfLoadIn, testOfRecord } from '../../core/judge/measurement-of-record.ts';
import { scriptFactsIn } from '../../core/judge/script/script-facts.ts';
import { RecordReader } from '../../core/measure/record/read-record.ts';
import type { PeriodLine, StartLine } from '../../core/measure/record/record-format.ts';
import { dayOf } from '../../core/spec/waiver.ts';
import { crossedSoFar } from './crossed-limits.ts';
import { type ReadLine, RecordTail } from './record-tail.ts';
import { NO_REQUESTS, RequestTally, type Tally } from './request-tally.ts';

/** Limits are looked at so often at most, ... */
const JUDGED_EVERY_MS = 5_000;
/** ... and more seldom where that takes long: of our time at most the fiftieth part, since the load needs the machine. */
const REST_PER_WORK = 50;

/** What the record of a run says while it grows. */
export class LiveRecord {
  readonly #tail: RecordTail;
  #requests: RequestTally | undefined;
  /** Absent where nobody can judge before the end. */
  #reader: RecordReader | undefined;
  #open: PeriodLine | undefined;
  #nextJudgedMs = 0;
  #isBroken = false;
  #startedAtMs = 0;
  /** When its load begins, as a scenario says (Unix milliseconds). */
  loadStartsAtMs: number | undefined;
  /** The limits that it is beyond so far, in words. */
  crossed: readonly string[] = [];

  constructor(file: string) {
    this.#tail = new RecordTail(file);
  }

  /** Reads what has come in. @returns what was counted so far; undefined before there is anything to read */
  look(): Tally | undefined {
    if (this.#isBroken) return undefined;
    try {
      const growth = this.#tail.grown();
      if (growth !== undefined) {
        for (const each of growth.fixed) this.#take(each);
        this.#open = growth.open;
      }
    } catch {
      // It is for the reader of the whole record to say what is wrong with it: the run goes on without figures.
      this.#isBroken = true;
    }
    this.#judge();
    return this.#requests?.upTo(this.#open);
  }

  /** Nothing, at the beginning of the load. */
  beginning(): Tally {
    return { ...NO_REQUESTS, atMs: this.loadStartsAtMs ?? this.#startedAtMs };
  }

  #take({ text, line }: ReadLine): void {
    if (line.type === 'start') this.#begin(line);
    if (line.type === 'series') this.#requests?.addSeries(line);
    if (line.type === 'period') this.#requests?.addPeriod(line);
    if (line.type === 'sample') this.loadStartsAtMs ??= startOfLoadIn(line);
    this.#reader?.add(text);
  }

  #begin(start: StartLine): void {
    const test = ownTest(start);
    this.#startedAtMs = start.atMs;
    this.#requests = new RequestTally(start, test?.checksContent === true);
    // A question has every single sample in its record, and is answered at the end.
    if (hasLimits(start, test) && test?.study === undefined) this.#reader = new RecordReader();
  }

  #judge(): void {
    const beganAtMs = performance.now();
    if (this.#reader === undefined || beganAtMs < this.#nextJudgedMs) return;
    this.crossed = tryToJudge(this.#reader);
    const endedAtMs = performance.now();
    this.#nextJudgedMs = endedAtMs + Math.max(JUDGED_EVERY_MS, (endedAtMs - beganAtMs) * REST_PER_WORK);
  }
}

/** What cannot be judged yet crosses nothing. */
function tryToJudge(reader: RecordReader): string[] {
  try {
    return crossedSoFar(reader.end(), dayOf(new Date()));
  } catch {
    return [];
  }
}

/** Those of a scenario, or of a script and of what the project asks of it. */
function hasLimits(start: StartLine, test: ReturnType<typeof ownTest>): boolean {
  const own = test?.thresholds ?? start.thresholds ?? [];
  return own.length > 0 || scriptFactsIn(start)?.budgets !== undefined;
}

/** @returns undefined for a script of somebody else */
function ownTest(start: StartLine): ReturnType<typeof testOfRecord> | undefined {
  try {
    return testOfRecord(start);
  } catch {
    return undefined;
  }
}
