import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { addDocuments, addJobs, addLogins, addOrders, addUsers, type Held } from './service/api.ts';
import { readBodies } from './service/bodies.ts';
import { createCallServer } from './service/calls.ts';
import { type Certificate, makeCertificate } from './service/certificate.ts';
import { addDav } from './service/dav.ts';
import { addFailing } from './service/failing.ts';
import { addHttpbin } from './service/httpbin.ts';
import { type Counts, Ledger } from './service/ledger.ts';
import { addPages } from './service/pages.ts';
import { addQueries } from './service/queries.ts';
import { Sessions } from './service/sessions.ts';
import { addSockets } from './service/sockets.ts';

/** Where its counts can be had by HTTP; asking for them is not counted. */
export const TRUTH_PATH = '/__truth';

/** What answers the scripts, and counts what they ask. HTTP and HTTPS are one service with one count. */
export interface ScriptService {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** host:port by HTTP/1.1, WebSockets too. */
  readonly plain: string;
  /** host:port by TLS: HTTP/2, HTTP/1.1 and WebSockets, with a certificate that nobody trusts. */
  readonly secure: string;
  /** host:port by gRPC without TLS. */
  readonly calls: string;
  counts(): Counts;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** By how much each HTTP reply is held back, in ms. Default: 0. */
  readonly delayMs?: number;
}

const LOOPBACK = '127.0.0.1';

let certificate: Certificate | undefined;

/** Starts it on free ports of this machine. The first call makes the certificate, which needs Go. */
export async function startService({ delayMs = 0 }: ServiceOptions = {}): Promise<ScriptService> {
  certificate ??= makeCertificate();
  const ledger = new Ledger();
  const held: Held = { sessions: new Sessions(), orders: new Map(), documents: new Map(), polls: new Map() };
  const routerOptions = { ignoreTrailingSlash: true };
  const secured = { routerOptions, http2: true, https: { ...certificate, allowHTTP1: true } } as const;
  // Fastify has a type of its own for each kind of server; the routes are the same.
  const apps = [
    fastify({ routerOptions, forceCloseConnections: true }),
    fastify(secured) as unknown as FastifyInstance,
  ];
  for (const app of apps) route(app, ledger, held, delayMs);
  const sockets = apps.map((app) => addSockets(app.server, ledger));
  const calls = createCallServer(ledger);
  for (const app of apps) await app.listen({ host: LOOPBACK, port: 0 });
  calls.listen(0, LOOPBACK);
  await once(calls, 'listening');
  const [plain = '', secure = ''] = apps.map((app) => addressOf(app.server));
  return {
    url: `http://${plain}`,
    plain,
    secure,
    calls: addressOf(calls),
    counts: () => ledger.read(),
    async stop() {
      for (const each of sockets) for (const socket of each.clients) socket.terminate();
      calls.close();
      await Promise.all(apps.map((app) => app.close()));
    },
  };
}

function addressOf(server: Pick<Server, 'address'>): string {
  return `${LOOPBACK}:${(server.address() as AddressInfo).port}`;
}

function route(app: FastifyInstance, ledger: Ledger, held: Held, delayMs: number): void {
  readBodies(app);
  app.addHook('onRequest', async ({ method, routeOptions }) => {
    const name = routeName(method, routeOptions.url);
    if (routeOptions.url !== TRUTH_PATH) ledger.requestArrived(name);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  });
  app.addHook('onSend', async ({ method, routeOptions }, { statusCode }) => {
    if (routeOptions.url !== TRUTH_PATH) ledger.requestAnswered(routeName(method, routeOptions.url), statusCode);
  });
  app.get(TRUTH_PATH, () => ledger.read());
  addLogins(app, held);
  addOrders(app, held);
  addDocuments(app, held);
  addJobs(app, held);
  addUsers(app);
  addQueries(app);
  addPages(app, held.sessions);
  addHttpbin(app);
  addFailing(app);
  addDav(app, held.sessions);
}

/** `GET /orders/:id` is `GET /orders/{id}`. */
function routeName(method: string, url: string | undefined): string {
  return `${method} ${url?.replace(/:[^/]+/g, '{id}') ?? '(no route)'}`;
}
