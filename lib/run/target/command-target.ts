import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BaseUrl, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';
import { present } from '../../core/spec/present.ts';
import { withoutSecretsOf } from '../../core/spec/shown.ts';
import { keepLastWords } from '../../process/output.ts';
import { describeEnd, type ProcessEnd, type StartedProcess, startProcess } from '../../process/start-process.ts';
import { ask } from './ask.ts';
import type { RunningTarget } from './running-target.ts';

/** A service that is started for the load, and ended after it. */
export interface CommandTarget extends Omit<RunningTarget, 'kind'> {
  readonly kind: 'command';
  /** A command line for the shell. */
  readonly command: string;
  /** What the command was given as: `--head-start`. */
  readonly commandNamed: string;
  /** Where it runs; our own folder by default. */
  readonly folder?: string;
  /** Whether a service that answers there already is taken in its place. */
  readonly reusesRunning: boolean;
  readonly readyTimeoutSeconds: number;
}

const LAST_WORDS_LENGTH = 2_000;
/** How long what a command left behind may keep its last words from us. */
const LAST_WORDS_MS = 200;
const ANSWER_TIMEOUT_MS = 2_000;
const POLL_MS = 100;

/**
 * Starts a service by its command, and waits until it answers.
 * @returns what ends it, with all that it has started
 * @param over aborted when it is no longer wanted
 * @throws UserError with its last words, when it ends before or does not answer in time
 */
export async function openCommand(target: CommandTarget, over: AbortSignal): Promise<() => Promise<void>> {
  const { command, folder, reusesRunning, address } = target;
  if (await answers(address)) {
    if (reusesRunning) return async () => {};
    throw somethingThere(target);
  }
  if (folder !== undefined && !existsSync(folder)) throw noFolder(target, folder);
  const service = startProcess({
    program: command,
    isShell: true,
    stdout: 'pipe',
    stderr: 'pipe',
    ...present({ folder }),
  });
  try {
    await untilItAnswers(service, target, over);
  } catch (error) {
    await service.stop();
    throw error;
  }
  return service.stop;
}

async function untilItAnswers(service: StartedProcess, target: CommandTarget, over: AbortSignal): Promise<void> {
  const { address, readyTimeoutSeconds } = target;
  const lastWords = keepLastWords(service, LAST_WORDS_LENGTH);
  let end: ProcessEnd | undefined;
  void service.ended.then((itsEnd) => {
    end = itsEnd;
  });
  const deadline = Date.now() + readyTimeoutSeconds * 1000;
  while (!(await answers(address))) {
    if (end !== undefined) {
      await Promise.race([service.silent, sleep(LAST_WORDS_MS)]);
      throw didNotStart(target, `it ended with ${describeEnd(end)}`, lastWords());
    }
    if (Date.now() > deadline) throw didNotStart(target, `nothing within ${readyTimeoutSeconds} s`, lastWords());
    over.throwIfAborted();
    await sleep(POLL_MS);
  }
}

async function answers(address: BaseUrl): Promise<boolean> {
  try {
    const reply = await ask(address, ANSWER_TIMEOUT_MS);
    await reply.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/** What answers before the command has run is not what it starts. */
function somethingThere({ named, commandNamed, address }: CommandTarget): UserError {
  return new UserError({
    what: `Something answers at ${named} before ${commandNamed} has run.`,
    received: `an answer at ${placeOf(address)}`,
    expected: 'nothing there yet, so that it is the started service that is measured',
    todo: 'stop what listens there, or test it as it runs: without the command, or with "reuseExisting" in package.json',
  });
}

function noFolder({ commandNamed }: CommandTarget, folder: string): UserError {
  return new UserError({
    what: `The folder that ${commandNamed} is to run in does not exist.`,
    received: folder,
    expected: 'a folder',
  });
}

function didNotStart({ commandNamed, command, address }: CommandTarget, how: string, lastWords: string): UserError {
  return new UserError({
    what: `${commandNamed} did not start a service that answers.`,
    received: `${how}${lastWords === '' ? '' : `; its last words: ${withoutSecretsOf(command, lastWords)}`}`,
    expected: `an answer, whatever its status, at ${placeOf(address)}`,
  });
}
