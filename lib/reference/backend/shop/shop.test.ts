import { describe, expect, test } from 'vitest';
import { type BackendForTest, openForTest } from '../../../testing/backend-for-test.ts';
import { shopEndpoints } from '../../endpoints/shop.ts';
import { Accounts } from './accounts.ts';
import { Latest } from './latest.ts';

interface Reply {
  readonly status: number;
  readonly content: Record<string, unknown>;
  readonly cookie: string | null;
}

const SHOPPER = { username: 'shopper7', password: 'pw7' };

async function ask(url: string, asked: string, sent?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const [method = '', path = ''] = asked.split(' ');
  const reply = await fetch(url + path, {
    method,
    headers: { ...headers, ...(sent === undefined ? undefined : { 'content-type': 'application/json' }) },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    content: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    cookie: reply.headers.get('set-cookie'),
  };
}

async function logIn({ url }: BackendForTest): Promise<Record<string, string>> {
  const { content } = await ask(url, 'POST /api/auth/login', SHOPPER);
  return { authorization: `Bearer ${String(content.token)}` };
}

describe('the shop', () => {
  test('keeps orders for whoever has logged in, and counts what it was asked by its path template', async () => {
    const backend = await openForTest();
    const { url } = backend;
    const login = await ask(url, 'POST /api/auth/login', SHOPPER);
    expect(login).toMatchObject({ status: 200, content: { token: expect.any(String), expiresInSeconds: 60 } });
    const own = { authorization: `Bearer ${String(login.content.token)}` };
    const created = await ask(url, 'POST /api/orders', { sku: 'ä-1', quantity: 2 }, own);
    const order = { id: 'o-1', owner: 'shopper7', sku: 'ä-1', quantity: 2 };
    expect([created.status, created.content]).toEqual([201, order]);
    expect(await ask(url, 'GET /api/orders/o-1', undefined, own)).toMatchObject({ status: 200, content: order });
    const page = await ask(url, 'GET /api/orders?page=1', undefined, own);
    expect(page.content).toEqual({ page: 1, total: 1, orders: [order] });
    expect((await ask(url, 'GET /api/orders?page=2', undefined, own)).content).toMatchObject({ orders: [] });
    expect((await ask(url, 'DELETE /api/orders/o-1', undefined, own)).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await ask(url, `${method} /api/orders/o-1`, undefined, own)).status).toBe(404);
    const { endpoints, unmatched } = await backend.readTruth();
    expect(unmatched).toEqual({});
    expect(shopEndpoints.map(({ id }) => [id, endpoints[id].delivered])).toEqual([
      ['login', { 200: 1 }],
      ['create-order', { 201: 1 }],
      ['get-order', { 200: 1, 404: 1 }],
      ['list-orders', { 200: 2 }],
      ['delete-order', { 204: 1, 404: 1 }],
      ['start-session', {}],
      ['me', {}],
    ]);
  });

  test('knows who has its cookie, or its token', async () => {
    const backend = await openForTest();
    const { url } = backend;
    const session = await ask(url, 'POST /api/session', SHOPPER);
    expect([session.status, session.content]).toEqual([204, {}]);
    const cookie = `other=1; ${session.cookie?.split(';')[0]}`;
    for (const headers of [{ cookie }, await logIn(backend)])
      expect((await ask(url, 'GET /api/me', undefined, headers)).content).toEqual({ username: 'shopper7' });
    expect((await ask(url, 'GET /api/orders', undefined, { cookie })).status).toBe(200);
  });

  test.each([
    ['POST /api/auth/login', 401, { ...SHOPPER, password: 'pw8' }],
    ['POST /api/auth/login', 401, { username: 'shopper1001', password: 'pw1001' }],
    ['POST /api/session', 401, null],
    ['GET /api/me', 401],
    ['GET /api/orders', 401],
    ['POST /api/orders', 401, { sku: 'a' }],
  ])('answers %s with %d to a stranger', async (asked, status, sent?: unknown) => {
    const { url } = await openForTest();
    expect((await ask(url, asked, sent)).status).toBe(status);
  });

  test.each([
    ['POST /api/orders', { sku: '' }],
    ['POST /api/orders', { sku: 'a', quantity: 0.5 }],
    ['GET /api/orders?page=0', undefined],
    ['GET /api/orders?page=first', undefined],
  ])('answers %s with 422 where it makes no sense', async (asked, sent) => {
    const backend = await openForTest();
    expect((await ask(backend.url, asked, sent, await logIn(backend))).status).toBe(422);
  });

  test('is behind the same knobs as every endpoint', async () => {
    const backend = await openForTest(
      '--error-share',
      'create-order=0.5',
      '--status',
      'me=503',
      '--token-seconds',
      '9',
    );
    const own = await logIn(backend);
    const statuses = [];
    for (let i = 0; i < 4; i += 1)
      statuses.push((await ask(backend.url, 'POST /api/orders', { sku: 'a' }, own)).status);
    expect(statuses).toEqual([201, 500, 201, 500]);
    expect((await ask(backend.url, 'GET /api/me')).status).toBe(503);
    expect((await ask(backend.url, 'POST /api/auth/login', SHOPPER)).content.expiresInSeconds).toBe(9);
  });
});

test('a token is good for its time, and no longer', () => {
  let now = 0;
  const accounts = new Accounts(3, () => now);
  const authorization = `Bearer ${accounts.newToken('shopper1')}`;
  now = 3_000;
  expect(accounts.ofToken(authorization)).toBe('shopper1');
  now = 3_001;
  expect(accounts.ofToken(authorization)).toBeUndefined();
});

test('what is kept is bounded: what came first goes', () => {
  const latest = new Latest<number>(2);
  for (const number of [1, 2, 3]) latest.set(`${number}`, number);
  expect([latest.size, latest.values(), latest.get('1')]).toEqual([2, [2, 3], undefined]);
  latest.set('3', 4);
  expect(latest.values()).toEqual([2, 4]);
});
