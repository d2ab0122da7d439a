import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from 'k6-verdict';

export interface ListenAddress {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The flag that chose the port, for the error message. */
  readonly flag: '--port' | '--truth-port';
}

/** Room for a thousand users who all connect in the same instant; the kernel cuts it down to its own limit. */
const BACKLOG = 4096;

/**
 * Starts to listen.
 * @returns the base URL under which this machine reaches the server
 * @throws UserError when the address cannot be had
 */
export async function listen(server: Server, address: ListenAddress): Promise<string> {
  server.listen({ host: address.host, port: address.port, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw isSystemError(error) ? cannotListen(error.code, address) : error;
  }
  return baseUrlOf(server.address() as AddressInfo);
}

function baseUrlOf({ address, family, port }: AddressInfo): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
  return `http://${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`;
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function cannotListen(code: string, { host, port, flag }: ListenAddress): UserError {
  const received = `${flag} ${port} on ${host} (${code})`;
  if (code === 'EADDRINUSE') {
    return new UserError({
      what: `Port ${port} is taken.`,
      received,
      expected: 'a port that nothing listens on',
      todo: `stop what uses it, or choose another with ${flag} (0: any free port)`,
    });
  }
  return new UserError({
    what: 'The backend cannot listen on this address.',
    received,
    expected: 'an address of this machine, and a port that this user may open',
  });
}
