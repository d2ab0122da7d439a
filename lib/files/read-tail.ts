import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The end of a file, however large it is. Empty where it cannot be read. */
export function readTail(file: string, mostBytes: number): string {
  try {
    const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(opened);
      if (!stats.isFile()) return '';
      const tail = Buffer.alloc(Math.min(stats.size, mostBytes));
      const read = readSync(opened, tail, 0, tail.length, stats.size - tail.length);
      return tail.toString('utf8', 0, read);
    } finally {
      closeSync(opened);
    }
  } catch {
    return '';
  }
}
