import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A service that answers everything, and knows when it was asked last. */
export interface CountingServer {
  readonly url: string;
  readonly count: () => number;
  /** By Date.now(); 0 where it never was. */
  readonly lastAtMs: () => number;
}

export async function startCountingServer(): Promise<CountingServer> {
  let count = 0;
  let lastAtMs = 0;
  const server = createServer((_, reply) => {
    count += 1;
    lastAtMs = Date.now();
    reply.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    lastAtMs: () => lastAtMs,
  };
}
