import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LogDigest } from './log-digest.ts';

/** Of an iteration: what throws outside of the load has no executor. In the two shapes of k6's log. */
const IS_EXCEPTION = /(?=.*\bexecutor"?[=:])(?=.*\bhint"?[=:]"script exception")/;

/**
 * Keeps what k6 logs in a file that was made for it.
 * @param hide takes out of a line what is secret: a script may log what it was told, and run folders go to others
 * @returns how many iterations an exception ended, as far as k6 logged it; all of it is written then. A disk that is full
 *   meanwhile costs lines, and not the run
 */
export async function keepLog(
  log: Readable,
  file: string,
  hide: (line: string) => string = (line) => line,
): Promise<number> {
  const opened = openSync(file, 'a');
  const digest = new LogDigest();
  let exceptions = 0;
  try {
    for await (const line of createInterface({ input: log, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (IS_EXCEPTION.test(line)) exceptions += 1;
      const kept = digest.take(hide(line));
      if (kept !== undefined) write(opened, kept);
    }
    for (const line of digest.counts()) write(opened, line);
    return exceptions;
  } finally {
    closeSync(opened);
  }
}

function write(opened: number, line: string): void {
  try {
    writeSync(opened, `${line}\n`);
  } catch {
    // k6 would go on as well.
  }
}
