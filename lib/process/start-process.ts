import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '../core/spec/present.ts';
import { endWithUs } from './end-with-us.ts';
import { type Asking, GRACE_MS, MARK_OF_OURS, startGuarded } from './guard.ts';
import { birthOf, isStranger } from './process-facts.ts';
import { isGroupAlive, signalGroup } from './process-group.ts';

/** Where a stream of a process goes: into our own, nowhere, to us as a pipe, or into an open file. */
export type Output = 'inherit' | 'ignore' | 'pipe' | number;

/** A process to start. */
export interface ProcessOrder {
  readonly program: string;
  readonly args?: readonly string[];
  /** All of its environment; ours by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** An open file that it reads as its standard input. @default none */
  readonly stdin?: number;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The program is a command line for the shell. */
  readonly isShell?: boolean;
  /** A channel for messages, which a program of Node's understands. */
  readonly hasChannel?: boolean;
  /** By what its guard asks it to leave when this process was killed. @default 'SIGTERM' */
  readonly askedBy?: Asking;
}

export type ProcessEnd =
  | { readonly kind: 'not_started'; readonly error: NodeJS.ErrnoException }
  | {
      readonly kind: 'ended';
      readonly exitCode: number | undefined;
      readonly signal: NodeJS.Signals | undefined;
    };

export interface StartedProcess {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Undefined where they are no pipes. */
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  /** As soon as the process itself has ended. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** When all that it said has been read as well, also what its own children said. */
  readonly silent: Promise<void>;
  /** To the process and everything that it has started. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Asks all of it to leave, and kills what is still there after the time of grace. May be called again. */
  readonly stop: (how?: HowToStop) => Promise<void>;
  /** What it says on its channel. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly closeChannel: () => void;
}

export interface HowToStop {
  /** SIGTERM by default. */
  readonly ask?: () => void;
  readonly graceMs?: number;
}

/** What is killed is gone at once, unless the system is busy, or waits for a disk. */
const KILL_MS = 10_000;
const POLL_MS = 20;

/**
 * Starts a process in a group of its own. So a Ctrl-C in the terminal reaches it only through us, and whatever it
 * starts in turn ends with it. None of it outlives this process, also where that is killed: see guard.ts.
 */
export function startProcess(order: ProcessOrder): StartedProcess {
  const { started, unguard } = startGuarded(() => spawnOrFail(order), order.askedBy ?? 'SIGTERM');
  const { child, pid } = started;
  if (child instanceof Error) return { ...NOT_RUNNING, ended: Promise.resolve({ kind: 'not_started', error: child }) };
  const ended = endOf(child);
  if (pid === undefined) return { ...NOT_RUNNING, ended };
  const bornAt = birthOf(pid);

  let isGone = false;
  const signal = (name: NodeJS.Signals) => {
    if (!isGone && !isStranger(pid, bornAt)) signalGroup(pid, name);
  };
  const takeBack = endWithUs(() => signal('SIGKILL'));
  const checkGone = () => {
    if (!isGone && isGroupAlive(pid) && !isStranger(pid, bornAt)) return false;
    isGone = true;
    takeBack();
    unguard();
    return true;
  };
  void ended.then(checkGone);
  const isGoneWithin = async (ms: number) => {
    const deadline = Date.now() + ms;
    while (!checkGone()) {
      if (Date.now() > deadline) return false;
      await sleep(POLL_MS);
    }
    return true;
  };

  return {
    pid,
    stdout: child.stdout ?? undefined,
    stderr: child.stderr ?? undefined,
    ended,
    silent: new Promise((resolve) => child.once('close', () => resolve())),
    signal,
    stop: async ({ ask = () => signal('SIGTERM'), graceMs = GRACE_MS } = {}) => {
      if (!checkGone()) ask();
      if (await isGoneWithin(graceMs)) return;
      signal('SIGKILL');
      await isGoneWithin(KILL_MS);
    },
    onMessage: (listener) => child.on('message', listener),
    closeChannel: () => {
      if (child.connected) child.disconnect();
    },
  };
}

function spawnOrFail(order: ProcessOrder): { readonly child: ChildProcess | Error; readonly pid?: number | undefined } {
  const {
    program,
    args = [],
    env,
    folder,
    stdin = 'ignore',
    stdout,
    stderr,
    isShell = false,
    hasChannel = false,
  } = order;
  try {
    const child = spawn(program, [...args], {
      ...present({ cwd: folder }),
      env: { ...(env ?? process.env), ...MARK_OF_OURS },
      shell: isShell,
      stdio: [stdin, stdout, stderr, ...(hasChannel ? (['ipc'] as const) : [])],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    return { child, pid: child.pid };
  } catch (error) {
    return { child: error as Error };
  }
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'not_started', error });
    });
    child.once('exit', (code, signal) =>
      resolve({ kind: 'ended', exitCode: code ?? undefined, signal: signal ?? undefined }),
    );
  });
}

const NOT_RUNNING: Omit<StartedProcess, 'ended'> = {
  pid: undefined,
  stdout: undefined,
  stderr: undefined,
  silent: Promise.resolve(),
  signal: () => {},
  stop: async () => {},
  onMessage: () => {},
  closeChannel: () => {},
};

/** `exit code 3`, `signal SIGKILL` */
export function describeEnd(end: ProcessEnd): string {
  if (end.kind === 'not_started') return end.error.message;
  return end.signal === undefined ? `exit code ${end.exitCode}` : `signal ${end.signal}`;
}
