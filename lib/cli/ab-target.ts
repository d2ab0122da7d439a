import { setTimeout as wait } from 'node:timers/promises';
import type { ProfileName } from '../backend/profiles/index.ts';
import { startBackend } from '../backend/start-backend.ts';
import { parseBaseUrl } from '../core/base-url.ts';
import { UserError } from '../core/errors.ts';
import { present } from '../core/present.ts';
import { keepLastWords } from '../process/output.ts';
import { describeEnd, type ProcessEnd, type StartedProcess, startProcess } from '../process/start-process.ts';
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
const LAST_WORDS_MS = 200;
const LAST_WORDS_LENGTH = 2_000;

function startedBy(command: string, url: string, folder: string | undefined, side: string): AbTarget {
  return {
    kind: 'command',
    url,
    start: async () => {
      await expectNothingThere(url, side);
      const service = startProcess({
        program: command,
        isShell: true,
        stdout: 'pipe',
        stderr: 'pipe',
        ...present({ folder }),
      });
      try {
        await untilItAnswers(service, url, `--${side}-start`, command);
      } catch (error) {
        await service.stop();
        throw error;
      }
      return { url, stop: service.stop };
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

async function untilItAnswers(service: StartedProcess, url: string, flag: string, command: string): Promise<void> {
  const words = keepLastWords(service, LAST_WORDS_LENGTH);
  let end: ProcessEnd | undefined;
  void service.ended.then((itsEnd) => {
    end = itsEnd;
  });
  const fail = (how: string) =>
    new UserError({
      what: `${flag} did not start a service that answers.`,
      received: `${JSON.stringify(command)}: ${how}${words() === '' ? '' : `; its last words: ${words()}`}`,
      expected: `an answer, whatever its status, at ${url}`,
    });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (end !== undefined) {
      // What it left behind may keep its output open.
      await Promise.race([service.silent, wait(LAST_WORDS_MS)]);
      throw fail(`it ended with ${describeEnd(end)}`);
    }
    if (Date.now() > deadline) throw fail(`nothing within ${READY_TIMEOUT_MS / 1000} s`);
    await wait(100);
  }
}
