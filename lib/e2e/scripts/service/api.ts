import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { membersOf } from './bodies.ts';
import { PASSWORD, type Sessions } from './sessions.ts';

/** What one service holds, whether it is asked by HTTP or HTTPS. */
export interface Held {
  readonly sessions: Sessions;
  readonly orders: Map<string, Record<string, unknown>>;
  readonly documents: Map<string, unknown>;
  /** How often a job was asked for. */
  readonly polls: Map<string, number>;
}

type ById = { Params: { id: string } };

/** Asked so often, a job is done. */
const POLLS_UNTIL_DONE = 3;
/** As long as the ids of services that make them by snowflake. */
const FIRST_USER_ID = 270_000_000_000_000_000n;

/** Tokens, by a user's password or a client's secret. `uses` says for how many requests one is good. */
export function addLogins(app: FastifyInstance, { sessions }: Held): void {
  app.post('/login', (request, reply) => {
    const { password, uses } = membersOf(request.body);
    if (password !== PASSWORD) return reply.code(401).send({ error: 'wrong password' });
    return { token: sessions.issueToken(uses as number | undefined), expiresIn: 3600 };
  });
  app.post('/oauth/token', (request, reply) => {
    const { grant_type: grant, uses } = membersOf(request.body);
    if (grant !== 'client_credentials') return reply.code(400).send({ error: 'unsupported_grant_type' });
    const token = sessions.issueToken(uses === undefined ? undefined : Number(uses));
    return { access_token: token, token_type: 'Bearer', expires_in: 3600 };
  });
  app.get('/me', { preHandler: sessions.require }, () => ({ name: 'somebody' }));
}

/** Orders that are made, read, changed and deleted, by who has a credential. */
export function addOrders(app: FastifyInstance, { sessions, orders }: Held): void {
  const options = { preHandler: sessions.require };
  const missing = { error: 'no such order' };
  app.get('/orders', options, () => ({ orders: [...orders.values()].slice(-10) }));
  app.post('/orders', options, (request, reply) => {
    const order = { ...membersOf(request.body), id: orders.size + 1 };
    orders.set(String(order.id), order);
    return reply.code(201).send(order);
  });
  app.get<ById>('/orders/:id', options, ({ params }, reply) => orders.get(params.id) ?? reply.code(404).send(missing));
  app.route<ById>({
    method: ['PUT', 'PATCH'],
    url: '/orders/:id',
    ...options,
    handler: ({ params, body }, reply) => {
      const order = orders.get(params.id);
      if (order === undefined) return reply.code(404).send(missing);
      return Object.assign(order, membersOf(body), { id: order.id });
    },
  });
  app.delete<ById>('/orders/:id', options, ({ params }, reply) =>
    // Its number is not given again, so the place stays.
    reply.code(orders.has(params.id) ? 204 : 404).send(),
  );
}

/** Documents with UUIDs, uploads, and a cache by hash: what is put can be had. */
export function addDocuments(app: FastifyInstance, { documents }: Held): void {
  const keep = (id: string, document: unknown) => {
    documents.set(id, document);
    return { id };
  };
  app.post('/documents', ({ body }, reply) => reply.code(201).send(keep(randomUUID(), body)));
  app.post('/upload', ({ body }, reply) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const parts = bytes.toString('latin1').match(/^content-disposition:/gim)?.length ?? 0;
    const id = createHash('sha256').update(bytes).digest('hex');
    return reply.code(201).send({ ...keep(id, bytes), bytes: bytes.length, parts });
  });
  for (const url of ['/documents/:id', '/cache/:id']) {
    app.get<ById>(url, ({ params }, reply) =>
      documents.has(params.id) ? reply.send(documents.get(params.id)) : reply.code(404).send({ error: 'not here' }),
    );
    app.put<ById>(url, ({ params, body }, reply) => reply.code(201).send(keep(params.id, body)));
    app.delete<ById>(url, ({ params }, reply) => reply.code(documents.delete(params.id) ? 204 : 404).send());
  }
}

/** Jobs that are done when they were asked for a third time. */
export function addJobs(app: FastifyInstance, { polls }: Held): void {
  app.post('/jobs', (_request, reply) => {
    const id = randomUUID();
    polls.set(id, 0);
    return reply.code(202).send({ id, status: 'queued' });
  });
  app.get<ById>('/jobs/:id', ({ params: { id } }, reply) => {
    const polled = polls.get(id);
    if (polled === undefined) return reply.code(404).send({ error: 'no such job' });
    polls.set(id, polled + 1);
    return { id, status: polled + 1 < POLLS_UNTIL_DONE ? 'running' : 'done' };
  });
}

/** Users of a tenant, whose ids are long numbers. */
export function addUsers(app: FastifyInstance): void {
  let users = 0n;
  app.post('/v2/users/human', (_request, reply) => {
    users += 1n;
    return reply.code(201).send({ userId: String(FIRST_USER_ID + users) });
  });
  app.get<ById>('/v2/users/:id', ({ params }) => ({ userId: params.id, state: 'active' }));
  app.delete<ById>('/v2/users/:id', (_request, reply) => reply.code(204).send());
}
