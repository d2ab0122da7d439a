import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import type { DnsPolicy } from './dns-policy.ts';
import { requireReachable } from './look-ahead.ts';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy());
  port = await new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
});
afterEach(() => void server.close());

/** Looks for a service by a name that has these addresses. */
function look(addresses: string[] | string, dnsPolicy: DnsPolicy = 'preferIPv4', environment = {}) {
  const target = { address: parseBaseUrl(`http://shop.example:${port}`), named: 'BASE_URL' };
  return requireReachable(target, { dnsPolicy, environment }, async () => addresses);
}

it('a service is there where k6 looks for it', async () => {
  await look(['127.0.0.1']);
  await look(['::1', '127.0.0.1']);
  await look(['127.0.0.1'], 'preferIPv6');
  await look(['::1', '127.0.0.1'], 'any');
});

it('a service that listens on the other family only is not, and is told by the address that works', async () => {
  await expect(look(['::1', '127.0.0.1'], 'preferIPv6')).rejects.toThrow(
    `k6 would not find the service at shop.example:${port} (BASE_URL): nothing was sent.`,
  );
  await expect(look(['::1', '127.0.0.1'], 'preferIPv6')).rejects.toThrow('shop.example is ::1 to k6');
  await expect(look(['::1', '127.0.0.1'], 'preferIPv6')).rejects.toThrow(`name it as http://127.0.0.1:${port}`);
  await expect(look(['127.0.0.1'], 'onlyIPv6')).rejects.toThrow('k6 would not find the service');
});

it('nothing is there where nothing accepts connections, or the name is not known', async () => {
  const address = parseBaseUrl(`http://127.0.0.1:${port}`);
  server.close();
  await expect(
    requireReachable({ address, named: 'BASE_URL' }, { dnsPolicy: 'preferIPv4', environment: {} }),
  ).rejects.toThrow(/cannot be reached: nothing was sent[\s\S]*connection refused/);
  await expect(look('the host name is not known (ENOTFOUND)')).rejects.toThrow(/the host name is not known/);
});

it('through a proxy, the proxy is looked for', async () => {
  await look('the host name is not known', 'preferIPv4', { HTTP_PROXY: `http://user:secret@127.0.0.1:${port}` });
  server.close();
  const gone = look([], 'preferIPv4', { HTTP_PROXY: `http://user:secret@127.0.0.1:${port}` });
  await expect(gone).rejects.toThrow(`The proxy 127.0.0.1:${port} (HTTP_PROXY) cannot be reached: nothing was sent.`);
  await expect(gone).rejects.not.toThrow(/secret/);
});
