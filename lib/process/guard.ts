import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { GUARD_SCRIPT } from './guard-script.ts';

/** What every process that this one starts carries in its environment. */
const MARK = ['STARTED_BY_K6_VERDICT', randomUUID()] as const;

/** For the environment of whatever is started: by this the guard finds what it was not told of any more. */
export const MARK_OF_OURS: Readonly<Record<string, string>> = { [MARK[0]]: MARK[1] };

/** How long a service may take to leave. */
export const GRACE_MS = 10_000;

/** A guard that dies is replaced; where it dies again and again, there is something that a further one will not mend. */
const MOST_GUARDS = 10;

/** What lives no longer than this process, by pid or path, and the line that tells it. */
const guarded = new Map<number | string, string>();
let guard: ChildProcess | undefined;
let guards = 0;

/** By what a group is asked to leave. */
export type Asking = 'SIGINT' | 'SIGTERM';

/**
 * Starts a process as the leader of a group which ends whatever becomes of this process, also by SIGKILL. The guard
 * hears of it before it is started, so that there is no moment in which it could be left behind unknown.
 *
 * @param start with MARK_OF_OURS in the environment
 * @returns what was started, and what is called when nothing of its group is left
 */
export function startGuarded<Started extends { readonly pid?: number | undefined }>(
  start: () => Started,
  askedBy: Asking,
): { readonly started: Started; readonly unguard: () => void } {
  startGuard();
  tell('starting');
  const started = start();
  const { pid } = started;
  if (pid === undefined) {
    tell('failed');
    return { started, unguard: () => {} };
  }
  keep(pid, `started ${pid} ${askedBy.slice('SIG'.length)}`);
  return {
    started,
    unguard: () => {
      if (guarded.delete(pid)) tell(`ended ${pid}`);
    },
  };
}

/** However this process ends, the folder is removed, also where something is written into it until then. */
export function guardFolder(folder: string): void {
  // A line each: what would be two of them is not told at all.
  if (folder.includes('\n')) return;
  startGuard();
  keep(folder, `folder ${folder}`);
}

function keep(what: number | string, line: string): void {
  guarded.set(what, line);
  tell(line);
}

function startGuard(): void {
  // Windows has neither groups nor signals; where there is no shell, spawn says so by an event.
  if (guard !== undefined || guards >= MOST_GUARDS || process.platform === 'win32') return;
  guards += 1;
  const started = spawn('sh', ['-c', GUARD_SCRIPT, 'guard', MARK.join('='), String(GRACE_MS / 1000)], {
    // A session of its own: neither a Ctrl-C nor the end of the terminal reaches it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guard = started;
  const replace = () => {
    if (guard !== started) return;
    guard = undefined;
    if (guarded.size > 0) startGuard();
  };
  started.on('error', replace);
  started.on('exit', replace);
  started.stdin.on('error', () => {});
  started.unref();
  // It is a socket, which has unref; its type does not say so.
  (started.stdin as Partial<NodeJS.RefCounted>).unref?.();
  for (const line of guarded.values()) tell(line);
}

/** Small writes reach the pipe before this returns. */
function tell(line: string): void {
  guard?.stdin?.write(`${line}\n`);
}
