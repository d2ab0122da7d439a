import { EXIT } from '../core/spec/exit-codes.ts';
import { reasonOf } from '../files/file-mistake.ts';
import { COMMANDS } from './program.ts';

/** Whoever reads only the first lines (`| head`) has closed the pipe, and a terminal that was closed takes nothing more. */
const NOBODY_READS = ['EPIPE', 'EIO'];

/** What standard output or standard error did not take. */
export interface LostOutput {
  /** Why standard output could not be written, where somebody waits for it: a disk that is full. */
  readonly reason: string | undefined;
}

/** Watches the streams of this process: an error of theirs is no reason to end in the middle. */
export function watchOutput(streams: Readonly<Record<'stdout' | 'stderr', NodeJS.EventEmitter>>): LostOutput {
  const lost: { reason: string | undefined } = { reason: undefined };
  streams.stderr.on('error', () => {
    // There is nobody left to tell.
  });
  streams.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!NOBODY_READS.includes(error.code ?? '')) lost.reason ??= reasonOf(error);
  });
  return lost;
}

/**
 * The exit code where standard output was lost: that of the verdict. Only where there was none to speak of, and the
 * output was all that was asked for, 0 would say that it is there.
 */
export function exitCodeWithoutOutput(exitCode: number, [name]: readonly string[]): number {
  const sendsLoad = COMMANDS.some((each) => each.name === name && 'takesK6Arguments' in each && each.takesK6Arguments);
  return exitCode === EXIT.pass && !sendsLoad ? EXIT.badInput : exitCode;
}
