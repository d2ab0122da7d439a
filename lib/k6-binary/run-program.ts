import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '../core/errors.ts';
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

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program, and never leaves it (nor, outside Windows, what it started) behind: when this process gets SIGINT,
 * SIGTERM or SIGHUP, the program is stopped first, and then the signal does to this process what it would have done.
 * @throws UserError if this process lives on after such a signal, because someone else handles it
 */
export function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const output = run.outputFile ?? 'pipe';
  let child: ChildProcess;
  try {
    child = spawn(run.program, [...run.args], {
      env: { ...run.env },
      stdio: ['ignore', output, output],
      windowsHide: true,
      // A process group of its own, so that all of it can be stopped: `go` starts compilers, a script starts anything.
      detached: process.platform !== 'win32',
      ...(run.folder === undefined ? {} : { cwd: run.folder }),
    });
  } catch (error) {
    return Promise.resolve({ kind: 'not_started', error: error as NodeJS.ErrnoException });
  }
  return endOf(child, run);
}

function endOf(child: ChildProcess, run: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const collected = collectOutput(child);
    let interruptedBy: NodeJS.Signals | undefined;
    let killing: NodeJS.Timeout | undefined;
    let passedOn = false;

    const letGo = (): void => {
      clearTimeout(timeout);
      clearTimeout(killing);
      for (const signal of SIGNALS) process.off(signal, interrupt);
      process.off('exit', leave);
    };

    const settle = (end: ProgramEnd): void => {
      letGo();
      resolve(end);
    };

    const interrupt = (signal: NodeJS.Signals): void => {
      // Asked twice: no more patience.
      stop(child, interruptedBy === undefined ? 'SIGINT' : 'SIGKILL');
      interruptedBy ??= signal;
      killing ??= setTimeout(() => stop(child, 'SIGKILL'), GRACE_MS);
    };

    const passOn = (signal: NodeJS.Signals): void => {
      if (passedOn) return;
      passedOn = true;
      // The program has ended; a child of it that ignores SIGINT may not have.
      stop(child, 'SIGKILL');
      run.cleanUp?.();
      letGo();
      process.kill(process.pid, signal);
      // Usually nothing follows. If someone else handles the signal and goes on, the caller must hear of it.
      setTimeout(() => reject(interruption(run.program, signal)), OWN_END_MS);
    };

    const leave = (): void => {
      stop(child, 'SIGKILL');
      run.cleanUp?.();
    };

    const giveUp = (): void => {
      if (interruptedBy !== undefined) return;
      stop(child, 'SIGKILL');
      // Not waiting for the streams to close: whatever escaped the kill may hold them open.
      child.stdout?.destroy();
      child.stderr?.destroy();
      settle({ kind: 'timed_out' });
    };

    const timeout = run.timeoutMs === undefined ? undefined : setTimeout(giveUp, run.timeoutMs);
    for (const signal of SIGNALS) process.on(signal, interrupt);
    process.on('exit', leave);

    child.once('error', (error) => settle({ kind: 'not_started', error }));
    child.once('exit', () => {
      if (interruptedBy !== undefined) passOn(interruptedBy);
    });
    child.once('close', (code, signal) => {
      if (interruptedBy !== undefined) return passOn(interruptedBy);
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      return settle({ kind: 'ended', how, ok: code === 0, ...collected });
    });
  });
}

function interruption(program: string, signal: NodeJS.Signals): UserError {
  return new UserError({ what: `${program} was stopped, because this process got ${signal}`, todo: 'run it again' });
}

function collectOutput(child: ChildProcess): { stdout: string; stderr: string } {
  const collected = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      collected[name] += text;
      if (collected[name].length > COLLECTED_CHARACTERS) stop(child, 'SIGKILL');
    });
  }
  return collected;
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
