import { fileURLToPath } from 'node:url';
import { startService } from '../process/start-service.ts';
import type { ProfileName } from './profiles/index.ts';
import type { Readiness } from './readiness.ts';
import { TRUTH_PATH, type Truth } from './truth.ts';

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

const TRUTH_TIMEOUT_MS = 5_000;

/**
 * Starts the reference backend as a process of its own, which ends with this one at the latest.
 * @throws UserError with what the process wrote to stderr, when it does not become ready
 */
export async function startBackend(options: StartBackendOptions = {}): Promise<RunningBackend> {
  const { profile = 'healthy', args = [], entry = fileURLToPath(new URL('./start.mjs', import.meta.url)) } = options;
  const { ready, lastWords, stop } = await startService<Readiness>({
    name: 'The reference backend',
    args: [entry, '--profile', profile, '--port', '0', ...args],
    isReady: isReadiness,
  });
  const { url, truthUrl, pid } = ready;

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
    stop,
  };
}

function isReadiness(message: unknown): message is Readiness {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
