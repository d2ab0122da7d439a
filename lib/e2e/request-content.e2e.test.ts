import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { makeProject, OWN_SCENARIO } from './own-project.ts';
import { callTool } from './tool.ts';

/** What a service was asked, with the content type and the content, and how often. */
type Asked = Map<string, { readonly content: readonly string[]; count: number }>;

let asked: Asked;
let url: string;
beforeEach(async () => {
  asked = new Map();
  const service = createServer(async (request, reply) => {
    await note(request);
    reply.writeHead(request.method === 'GET' ? 200 : 201, { 'X-Kind': 'right' }).end('{"total": 2}');
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});

async function note(request: IncomingMessage): Promise<void> {
  const key = `${request.method} ${request.url}`;
  const content = await contentOf(request);
  asked.set(key, { content, count: (asked.get(key)?.count ?? 0) + 1 });
}

/** Its type and its bytes; of a form in parts, each of them. */
async function contentOf(request: IncomingMessage): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return [type, body.toString('latin1')];
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const parts = [...form].map(async ([name, field]) =>
    field instanceof File
      ? `${name}: ${field.name}, ${field.type}, ${Buffer.from(await field.arrayBuffer()).toString('hex')}`
      : `${name}: ${field}`,
  );
  return ['multipart/form-data', ...(await Promise.all(parts)).sort()];
}

const ENDPOINTS = `
const common = { category: 'orders', expectedStatuses: [200, 201] };
const endpoints = [
  defineEndpoint({ ...common, id: 'list', path: '/orders', query: { page: 2, q: 'zwei Wörter & mehr', tag: ['a', 'b'] }, check: ({ body, headers }) => JSON.parse(body).total === 2 && headers['X-Kind'] === 'right' }),
  defineEndpoint({ ...common, id: 'create', path: '/orders', method: 'POST', json: { sku: 'ä-1', quantity: 2 } }),
  defineEndpoint({ ...common, id: 'patch', path: '/orders/7', method: 'PATCH', json: [1], headers: { 'content-type': 'application/merge-patch+json' } }),
  defineEndpoint({ ...common, id: 'log-in', path: '/login', method: 'POST', form: { user: 'a b', word: '&=?' } }),
  defineEndpoint({ ...common, id: 'upload', path: '/files', method: 'POST', form: { title: 'two', file: { name: 'a.bin', data: new Uint8Array([0, 255, 10]).buffer, type: 'image/png' } } }),
  defineEndpoint({ ...common, id: 'raw', path: '/raw', method: 'PUT', body: new Uint8Array([0, 254]).buffer }),
  defineEndpoint({ ...common, id: 'search', path: '/search', json: { match: 'x' } }),
];`;

it('endpoints send their query, JSON, form, files and bytes, as often as the report says', async () => {
  const folder = makeProject({
    declarations: ENDPOINTS,
    endpoints: 'endpoints',
    budgets: '{ overall: { successShare: 1 }, everyEndpoint: { successShare: 1 }, endpoints: {} }',
    plan: '{ users: k6.fixedWork({ users: 2, requestsPerEndpoint: 2 }) }',
  });
  const end = await callTool(['run', OWN_SCENARIO, '--no-baseline'], { BASE_URL: url }, folder);
  expect(end.exitCode, end.stdout + end.stderr).toBe(0);
  const list = '/orders?page=2&q=zwei%20W%C3%B6rter%20%26%20mehr&tag=a&tag=b';
  expect(Object.fromEntries([...asked].map(([key, { content }]) => [key, content]))).toEqual({
    [`GET ${list}`]: ['', ''],
    'POST /orders': ['application/json', Buffer.from('{"sku":"ä-1","quantity":2}').toString('latin1')],
    'PATCH /orders/7': ['application/merge-patch+json', '[1]'],
    'POST /login': ['application/x-www-form-urlencoded', 'user=a%20b&word=%26%3D%3F'],
    'POST /files': ['multipart/form-data', 'file: a.bin, image/png, 00ff0a', 'title: two'],
    'PUT /raw': ['', '\x00\xfe'],
    'GET /search': ['application/json', '{"match":"x"}'],
  });
  const results = path.join(folder, 'results');
  const run = readFileSync(path.join(results, 'latest'), 'utf8').trim();
  const summary = JSON.parse(readFileSync(path.join(results, run, 'summary.json'), 'utf8')) as RunSummary;
  expect(summary.endpoints.map(({ requests, outcomes }) => [requests, outcomes.ok])).toEqual(Array(7).fill([4, 4]));
  expect([...asked.values()].map(({ count }) => count)).toEqual(Array(7).fill(4));
});
