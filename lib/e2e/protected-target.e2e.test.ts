import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { runStudy } from './study-project.ts';

const CREDENTIALS = 'tester:p4ssword';
const WITH_CREDENTIALS = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`;

const isAuthorized = ({ headers }: IncomingMessage) => headers.authorization === WITH_CREDENTIALS;

/** A service whose sockets are for those who know its password. */
async function startProtectedService(): Promise<string> {
  const server = createServer((request, response) => response.writeHead(isAuthorized(request) ? 200 : 401).end());
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

it('where the target wants the credentials of BASE_URL, sockets are opened with them', async () => {
  const BASE_URL = await startProtectedService();
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
