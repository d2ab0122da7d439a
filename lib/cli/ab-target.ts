import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProfileName } from '../backend/profiles/index.ts';
import { startBackend } from '../backend/start-backend.ts';
import { parseBaseUrl } from '../core/base-url.ts';
import { UserError } from '../core/errors.ts';
import { BACKEND_ENTRY } from './installation.ts';
import { requireReachable } from './target.ts';

/** One side of a comparison: how its target is reached, and made anew for each run. */
export interface AbTarget {
  readonly kind: 'running' | 'command' | 'reference-backend';
  /** Where it answers, as far as that is known before it is started. */
  readonly url?: string;
  start(): Promise<StartedTarget>;
}

export interface StartedTarget {
  readonly url: string;
  /** May be called again. */
  stop(): Promise<void>;
}

/** What the command line says of one side. */
export interface AbSide {
  /** `base` or `head`: names its flags. */
  readonly side: 'base' | 'head';
  readonly url?: string;
  readonly command?: string;
  /** The checkout that the command runs in. */
  readonly folder?: string;
}

/** @throws UserError for a side that cannot be started */
export function targetOf({ side, url, command, folder }: AbSide, profile: ProfileName): AbTarget {
  if (folder !== undefined && command === undefined) {
    throw new UserError({
      what: `--${side}-dir has no meaning without --${side}-start.`,
      received: `--${side}-dir ${folder}`,
      expected: `--${side}-start "<command>" as well: what starts the service in that folder`,
    });
  }
  if (command !== undefined && url === undefined) {
    throw new UserError({
      what: `--${side}-start needs an address.`,
      received: `--${side}-start ${JSON.stringify(command)} alone`,
      expected: `--${side}-url as well: where the started service answers`,
    });
  }
  if (url === undefined) return referenceBackend(profile);
  const target = parseBaseUrl(url);
  if (command !== undefined) return startedBy(command, url, folder, side);
  return {
    kind: 'running',
    url,
    start: async () => {
      await requireReachable(target);
      return { url, stop: async () => {} };
    },
  };
}

function referenceBackend(profile: ProfileName): AbTarget {
  return { kind: 'reference-backend', start: () => startBackend({ profile, entry: BACKEND_ENTRY }) };
}

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 10_000;
const LAST_WORDS_LENGTH = 2_000;

function startedBy(command: string, url: string, folder: string | undefined, side: string): AbTarget {
  return {
    kind: 'command',
    url,
    start: async () => {
      await expectNothingThere(url, side);
      // Its own process group: what it starts in turn ends with it.
      const child = spawn(command, {
        shell: true,
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(folder === undefined ? {} : { cwd: folder }),
      });
      const words = lastWords(child);
      // A signal can come before the service has answered and anybody knows how to stop it.
      const killWithUs = () => signalGroup(child, 'SIGKILL');
      process.once('exit', killWithUs);
      const stop = async () => {
        await stopGroup(child);
        process.off('exit', killWithUs);
      };
      try {
        await untilItAnswers(child, url, `--${side}-start`, command, words);
      } catch (error) {
        await stop();
        throw error;
      }
      return { url, stop };
    },
  };
}

/** What answers before the command has run is not what it starts. */
async function expectNothingThere(url: string, side: string): Promise<void> {
  if (!(await answers(url))) return;
  throw new UserError({
    what: `Something answers at --${side}-url before --${side}-start has run.`,
    received: url,
    expected: 'nothing there yet, so that it is the started service that is measured',
    todo: 'stop what listens there, or leave out the command',
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

async function untilItAnswers(
  child: ChildProcess,
  url: string,
  flag: string,
  command: string,
  words: () => string,
): Promise<void> {
  const fail = (how: string) =>
    new UserError({
      what: `${flag} did not start a service that answers.`,
      received: `${JSON.stringify(command)}: ${how}${words() === '' ? '' : `; its last words: ${words()}`}`,
      expected: `an answer, whatever its status, at ${url}`,
    });
  let failure: UserError | undefined;
  child.once('error', (error) => {
    failure = fail(error.message);
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null) throw fail(`it ended with exit code ${child.exitCode}`);
    if (child.signalCode !== null) throw fail(`it was ended by ${child.signalCode}`);
    if (Date.now() > deadline) throw fail(`nothing within ${READY_TIMEOUT_MS / 1000} s`);
    await wait(100);
  }
}

function lastWords(child: ChildProcess): () => string {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-LAST_WORDS_LENGTH);
    });
  }
  return () => words.trim();
}

async function stopGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isGroupAlive(child) && Date.now() < deadline) await wait(20);
  if (isGroupAlive(child)) signalGroup(child, 'SIGKILL');
  while (isGroupAlive(child) && Date.now() < deadline + STOP_TIMEOUT_MS) await wait(20);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    // On Windows there are no groups: the tree is ended by taskkill.
    if (process.platform !== 'win32') return process.kill(-child.pid, signal);
    if (signal === 0) return child.exitCode === null && child.signalCode === null;
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  return signalGroup(child, 0);
}
