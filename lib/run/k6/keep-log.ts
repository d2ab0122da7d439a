import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ExceptionsInLog, type LoggedExceptions } from './exceptions-in-log.ts';
import { LogDigest } from './log-digest.ts';

/**
 * Keeps what k6 logs in a file that was made for it.
 * @param hide takes out of a line what is secret: a script may log what it was told, and run folders go to others
 * @returns the exceptions of the script, as far as k6 logged them; all of it is written then. A disk that is full
 *   meanwhile costs lines, and not the run
 */
export async function keepLog(
  log: Readable,
  file: string,
  hide: (line: string) => string = (line) => line,
): Promise<LoggedExceptions> {
  const opened = openSync(file, 'a');
  const digest = new LogDigest();
  const exceptions = new ExceptionsInLog();
  try {
    for await (const line of createInterface({ input: log, crlfDelay: Number.POSITIVE_INFINITY })) {
      const told = hide(line);
      exceptions.take(told);
      const kept = digest.take(told);
      if (kept !== undefined) write(opened, kept);
    }
    for (const line of digest.counts()) write(opened, line);
    return exceptions.found();
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
