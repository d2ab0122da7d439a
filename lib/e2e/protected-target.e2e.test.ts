import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { runStudy, shortLimit } from './study-project.ts';

const CREDENTIALS = 'tester:p4ssword';
const WITH_CREDENTIALS = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`;

const isAuthorized = ({ headers }: IncomingMessage) => headers.authorization === WITH_CREDENTIALS;

/**
 * A service that answers nobody without its password, sockets included. Its sliding window takes what X-Real-IP says
 * for the address of the client.
 */
async function startProtectedService(requests: number, windowSeconds: number): Promise<string> {
  const acceptedAtMs = new Map<string, number[]>();
  const accepts = (client: string) => {
    const now = Date.now();
    const recent = (acceptedAtMs.get(client) ?? []).filter((at) => at > now - windowSeconds * 1000);
    const hasRoom = recent.length < requests;
    acceptedAtMs.set(client, hasRoom ? [...recent, now] : recent);
    return hasRoom;
  };
  const server = createServer((request, response) => {
    if (!isAuthorized(request)) return response.writeHead(401).end();
    const client = String(request.headers['x-real-ip'] ?? 'itself');
    return response.writeHead(accepts(client) ? 200 : 429).end();
  });
  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => isAuthorized(req),
  });
  sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    sockets.close();
    server.close();
    server.closeAllConnections();
  });
  return `http://${CREDENTIALS}@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('where the target wants the credentials of BASE_URL', () => {
  it('ways around a limit are tried with them', { timeout: 90_000 }, async () => {
    const BASE_URL = await startProtectedService(3, 3);
    const { study } = await runStudy('rate-limit', shortLimit(3, 3), {}, { BASE_URL });
    expect(study.bypasses.filter(({ state }) => state === 'open').map(({ way }) => way)).toEqual(['x-real-ip']);
  });

  it('sockets are opened with them', { timeout: 60_000 }, async () => {
    const BASE_URL = await startProtectedService(1, 1);
    const { study } = await runStudy(
      'websocket',
      {
        study: 'k6.websocket({ openingSeconds: 1, heartbeatSeconds: 0.5 })',
        plan: '{ sockets: k6.scripted({ users: 3, durationSeconds: 3 }) }',
        endpoints: '[service.echoSocket]',
      },
      {},
      { BASE_URL },
    );
    expect(study).toMatchObject({ started: 3, heldToTheEnd: 3, refused: 0 });
  });
});
