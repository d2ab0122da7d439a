import { request as send } from 'node:http';
import { describe, expect, test } from 'vitest';
import { systemPorts } from '../endpoints/index.ts';
import { openForTest } from './backend-for-test.ts';
import { LIMIT_BYPASSES, type LimitBypass } from './limit-bypass.ts';

const { path } = systemPorts;

/** How a client would try each way; the n-th attempt. */
const ATTEMPTS: Readonly<Record<LimitBypass, (n: number) => Attempt>> = {
  'x-forwarded-for': (n) => ({ headers: { 'X-Forwarded-For': `10.0.0.${n}` } }),
  'x-real-ip': (n) => ({ headers: { 'X-Real-IP': `10.0.0.${n}` } }),
  connection: () => ({}),
  'trailing-slash': () => ({ path: `${path}/` }),
  'double-slash': () => ({ path: `/${path}` }),
  'upper-case': () => ({ path: path.toUpperCase() }),
  'percent-encoding': () => ({ path: path.replace('ports', 'port%73') }),
  head: () => ({ method: 'HEAD' }),
  options: () => ({ method: 'OPTIONS' }),
};

interface Attempt {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sent as it is, on a connection of its own: `fetch` would tidy the path up. */
function statusOf(
  base: string,
  localAddress: string,
  { path: own = path, method = 'GET', headers = {} }: Attempt,
): Promise<number> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, localAddress, path: own, method, headers, agent: false }, (reply) => {
      reply.resume().on('end', () => resolve(reply.statusCode ?? 0));
    });
    request.on('error', reject).end();
  });
}

/** The ways by which a third request gets a 200 from a limit of two. Each is tried by a client with an address of its own. */
async function openWays(...args: string[]): Promise<LimitBypass[]> {
  const backend = await openForTest('--limit-scale', 'system-ports=0.0667', ...args);
  const open: LimitBypass[] = [];
  for (const [i, way] of LIMIT_BYPASSES.entries()) {
    const client = `127.0.0.${10 + i}`;
    const statuses: number[] = [];
    for (let n = 1; n <= 2; n += 1) await statusOf(backend.url, client, {});
    for (let n = 1; n <= 3; n += 1) statuses.push(await statusOf(backend.url, client, ATTEMPTS[way](10 * i + n)));
    if (statuses.every((status) => status === 200)) open.push(way);
  }
  return open;
}

describe('around the limit', () => {
  test('there is no way, unless one is left open', async () => {
    expect(await openWays()).toEqual([]);
  });

  test('there are the ways that are left open, and no others', async () => {
    const planted = ['x-real-ip', 'trailing-slash', 'head'] as const;
    const args = planted.flatMap((way) => ['--limit-bypass', way]);
    expect(await openWays(...args)).toEqual(planted);
  });

  test('all of them can be left open at once', async () => {
    // With a client for each connection there is no limit left that the other ways could get around.
    const others = LIMIT_BYPASSES.filter((way) => way !== 'connection');
    expect(await openWays(...others.flatMap((way) => ['--limit-bypass', way]))).toEqual(others);
    expect(await openWays('--limit-bypass', 'connection')).toContain('connection');
  });
});
