import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runStudy, shortLimit } from '../study-project.ts';

const [REQUESTS, WINDOW_MS] = [12, 3000];

/** Whoever does not say the token gets 401; who does has a limit, but for requests with X-Real-IP. HEAD is forbidden. */
const accepted: number[] = [];
let unauthorized = 0;
const service = createServer((request, response) => {
  const now = Date.now();
  const isAllowed = request.headers.authorization === `Basic ${Buffer.from('user:secret').toString('base64')}`;
  const used = accepted.filter((at) => at > now - WINDOW_MS).length;
  if (!isAllowed || request.headers['x-api-key'] !== 'key') {
    unauthorized += 1;
    response.writeHead(401).end();
  } else if (request.method === 'HEAD') response.writeHead(403).end();
  else if (request.headers['x-real-ip'] !== undefined) response.writeHead(200).end('{}');
  else if (used >= REQUESTS) response.writeHead(429, { 'Retry-After': '3' }).end();
  else {
    accepted.push(now);
    response.writeHead(200).end('{}');
  }
});

beforeAll(() => new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => service.close(resolve)));

it('ways around the limit of a protected service are tried with its credentials', async () => {
  const { port } = service.address() as AddressInfo;
  const limit = shortLimit(REQUESTS, WINDOW_MS / 1000);
  const { study } = await runStudy(
    'rate-limit',
    {
      ...limit,
      declarations: limit.declarations?.replace('rateLimit:', "headers: { 'X-Api-Key': 'key' }, rateLimit:") ?? '',
    },
    {},
    { BASE_URL: `http://user:secret@127.0.0.1:${port}`, METRICS_URL: '' },
  );
  expect(unauthorized).toBe(0);
  const stateOf = (way: string) => study.bypasses.find((each) => each.way === way);
  expect(stateOf('x-real-ip')).toMatchObject({ state: 'open', letThrough: 3 });
  expect(stateOf('x-forwarded-for')).toMatchObject({ state: 'closed', attempts: 3 });
  expect(stateOf('head')).toMatchObject({ state: 'unclear', why: expect.stringContaining('status 403') });
});
