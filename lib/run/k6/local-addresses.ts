import { createServer } from 'node:net';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import { isLoopback } from '../../core/spec/host.ts';

/** Which addresses of this machine the load comes from. */
export interface LocalAddresses {
  /** For k6. */
  readonly arguments: readonly string[];
  /** Whether users come from at least two. */
  readonly areSeveral: boolean;
}

/**
 * Gives each client an address of its own, where the target is on this machine: its loopback network has many. Whoever
 * tests another machine names the addresses it has (`-- --local-ips=...`).
 */
export async function localAddresses(
  clients: number,
  { host }: Pick<BaseUrl, 'host'>,
  k6Arguments: readonly string[],
): Promise<LocalAddresses> {
  const given = k6Arguments.findIndex((argument) => argument.startsWith('--local-ips'));
  if (given !== -1) {
    const value = k6Arguments[given]?.split('=')[1] ?? k6Arguments[given + 1] ?? '';
    return { arguments: [], areSeveral: /[,/-]/.test(value) };
  }
  const isReachable = isLoopback(host) && !host.includes('::') && host !== 'localhost';
  if (clients < 2 || !isReachable || !(await canListen('127.0.0.2'))) return { arguments: [], areSeveral: false };
  const addresses = Array.from({ length: clients }, (_, i) => `127.0.0.${i + 1}`);
  return { arguments: [`--local-ips=${addresses.join(',')}`], areSeveral: true };
}

/** macOS has 127.0.0.1 alone. */
function canListen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port: 0 }, () => server.close(() => resolve(true)));
  });
}
