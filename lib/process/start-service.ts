import { UserError } from '../core/spec/errors.ts';
import { withoutCredentials } from '../core/spec/shown.ts';
import { keepLastWords } from './output.ts';
import { describeEnd, startProcess } from './start-process.ts';

/** A program of Node's that sends a message to its parent when it is ready, and leaves when its parent has gone. */
export interface ServiceOrder<Ready> {
  /** For messages: `The reference backend`. */
  readonly name: string;
  /** Those of node itself, the file, and those of the program. */
  readonly args: readonly string[];
  readonly isReady: (message: unknown) => message is Ready;
}

export interface StartedService<Ready> {
  /** What it said when it was ready. */
  readonly ready: Ready;
  readonly lastWords: () => string;
  /** May be called again. */
  readonly stop: () => Promise<void>;
}

/** Ends one that hangs; a busy machine may need tens of seconds. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 3_000;
const LAST_WORDS_LENGTH = 8_192;

/** @throws UserError with what the process wrote to stderr, when it does not become ready */
export function startService<Ready>({ name, args, isReady }: ServiceOrder<Ready>): Promise<StartedService<Ready>> {
  const service = startProcess({
    program: process.execPath,
    args,
    // Its stdout says nothing that the channel does not say, and our own may be somebody's JSON.
    stdout: 'ignore',
    stderr: 'pipe',
    hasChannel: true,
  });
  const lastWords = keepLastWords(service, LAST_WORDS_LENGTH);
  // Losing its parent is the one way to ask it to leave that works on every platform.
  const stop = () => service.stop({ ask: service.closeChannel, graceMs: STOP_TIMEOUT_MS });
  return new Promise((resolve, reject) => {
    const fail = async (how: string) => {
      clearTimeout(timer);
      await stop();
      reject(didNotStart(name, how, lastWords()));
    };
    const timer = setTimeout(() => fail(`nothing within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    service.onMessage((message) => {
      if (!isReady(message)) return;
      clearTimeout(timer);
      resolve({ ready: message, lastWords, stop });
    });
    void service.ended.then(async (end) => {
      await service.silent;
      await fail(describeEnd(end));
    });
  });
}

function didNotStart(name: string, how: string, lastWords: string): UserError {
  return new UserError({
    what: `${name} did not start.`,
    received: lastWords === '' ? how : `${how}: ${withoutCredentials(lastWords)}`,
    expected: 'a process that says it is ready',
  });
}
