import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BenchTarget {
  readonly url: string;
  /** Requests since the last call. */
  takeCount(): number;
  close(): void;
}

const BODY = JSON.stringify({
  items: Array.from({ length: 16 }, (_, id) => ({ id, name: `item ${id}`, ready: true })),
});

/** The fastest server at hand. @param failures of so many replies in ten, each a 503 */
export function startTarget(failures: number): Promise<BenchTarget> {
  let count = 0;
  let turn = 0;
  const server = createServer((_request, response) => {
    count += 1;
    turn = (turn + 1) % 10;
    response.writeHead(turn < failures ? 503 : 200, { 'content-type': 'application/json' });
    response.end(BODY);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        takeCount: () => {
          const taken = count;
          count = 0;
          return taken;
        },
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      }),
    );
  });
}
