import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { UserError } from 'k6-verdict';
import type { ProfileName } from './profiles/index.ts';
import { TRUTH_PATH, type Truth } from './truth.ts';

/** What the process says, on stdout and to its parent, once both of its ports listen. */
export interface Readiness {
  readonly ready: true;
  /** Base URL of the service. */
  readonly url: string;
  /** Base URL of the listener that has the truth alone. */
  readonly truthUrl: string;
  readonly pid: number;
}

export interface StartBackendOptions {
  /** @default 'healthy' */
  readonly profile?: ProfileName;
  /** Flags of the backend. Without `--port` among them it takes any free one. */
  readonly args?: readonly string[];
  /** The file that is the process. @default the starter beside this one */
  readonly entry?: string;
}

export interface RunningBackend {
  readonly url: string;
  readonly truthUrl: string;
  readonly pid: number;
  /** What the server itself counted; works after `--close-after` or a crash too. */
  readTruth(): Promise<Truth>;
  resetTruth(): Promise<void>;
  /** Resolves when the process is gone. May be called again. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 3_000;
const TRUTH_TIMEOUT_MS = 5_000;
const LAST_WORDS_LENGTH = 8_192;

/**
 * Starts the reference backend as a process of its own, which ends with this one at the latest.
 * @throws UserError with what the process wrote to stderr, when it does not become ready
 */
export async function startBackend(options: StartBackendOptions = {}): Promise<RunningBackend> {
  const { profile = 'healthy', args = [], entry = fileURLToPath(new URL('./start.mjs', import.meta.url)) } = options;
  const child = fork(entry, ['--profile', profile, '--port', '0', ...args], {
    execArgv: [],
    // Its stdout says nothing that IPC does not say, and the parent's own stdout may be somebody's JSON.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = collectLastWords(child);
  const { url, truthUrl, pid } = await untilReady(child, lastWords);
  let stopped: Promise<void> | undefined;

  async function askForTruth(method: 'GET' | 'DELETE'): Promise<Response> {
    const signal = AbortSignal.timeout(TRUTH_TIMEOUT_MS);
    try {
      return await fetch(truthUrl + TRUTH_PATH, { method, signal });
    } catch (error) {
      throw new Error(`The reference backend (pid ${pid}) does not tell its truth. ${lastWords()}`, { cause: error });
    }
  }

  return {
    url,
    truthUrl,
    pid,
    readTruth: async () => (await (await askForTruth('GET')).json()) as Truth,
    resetTruth: async () => {
      await askForTruth('DELETE');
    },
    stop: () => {
      stopped ??= stop(child);
      return stopped;
    },
  };
}

function collectLastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-LAST_WORDS_LENGTH);
  });
  return () => words.trim();
}

function untilReady(child: ChildProcess, lastWords: () => string): Promise<Readiness> {
  return new Promise<Readiness>((resolve, reject) => {
    const fail = (how: string) => reject(didNotStart(how, lastWords()));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`nothing within ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    child.on('message', (message) => {
      if (!isReadiness(message)) return;
      clearTimeout(timer);
      resolve(message);
    });
    child.on('error', (error) => fail(error.message));
    // Not 'exit': only after 'close' is all of stderr here.
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      fail(signal === null ? `exit code ${code}` : `killed by ${signal}`);
    });
  });
}

function isReadiness(message: unknown): message is Readiness {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}

function didNotStart(how: string, lastWords: string): UserError {
  return new UserError({
    what: 'The reference backend did not start.',
    received: lastWords === '' ? how : `${how}: ${lastWords}`,
    expected: 'a process that says it is ready',
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  // Losing its parent is the one way to ask it to leave that works on every platform.
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
