import net from 'node:net';
import { type BaseUrl, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** A service that somebody else has started. */
export interface RunningTarget {
  readonly kind: 'running';
  /** As it was given. It can hold credentials: for k6 alone, and in no message. */
  readonly url: string;
  readonly address: BaseUrl;
  /** What the address was given as, for messages: `BASE_URL`. */
  readonly named: string;
}

/**
 * Opens one connection and closes it: no request, so nothing counts against a rate limit.
 * @throws UserError when nothing accepts connections there
 */
export async function requireReachable({ address, named }: RunningTarget): Promise<void> {
  const problem = await connectOnce(address.host.replace(/^\[|\]$/g, ''), address.port);
  if (problem === undefined) return;
  const orLeaveOut = named === 'BASE_URL' ? '; without BASE_URL the reference backend is the target' : '';
  throw new UserError({
    what: `${placeOf(address)} (${named}) cannot be reached: nothing was sent.`,
    received: problem,
    expected: 'a service that accepts connections there',
    todo: `start it, or correct ${named}${orLeaveOut}`,
  });
}

function connectOnce(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const end = (problem: string | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.on('connect', () => end(undefined));
    socket.on('timeout', () => end(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`));
    socket.on('error', (error: NodeJS.ErrnoException) => end(describe(error)));
  });
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'connection refused (ECONNREFUSED): nothing listens there';
  if (error.code === 'ENOTFOUND') return 'the host name is not known (ENOTFOUND)';
  return error.message || (error.code ?? 'the connection failed');
}
