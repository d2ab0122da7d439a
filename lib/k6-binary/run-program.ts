import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { ENDING_SIGNALS } from '../process/hang-up.ts';
import { collectWithin, type WholeEnd } from '../process/output.ts';
import { describeEnd, type StartedProcess, startProcess } from '../process/start-process.ts';
import type { Environment } from './search-path.ts';

/** A program to run to its end: without a shell, without input. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly folder?: string;
  /** Open file that takes all output. Without it the output is collected. */
  readonly outputFile?: number;
  readonly timeoutMs?: number;
  /** Runs when this process is about to be ended by a signal or an exit, after the program was stopped. */
  readonly cleanUp?: () => void;
}

export type ProgramEnd =
  | {
      readonly kind: 'ended';
      readonly how: string;
      readonly ok: boolean;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: 'not_started'; readonly error: NodeJS.ErrnoException }
  | { readonly kind: 'timed_out' };

/** More than any k6 prints about its version; a program that prints without end (`yes`) must not fill the memory. */
const COLLECTED_CHARACTERS = 64 * 1024;

/** How long a program may take to end after it was asked to, before it is killed. */
const GRACE_MS = 3_000;

/** How long to wait for the end of this process after it got its own signal again. */
const OWN_END_MS = 250;

/**
 * Runs a program, and never leaves it (nor, outside Windows, what it started) behind: when this process gets SIGINT,
 * SIGTERM or SIGHUP, the program is stopped first, and then the signal does to this process what it would have done.
 * @throws UserError if this process lives on after such a signal, because someone else handles it
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const output = run.outputFile ?? 'pipe';
  const program = startProcess({
    program: run.program,
    args: run.args,
    env: run.env,
    stdout: output,
    stderr: output,
    ...present({ folder: run.folder }),
  });
  const wholeEnd = collectWithin(program, { mostCharacters: COLLECTED_CHARACTERS, ...present({ ms: run.timeoutMs }) });
  const guard = stopOnSignals(program, run);
  try {
    const end = await Promise.race([wholeEnd, guard.interrupted]);
    if (guard.isInterrupted()) return await guard.interrupted;
    return end === 'timed_out' ? { kind: 'timed_out' } : programEnd(end);
  } finally {
    guard.release();
  }
}

function programEnd({ end, stdout, stderr }: WholeEnd): ProgramEnd {
  if (end.kind === 'not_started') return end;
  return { kind: 'ended', how: describeEnd(end), ok: end.exitCode === 0, stdout, stderr };
}

interface SignalGuard {
  readonly isInterrupted: () => boolean;
  /** Rejects if this process lives on after a signal. */
  readonly interrupted: Promise<never>;
  readonly release: () => void;
}

/** From now on a signal to this process ends the program first. */
function stopOnSignals(program: StartedProcess, { program: name, cleanUp = () => {} }: ProgramRun): SignalGuard {
  let interruptedBy: NodeJS.Signals | undefined;
  let killing: NodeJS.Timeout | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    // Asked twice: no more patience.
    program.signal(interruptedBy === undefined ? 'SIGINT' : 'SIGKILL');
    interruptedBy ??= signal;
    killing ??= setTimeout(() => program.signal('SIGKILL'), GRACE_MS);
  };
  const release = () => {
    clearTimeout(killing);
    for (const signal of ENDING_SIGNALS) process.off(signal, interrupt);
    process.off('exit', cleanUp);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, interrupt);
  process.on('exit', cleanUp);

  const interrupted = new Promise<never>((_, reject) => {
    void program.ended.then(() => {
      if (interruptedBy === undefined) return;
      const signal = interruptedBy;
      // The program has ended; a child of it that ignores SIGINT may not have.
      program.signal('SIGKILL');
      cleanUp();
      release();
      process.kill(process.pid, signal);
      // Usually nothing follows. If someone else handles the signal and goes on, the caller must hear of it.
      setTimeout(() => reject(wasStopped(name, signal)), OWN_END_MS);
    });
  });
  interrupted.catch(() => {});
  return { isInterrupted: () => interruptedBy !== undefined, interrupted, release };
}

function wasStopped(program: string, signal: NodeJS.Signals): UserError {
  return new UserError({ what: `${program} was stopped, because this process got ${signal}`, todo: 'run it again' });
}
