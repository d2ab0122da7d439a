import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { shownPath } from './shown-path.ts';

interface Meaning {
  readonly means: string;
  readonly todo: string;
}

const MAKE_ROOM = 'make room there, or name another folder';
const LOOK_AT_IT = 'look at what is there, or name another one';

/** What the system says when a file, a folder or a program cannot be used: none of it is a defect of the tool. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOSPC: { means: 'the disk is full', todo: MAKE_ROOM },
  EDQUOT: { means: 'the quota of the disk is used up', todo: MAKE_ROOM },
  EFBIG: { means: 'the file would be larger than is allowed', todo: 'raise the limit (ulimit -f)' },
  EROFS: { means: 'the disk is read-only', todo: 'name a folder that can be written' },
  EACCES: { means: 'the rights do not allow it', todo: 'change the rights, or name another one' },
  EPERM: { means: 'the system does not allow it', todo: 'change the rights, or name another one' },
  ENOENT: { means: 'it is not there, or its folder is not', todo: 'make it, or name another one' },
  ENOTDIR: { means: 'a file is where a folder should be', todo: LOOK_AT_IT },
  EISDIR: { means: 'a folder is where a file should be', todo: LOOK_AT_IT },
  EEXIST: { means: 'something is there already', todo: LOOK_AT_IT },
  ENOTEMPTY: { means: 'a folder with files is where it should go', todo: LOOK_AT_IT },
  ELOOP: { means: 'it is a link that leads nowhere, or must not be followed', todo: LOOK_AT_IT },
  ENAMETOOLONG: { means: 'the name is too long', todo: 'name a shorter one' },
  EMFILE: { means: 'too many files are open', todo: 'raise the limit (ulimit -n)' },
  ENFILE: { means: 'too many files are open on this machine', todo: 'end other programs' },
  EBUSY: { means: 'something else uses it', todo: LOOK_AT_IT },
  ETXTBSY: { means: 'it is a program that runs', todo: LOOK_AT_IT },
  EXDEV: { means: 'it lies on another disk', todo: LOOK_AT_IT },
  EIO: { means: 'the disk failed', todo: 'look at the disk, or name another folder' },
  ESTALE: { means: 'the network disk has lost it', todo: 'try again, or name another folder' },
  ENODEV: { means: 'there is no such device', todo: LOOK_AT_IT },
  ENXIO: { means: 'nothing is behind it', todo: LOOK_AT_IT },
  EINVAL: { means: 'the system cannot use it', todo: LOOK_AT_IT },
  E2BIG: { means: 'arguments and environment are longer than the system allows', todo: 'pass on less' },
  ENOEXEC: { means: 'it is no program for this machine', todo: 'name one that is' },
  EAGAIN: { means: 'there are too many processes', todo: 'end other programs, or raise the limit (ulimit -u)' },
  ENOMEM: { means: 'there is no memory left', todo: 'end other programs' },
};

/** What was tried, by the call of the system that failed. */
const TRIED: Readonly<Record<string, string>> = {
  mkdir: 'made',
  mkdtemp: 'made',
  write: 'written',
  fsync: 'written',
  close: 'written',
  ftruncate: 'written',
  rename: 'replaced',
  unlink: 'removed',
  rm: 'removed',
  rmdir: 'removed',
  spawn: 'started',
  uv_cwd: 'used as the working folder',
};

/**
 * An error of the system about a file, a folder or a program, as what it means to whoever gave us its name.
 * @returns undefined for any other error: a defect
 */
export function fileMistake(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  if (!isSystemError(error)) return undefined;
  const meaning = MEANINGS[error.code];
  if (meaning === undefined) return undefined;
  const { syscall, path: place = '', dest } = error;
  const program = syscall.startsWith('spawn ') ? syscall.slice('spawn '.length) : undefined;
  const tried = TRIED[program === undefined ? syscall : 'spawn'] ?? 'read or written';
  const named = program ?? (place === '' ? undefined : shownPath(dest ?? place));
  const what = named ?? (syscall === 'uv_cwd' ? 'The current folder' : 'A file');
  return new UserError({ what: `${what} cannot be ${tried}.`, received: describe(error), todo: meaning.todo });
}

/** `the disk is full (ENOSPC)`; of any other error its own words. */
export function reasonOf(error: unknown): string {
  return isSystemError(error) ? describe(error) : error instanceof Error ? error.message : String(error);
}

/** What a caller knows of the file beyond the system. */
export interface FileContext {
  readonly what: string;
  readonly expected: string;
  readonly todo?: string;
}

/**
 * The same, told by a caller who knows what the file is for; a defect is thrown on.
 * @param received makes more of the reason
 */
export function explained(
  error: unknown,
  { what, expected, todo }: FileContext,
  received = (reason: string): string => reason,
): UserError {
  if (error instanceof UserError) return error;
  const mistake = fileMistake(error)?.mistake;
  if (mistake === undefined) throw error;
  return new UserError({
    what,
    received: received(reasonOf(error)),
    expected,
    ...present({ todo: todo ?? mistake.todo }),
  });
}

interface SystemError extends NodeJS.ErrnoException {
  readonly code: string;
  readonly syscall: string;
  readonly dest?: string;
}

function isSystemError(error: unknown): error is SystemError {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return error instanceof Error && typeof code === 'string' && typeof syscall === 'string';
}

function describe({ code, message }: SystemError): string {
  const meaning = MEANINGS[code];
  return meaning === undefined ? message : `${meaning.means} (${code})`;
}
