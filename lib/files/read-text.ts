import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { explained, type FileContext } from './file-mistake.ts';
import { shownPath } from './shown-path.ts';

/** What a file is read for: words for whoever named it. */
export interface WantedFile extends FileContext {
  /** @default MOST_BYTES */
  readonly mostBytes?: number;
}

/** No file that people write, and no summary, comes near it. */
export const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The text of a regular file, without a byte order mark. Nothing else is opened: a device has no end, and a pipe may
 * never begin.
 * @throws UserError for what is no regular file, cannot be read, or is larger than what is wanted ever is
 */
export function readText(file: string, wanted: WantedFile): string {
  return readBytes(file, wanted)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** The same, as it is. @throws UserError as `readText` */
export function readBytes(file: string, wanted: WantedFile): Buffer {
  try {
    // Looked at first: opening a device can have an effect of its own.
    expectRegular(file, statSync(file), wanted);
    // Should something else have taken its place meanwhile, this opens it without waiting for anybody.
    const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      expectRegular(file, fstatSync(opened), wanted);
      return readOpen(file, opened, wanted);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw explained(error, wanted, (reason) => received(file, wanted, reason));
  }
}

/** Why a file cannot be used, with its name unless what cannot be done names it already. */
export function received(file: string, { what }: WantedFile, reason: string): string {
  return what.includes(path.basename(file)) ? reason : `${shownPath(file)}: ${reason}`;
}

/** What is there instead of a regular file: `a folder`; undefined for a file. */
export function otherThanFile(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function expectRegular(file: string, stats: Stats, wanted: WantedFile): void {
  const { what, expected, todo } = wanted;
  const other = otherThanFile(stats);
  if (other === undefined) return;
  const keep = other === 'a pipe' ? 'write what comes out of the pipe into a file, and name that' : undefined;
  throw new UserError({
    what,
    received: received(file, wanted, `${other}, not a file`),
    expected,
    ...present({ todo: keep ?? todo }),
  });
}

/** To its end, wherever that is: a file below /proc does not say how large it is, and any file can grow. */
function readOpen(file: string, opened: number, wanted: WantedFile): Buffer {
  const { what, expected, mostBytes = MOST_BYTES } = wanted;
  const { size } = fstatSync(opened);
  const parts: Buffer[] = [];
  let total = 0;
  while (total <= mostBytes && size <= mostBytes) {
    const part = Buffer.allocUnsafe(Math.max(64 * 1024, size - total));
    const read = readSync(opened, part);
    if (read === 0) return Buffer.concat(parts, total);
    parts.push(part.subarray(0, read));
    total += read;
  }
  throw new UserError({
    what,
    received: received(file, wanted, `more than ${mostBytes / 1024 / 1024} MB`),
    expected,
  });
}
