import net from 'node:net';
import type { BaseUrl } from '../core/base-url.ts';
import { UserError } from '../core/errors.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens one connection and closes it: no request, so nothing counts against a rate limit.
 * @throws UserError when nothing accepts connections there
 */
export async function requireReachable(target: BaseUrl): Promise<void> {
  const problem = await connectOnce(target.host.replace(/^\[|\]$/g, ''), target.port);
  if (problem === undefined) return;
  throw new UserError({
    what: `${target.href} cannot be reached: nothing was sent.`,
    received: problem,
    expected: 'a service that accepts connections there',
    todo: 'start it, or correct BASE_URL; without BASE_URL the reference backend is the target',
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
