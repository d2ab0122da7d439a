import dns from 'node:dns/promises';
import net from 'node:net';
import { type BaseUrl, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';
import { withoutBrackets } from '../../core/spec/host.ts';
import { type DnsPolicy, resolvedAsK6 } from './dns-policy.ts';
import { proxyFor } from './proxy.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** How k6 will find the way to a target. */
export interface WayToTarget {
  readonly dnsPolicy: DnsPolicy;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A target to look for, and what it was given as, for messages. */
interface LookedFor {
  readonly address: BaseUrl;
  readonly named: string;
}

/**
 * Opens one connection as k6 would and closes it: no request, so nothing counts against a rate limit. Through a proxy
 * only the proxy can be looked for.
 * @throws UserError when nothing accepts connections there
 */
export async function requireReachable(
  { address, named }: LookedFor,
  way: WayToTarget,
  addressesOf: (host: string) => Promise<string[] | string> = lookUp,
): Promise<void> {
  const proxy = proxyFor(address, way.environment);
  if (proxy !== undefined) return requireProxy(address, proxy);
  const host = withoutBrackets(address.host);
  const found = net.isIP(host) === 0 ? await addressesOf(host) : [host];
  if (typeof found === 'string') throw notReachable(address, named, found);
  const met = resolvedAsK6(found, way.dnsPolicy);
  if (met.length === 0) throw ofAnotherFamily(address, named, `${host} has no such address`, found, way);
  const problem = await connectToOne(met, address.port);
  if (problem === undefined) return;
  const others = found.filter((each) => !met.includes(each));
  if (others.length > 0 && (await connectToOne(others, address.port)) === undefined) {
    throw ofAnotherFamily(address, named, `${host} is ${met.join(' and ')} to k6: ${problem}`, others, way);
  }
  throw notReachable(address, named, problem);
}

async function requireProxy(target: BaseUrl, proxy: BaseUrl): Promise<void> {
  const problem = await connectOnce(withoutBrackets(proxy.host), proxy.port);
  if (problem === undefined) return;
  const named = target.protocol === 'https' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  throw new UserError({
    what: `The proxy ${placeOf(proxy)} (${named}) cannot be reached: nothing was sent.`,
    received: problem,
    expected: 'a proxy that accepts connections there',
    todo: `correct ${named}, or name ${target.host} in NO_PROXY if it is reached without a proxy`,
  });
}

function notReachable(address: BaseUrl, named: string, problem: string): UserError {
  const orLeaveOut = named === 'BASE_URL' ? '; without BASE_URL the reference backend is the target' : '';
  return new UserError({
    what: `${placeOf(address)} (${named}) cannot be reached: nothing was sent.`,
    received: problem,
    expected: 'a service that accepts connections there',
    todo: `start it, or correct ${named}${orLeaveOut}`,
  });
}

/** The service is there, at an address of the name that k6 would not use. */
function ofAnotherFamily(
  address: BaseUrl,
  named: string,
  problem: string,
  others: readonly string[],
  { dnsPolicy }: WayToTarget,
): UserError {
  const [other = ''] = others;
  const url = `${address.protocol}://${net.isIPv6(other) ? `[${other}]` : other}:${address.port}`;
  return new UserError({
    what: `k6 would not find the service at ${placeOf(address)} (${named}): nothing was sent.`,
    received: problem,
    expected: `a service that listens where k6 looks for it (its DNS policy is ${dnsPolicy}); this one listens on ${other}`,
    todo: `name it as ${url}, or let it listen on both families`,
  });
}

/** @returns its addresses, or what is wrong */
async function lookUp(host: string): Promise<string[] | string> {
  try {
    return (await dns.lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    return describe(error as NodeJS.ErrnoException);
  }
}

/** @returns undefined where one of them accepts a connection, else what is wrong with the first */
async function connectToOne(hosts: readonly string[], port: number): Promise<string | undefined> {
  const problems = await Promise.all(hosts.map((host) => connectOnce(host, port)));
  return problems.includes(undefined) ? undefined : problems[0];
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
