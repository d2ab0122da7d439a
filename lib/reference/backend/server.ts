import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  type onRequestHookHandler,
} from 'fastify';
import { servedEndpoints } from '../endpoints/served.ts';
import { type Answer, answersOf } from './answers.ts';
import { type Bottleneck, Capacity, ConnectionPool } from './bottleneck.ts';
import { decisionsFor } from './decision.ts';
import type { EndpointKnobs, Knobs } from './knobs.ts';
import { LastRequests } from './last-requests.ts';
import { clientOf, unlimitedRoutes } from './limit-bypass.ts';
import { routeMetrics } from './metrics.ts';
import { createProfile } from './profiles/index.ts';
import type { ServiceReply } from './profiles/profile.ts';
import { routeSockets } from './sockets.ts';
import { TRUTH_PATH, type TruthLedger, type Visit } from './truth.ts';
import { answerAboutTruth } from './truth-listener.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null outside the endpoints. */
    visit: Visit | null;
  }
}

/** Builds the service; its `server` is ready to listen. */
export async function createService(knobs: Knobs, truth: TruthLedger): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    // HEAD is a request of its own, which no endpoint declares.
    exposeHeadRoutes: false,
    // A URL that cannot be decoded never reaches the hooks.
    frameworkErrors: (_error, _request, reply) => {
      countUnmatched(reply, truth);
      return sendStatus(reply, 400);
    },
  });
  // A service that drops idle connections races with clients that think, and the resets would look like faults.
  app.server.keepAliveTimeout = 0;
  app.server.on('connection', (socket) => {
    truth.connectionAccepted();
    // Every pipelined request listens to its connection.
    socket.setMaxListeners(0);
  });
  app.decorateRequest('visit', null);
  routeEndpoints(app, knobs, truth);
  routeTruth(app, truth);
  routeMetrics(app);
  routeSockets(app.server, knobs.sockets, truth);
  answerUnmatched(app, truth);
  await app.ready();
  return app;
}

/** Refuses new connections and cuts those that are open. */
export function closeAtOnce({ server }: FastifyInstance): void {
  server.close();
  server.closeAllConnections();
}

interface ServiceState {
  /** From then on it is the service that closes connections, not their clients. */
  crashed: boolean;
}

function routeEndpoints(app: FastifyInstance, knobs: Knobs, truth: TruthLedger): void {
  const service: ServiceState = { crashed: false };
  const profile = createProfile(knobs.profile, {
    timeScale: knobs.timeScale,
    crash: () => {
      service.crashed = true;
      closeAtOnce(app);
    },
  });
  const lastRequests =
    knobs.closeAfter === undefined ? undefined : new LastRequests(knobs.closeAfter, () => closeAtOnce(app));

  const answerOf = answersOf(profile, knobs.tokenSeconds);
  const bottlenecks = bottlenecksOf(knobs);
  for (const { id, method, path: template } of servedEndpoints) {
    const path = template.replace(/\{(\w+)\}/g, ':$1');
    const onRequest: onRequestHookHandler = (request, reply, done) => {
      const visit = truth.requestReceived(id);
      request.visit = visit;
      followToItsEnd(visit, request, reply, service);
      if (lastRequests !== undefined) {
        if (!lastRequests.admit()) {
          resetConnection(request, reply);
          return;
        }
        visit.whenEnded(() => lastRequests.oneEnded());
      }
      if (!knobs.keepAlive) reply.header('connection', 'close');
      done();
    };
    const own = knobs.endpoints[id];
    const answer = answerOf(id);
    app.route({ method, url: path, onRequest, handler: carryOut(own, answer, bottlenecks) });
    const unlimited = { ...own, rateLimit: undefined };
    for (const route of unlimitedRoutes({ method, path }, own.limitBypasses))
      app.route({ ...route, onRequest, handler: carryOut(unlimited, answer, bottlenecks) });
  }
}

function bottlenecksOf({ pool, capacityPerSecond }: Knobs): Bottleneck[] {
  return [
    ...(pool === undefined ? [] : [new ConnectionPool(pool)]),
    ...(capacityPerSecond === undefined ? [] : [new Capacity(capacityPerSecond)]),
  ];
}

/**
 * 'finish' means that the reply was handed whole to the operating system, unless the connection had died by then: Node
 * lets a reply "finish" whose write failed. A connection that closes earlier takes all its open requests with it; the
 * responses themselves would not tell, since Node closes only the first of several pipelined ones.
 */
function followToItsEnd(
  visit: Visit,
  { socket }: FastifyRequest,
  { raw: response }: FastifyReply,
  service: ServiceState,
): void {
  const connectionClosed = () => (service.crashed ? visit.reset() : visit.abandoned());
  socket.once('close', connectionClosed);
  // Before Node's own listener, which closes the connection after a last reply.
  response.prependOnceListener('finish', () => {
    socket.off('close', connectionClosed);
    if (socket.destroyed || socket.errored !== null) connectionClosed();
    else visit.delivered(response.statusCode);
  });
}

function carryOut(knobs: EndpointKnobs, answer: Answer, bottlenecks: readonly Bottleneck[]) {
  const decide = decisionsFor(knobs);
  const letThrough = decisionsFor({ ...knobs, rateLimit: undefined });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { remoteAddress = '', remotePort = 0 } = request.socket;
    const { headers } = request;
    // A limiter that looks at the path as it was sent does not know it again.
    const isDisguised = knobs.limitBypasses.has('percent-encoding') && request.url.includes('%');
    const decision = (isDisguised ? letThrough : decide)(
      clientOf({ headers, remoteAddress, remotePort }, knobs.limitBypasses),
    );
    if (decision.kind === 'hang') return reply.hijack();
    if (decision.kind === 'rate-limited') return sendRateLimited(reply, decision.retryAfterSeconds);

    const visit = visitOf(request);
    for (const bottleneck of bottlenecks) {
      const isServed = await bottleneck.pass();
      if (visit.ended) return reply.hijack();
      if (!isServed) return sendStatus(reply, 503);
    }
    if (decision.afterMs > 0) await sleep(decision.afterMs);
    const served = decision.kind === 'serve' ? await answer(request, visit) : undefined;
    if (visit.ended) return reply.hijack();

    if (served !== undefined) return sendServed(reply, served);
    return decision.kind === 'status' ? sendStatus(reply, decision.status) : resetConnection(request, reply);
  };
}

/** Every request to an endpoint has one from the moment it arrives. */
function visitOf({ visit }: FastifyRequest): Visit {
  if (visit === null) throw new Error('This request belongs to no endpoint.');
  return visit;
}

function sendServed(reply: FastifyReply, { status, body, cookie }: ServiceReply): FastifyReply {
  if (cookie !== undefined) reply.header('set-cookie', cookie);
  return body === '' ? reply.code(status).send() : sendJson(reply, status, body);
}

function sendRateLimited(reply: FastifyReply, retryAfterSeconds: number): FastifyReply {
  return sendStatus(reply.header('retry-after', retryAfterSeconds), 429);
}

function sendStatus(reply: FastifyReply, status: number): FastifyReply {
  const forbidsBody = status === 204 || status === 205 || status === 304;
  if (forbidsBody) return reply.code(status).send();
  return sendJson(reply, status, JSON.stringify({ detail: STATUS_CODES[status] ?? `Status ${status}` }));
}

function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
}

function resetConnection(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  // Before the socket goes, since its 'close' would count the request as abandoned by the client.
  visitOf(request).reset();
  request.socket.resetAndDestroy();
  return reply;
}

function routeTruth(app: FastifyInstance, truth: TruthLedger): void {
  app.route({
    method: ['GET', 'DELETE'],
    url: TRUTH_PATH,
    handler: (request, reply) => {
      const { status, body } = answerAboutTruth(truth, request.method);
      return sendJson(reply, status, body);
    },
  });
}

function answerUnmatched(app: FastifyInstance, truth: TruthLedger): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) countUnmatched(reply, truth);
    done();
  });
  app.setNotFoundHandler((_request, reply) => sendStatus(reply, 404));
}

function countUnmatched({ raw: response }: FastifyReply, truth: TruthLedger): void {
  response.once('finish', () => truth.unmatchedDelivered(response.statusCode));
}
