import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core/spec/errors.ts';
import { keepLastWords } from '../process/output.ts';
import { describeEnd, type StartedProcess, startProcess } from '../process/start-process.ts';

/** What an Orders API can be told; orders-api/README.md says what each variable means, and its default. */
export type OrdersApiSettings = Partial<
  Readonly<
    Record<
      'ROOT_PREFIX' | 'TOKEN_TTL' | 'TOKEN_SAYS' | 'ORDERS_API_KEY' | 'SEARCH_PER_MINUTE' | 'PATH' | 'VENV',
      string
    >
  >
>;

/** What the service itself counted since it started, or since it was reset. */
export interface OrdersTruth {
  readonly total: number;
  /** Requests that are not answered yet, and in no count. */
  readonly inFlight: number;
  /** By method, route and status, such as `GET /orders/{order_id} 200`; of GraphQL `POST /graphql op=OrderStats 200`. */
  readonly routes: Readonly<Record<string, number>>;
  /** Orders that were created, by the name of the user. */
  readonly ordersCreatedBy: Readonly<Record<string, number>>;
  /** Orders that nobody has deleted. */
  readonly ordersNow: number;
}

export interface RunningOrdersApi {
  /** Without the prefix of its routes. */
  readonly url: string;
  readonly pid: number;
  readTruth(): Promise<OrdersTruth>;
  resetTruth(): Promise<void>;
  /** Resolves when the process is gone. May be called again. */
  stop(): Promise<void>;
}

/** The first start makes a Python environment, from a package index. */
const START_TIMEOUT_MS = 240_000;
const ANSWER_TIMEOUT_MS = 5_000;
const LAST_WORDS_LENGTH = 8_192;

const starter = fileURLToPath(new URL('orders-api/start.sh', import.meta.url));

/**
 * Starts the Orders API as a process of its own on any free port, which ends with this one at the latest.
 * @throws UserError with what the process wrote to stderr, such as that there is no Python, when it does not start
 */
export async function startOrdersApi(settings: OrdersApiSettings = {}): Promise<RunningOrdersApi> {
  const service = startProcess({
    program: '/bin/sh',
    args: [starter, '0'],
    env: { ...process.env, ...settings },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const lastWords = keepLastWords(service, LAST_WORDS_LENGTH);
  try {
    const { url, pid } = JSON.parse(await firstLine(service)) as Pick<RunningOrdersApi, 'url' | 'pid'>;
    return {
      url,
      pid,
      readTruth: async () => (await (await ask(`${url}/__truth`, 'GET')).json()) as OrdersTruth,
      resetTruth: async () => void (await ask(`${url}/__truth/reset`, 'POST')),
      stop: () => service.stop(),
    };
  } catch (error) {
    await service.stop();
    throw new UserError({
      what: 'The Orders API did not start.',
      received: lastWords() || String(error),
      expected: 'a service that says where it listens',
      todo: 'see lib/testing/orders-api/README.md for what it needs',
    });
  }
}

/** @throws where there is none */
async function firstLine(service: StartedProcess): Promise<string> {
  const { stdout } = service;
  if (stdout === undefined) throw new Error(describeEnd(await service.ended));
  const lines = createInterface({ input: stdout });
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  const ended = service.silent.then(async () => Promise.reject(new Error(describeEnd(await service.ended))));
  const [line] = (await Promise.race([once(lines, 'line', { signal }), ended])) as [string];
  return line;
}

function ask(url: string, method: string): Promise<Response> {
  return fetch(url, { method, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
}
