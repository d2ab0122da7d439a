import { createServer } from 'node:net';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import { isLoopback } from '../../core/spec/host.ts';
import { countLocalAddresses } from '../../core/spec/local-ips.ts';
import { lastValueOf } from './k6-options.ts';

/** Which addresses of this machine the load comes from. */
export interface LocalAddresses {
  /** For k6. */
  readonly arguments: readonly string[];
  /** How many there are for users to come from. */
  readonly count: number;
}

/**
 * Gives each client an address of its own, where the target is on this machine: its loopback network has many. Whoever
 * tests another machine names the addresses it has (`-- --local-ips=...`).
 * @param told what k6 was told already
 */
export async function localAddresses(
  clients: number,
  { host }: Pick<BaseUrl, 'host'>,
  told: string | undefined,
): Promise<LocalAddresses> {
  if (told !== undefined) return { arguments: [], count: Number(countLocalAddresses(told) ?? 1n) };
  const isReachable = isLoopback(host) && !host.includes('::') && host !== 'localhost';
  if (clients < 2 || !isReachable || !(await canListen('127.0.0.2'))) return { arguments: [], count: 1 };
  const addresses = Array.from({ length: clients }, (_, i) => `127.0.0.${i + 1}`);
  return { arguments: [`--local-ips=${addresses.join(',')}`], count: clients };
}

/** macOS has 127.0.0.1 alone. */
function canListen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port: 0 }, () => server.close(() => resolve(true)));
  });
}

/**
 * From where k6 was told to send: by its option `--local-ips`, of which the last one counts, or by K6_LOCAL_IPS.
 * Undefined where it was not told.
 */
export function toldLocalIps(
  k6Arguments: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return lastValueOf('local-ips', k6Arguments) || environment.K6_LOCAL_IPS || undefined;
}
