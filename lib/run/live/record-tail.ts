import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { PeriodLine, RecordLine } from '../../core/measure/record/record-format.ts';
import { present } from '../../core/spec/present.ts';

/** A line, read once: a period can have thousands of figures. */
export interface ReadLine {
  readonly text: string;
  readonly line: RecordLine;
}

/** What a record has gained since it was last looked at. */
export interface Growth {
  /** Lines that stay as they are, in the order of the record. */
  readonly fixed: readonly ReadLine[];
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
    const lines = text.slice(0, -1).split('\n').map(readLine);
    // A line that k6 is just writing over is none. What was read then is read once more.
    if (!lines.every((each) => each !== undefined)) return undefined;
    const last = lines.at(-1)?.line;
    const open = last?.type === 'period' ? last : undefined;
    const fixed = open === undefined ? lines : lines.slice(0, -1);
    for (const each of fixed) this.#readBytes += Buffer.byteLength(each.text) + 1;
    return { fixed, ...present({ open }) };
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

/** @returns undefined for what is no JSON object */
function readLine(text: string): ReadLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? { text, line: line as RecordLine } : undefined;
  } catch {
    return undefined;
  }
}
