import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { otherThanFile } from './read-text.ts';

/**
 * Writes a file whole or not at all: into a new one beside it, which then takes its place. So a link that lies there is
 * replaced, and what it leads to stays as it is. Nothing of this waits: no signal comes between.
 * @throws Error of the system, with the path; UserError where something lies there that is no file
 */
export function replaceFile(file: string, content: string): void {
  refuseOther(file);
  const draft = path.join(path.dirname(file), `.k6-verdict-${randomBytes(6).toString('hex')}`);
  try {
    writeNew(draft, content, modeOf(file));
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw about(file, error);
  }
}

/**
 * Whether `replaceFile` can be expected to work, for whoever must know before.
 * @param bytes for which there must be room
 * @throws as `replaceFile`
 */
export function expectReplaceable(file: string, bytes = 1): void {
  refuseOther(file);
  const draft = path.join(path.dirname(file), `.k6-verdict-${randomBytes(6).toString('hex')}`);
  try {
    // An empty file fits on a full disk, and one of nothing but zeros may as well.
    writeNew(draft, randomBytes(bytes), 0o600);
  } catch (error) {
    throw about(file, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Adds to a file that somebody else has made for it, or makes it. A link is not followed, and a pipe not waited for.
 * @throws Error of the system, with the path; UserError where something lies there that is no file
 */
export function appendToFile(file: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    const opened = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o666);
    try {
      const other = otherThanFile(fstatSync(opened));
      if (other !== undefined) throw noFile(file, other);
      writeFileSync(opened, text);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw about(file, error);
  }
}

function writeNew(file: string, content: string | Buffer, mode: number): void {
  // Fails where anything is there already, a link included.
  const opened = openSync(file, 'wx', mode);
  try {
    writeFileSync(opened, content);
    // Some disks tell only now that they are full.
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Nothing but a file, or a link to one, is replaced: root can replace /dev/null, too. */
function refuseOther(file: string): void {
  const other = whatIsAt(file);
  if (other !== undefined) throw noFile(file, other);
}

function whatIsAt(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return otherThanFile(stats) ?? (isAmongDevices(file) ? 'a device' : undefined);
  } catch {
    // A link in a circle, say, which is replaced; or nothing can be written there, which is told by the attempt.
    return undefined;
  }
}

/** /dev/stdout is a link, and a file where standard output is one. */
function isAmongDevices(file: string): boolean {
  return process.platform !== 'win32' && realpathSync(path.dirname(path.resolve(file))) === '/dev';
}

function modeOf(file: string): number {
  try {
    const stats = lstatSync(file);
    return stats.isFile() ? stats.mode & 0o777 : 0o666;
  } catch {
    return 0o666;
  }
}

function noFile(file: string, other: string): UserError {
  return new UserError({
    what: `${file} cannot be written.`,
    received: `${other}, not a file`,
    expected: 'a file in a folder that is there and can be written, or a name that is free',
  });
}

/** The system names no path where it failed to write into what was open, and the draft means nothing to anybody. */
function about(file: string, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error ? Object.assign(error, { path: file, dest: undefined }) : error;
}
