import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { PeriodLine } from '../../core/measure/record/record-format.ts';

/** What a record has gained since it was last looked at. */
export interface Growth {
  /** Lines that stay as they are, in the order of the record. */
  readonly fixed: readonly string[];
  /** What was counted since the last fixed period: k6 writes this line anew each second until the period is over. */
  readonly open?: PeriodLine;
}

/** Reads the record of a k6 that runs, each fixed line once. */
export class RecordTail {
  readonly #file: string;
  #readBytes = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns undefined where there is nothing to be read yet, and where k6 was just writing */
  grown(): Growth | undefined {
    const text = this.#unread();
    if (text === undefined || !text.endsWith('\n')) return undefined;
    const lines = text.slice(0, -1).split('\n');
    // A line that k6 is just writing over is none. What was read then is read once more.
    if (!lines.every(isWhole)) return undefined;
    const last = JSON.parse(lines.at(-1) ?? '') as { readonly type?: unknown };
    const fixed = last.type === 'period' ? lines.slice(0, -1) : lines;
    for (const line of fixed) this.#readBytes += Buffer.byteLength(line) + 1;
    return last.type === 'period' ? { fixed, open: last as PeriodLine } : { fixed };
  }

  #unread(): string | undefined {
    let descriptor: number;
    try {
      descriptor = openSync(this.#file, 'r');
    } catch {
      return undefined;
    }
    try {
      const unread = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - this.#readBytes));
      const length = readSync(descriptor, unread, 0, unread.length, this.#readBytes);
      return unread.toString('utf8', 0, length);
    } finally {
      closeSync(descriptor);
    }
  }
}

function isWhole(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
