import type { FastifyInstance } from 'fastify';
import { membersOf } from './bodies.ts';

/** What a query of GraphQL is answered, by a word in it. The first two are asked by an example of k6's own. */
const DATA: readonly (readonly [word: string, data: unknown])[] = [
  ['FindFirstIssue', { repository: { issues: { edges: [{ node: { id: 'I_1', number: 1, title: 'The first' } }] } } }],
  ['addReaction', { addReaction: { reaction: { content: 'HOORAY' }, subject: { id: 'I_1' } } }],
  ['searchDialogs', { searchDialogs: { items: [{ id: '018e9b4c-1f6a-7c5e-8b1d-2f3a4b5c6d7e' }], hasNextPage: false } }],
  ['products', { products: { items: [{ id: '1', variants: [{ id: '11' }] }], totalItems: 1 } }],
  ['addItemToOrder', { addItemToOrder: { __typename: 'Order', code: 'A1', totalQuantity: 1 } }],
  ['transitionOrderToState', { transitionOrderToState: { __typename: 'Order', state: 'ArrangingPayment' } }],
];

const RPC_RESULTS: Readonly<Record<string, unknown>> = {
  eth_chainId: '0x12a',
  eth_blockNumber: '0x5bad55',
  eth_getBalance: '0x0',
};

/** Questions that are asked by a body or a query string: search, GraphQL, JSON-RPC. */
export function addQueries(app: FastifyInstance): void {
  app.get<{ Querystring: { q?: string } }>('/search', ({ query: { q } }, reply) =>
    q === undefined || q === '' ? reply.code(400).send({ error: 'q is missing' }) : { hits: [{ title: `About ${q}` }] },
  );
  app.post('/products/_search', () => ({ hits: { total: { value: 2 }, hits: [{ _id: '1' }, { _id: '2' }] } }));
  app.post('/products/_bulk', ({ body }) => {
    const lines = Buffer.isBuffer(body) ? body.toString().trim().split('\n') : [];
    return { errors: false, items: lines.length / 2 };
  });
  app.post('/graphql', ({ body }) => {
    const query = String(membersOf(body).query);
    const [, data] = DATA.find(([word]) => query.includes(word)) ?? [];
    return data === undefined ? { errors: [{ message: 'Cannot query this' }] } : { data };
  });
  app.post('/rpc', ({ body }) => {
    const { id, method } = membersOf(body);
    const result = RPC_RESULTS[String(method)];
    return { jsonrpc: '2.0', id, ...(result === undefined ? { error: { code: -32601 } } : { result }) };
  });
  app.post<{ Params: { name: string } }>('/functions/:name', ({ body, params }) => ({ from: params.name, got: body }));
  app.post('/webhook/benchmark', () => ({ status: 'ok' }));
  app.get<{ Params: { id: string } }>('/secrets/:id/decrypt', ({ params }, reply) => {
    const plaintext = SECRETS[params.id];
    return plaintext === undefined ? reply.code(404).send({ error: 'no such secret' }) : { plaintext };
  });
}

/** Those that k6's example of a secret source wants. */
const SECRETS: Readonly<Record<string, string>> = {
  'my-secret-key': 'my-secret-key-value',
  'api-key': 'super-secret-api-key-12345',
  'database-pass': 'db-password-xyz789',
};
