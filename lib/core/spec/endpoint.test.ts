import { describe, expect, it } from 'vitest';
import { defineEndpoint, defineEndpoints, type EndpointDefinition, type HttpMethod, isSafe } from './endpoint.ts';
import { UserError } from './errors.ts';

const definition: EndpointDefinition = { id: 'stats', path: '/api/stats', category: 'System' };
const define = (changes: Partial<EndpointDefinition>) => defineEndpoint({ ...definition, ...changes });

it('an endpoint is a GET that expects 200 within 30 s unless it says otherwise', () => {
  expect(defineEndpoint(definition)).toEqual({
    ...definition,
    method: 'GET',
    expectedStatuses: [200],
    timeoutMs: 30_000,
  });
  const said = { ...definition, method: 'POST', expectedStatuses: [201, 409], timeoutMs: 500, body: '{}' } as const;
  expect(defineEndpoint(said)).toEqual(said);
});

it.each(['system-stats', 'a', 'with space', 'GET:list', 'größe', '[x]', 'a|b'])('takes the id %j', (id) => {
  expect(define({ id }).id).toBe(id);
});

it.each(['', 'a,b', 'a{b', 'a}b', 'a\nb', 'a\rb', ' a', 'a ', '"a', "a'", '\ta', '\n'])(
  'refuses the id %j, which cannot be a k6 tag value',
  (id) => {
    expect(() => define({ id })).toThrow(UserError);
    expect(() => define({ id })).toThrow(`received: ${JSON.stringify(id)}`);
  },
);

it.each(['/', '/api/system/stats', '/a;b=c', '/a%20b', '/%C3%A9', '/größe', '/@me'])('takes the path %j', (path) => {
  expect(define({ path }).path).toBe(path);
});

it.each([
  '',
  'api',
  'http://evil.com/',
  '@evil.com',
  '/a?b=c',
  '/a#b',
  '/a b',
  '/a\nb',
  ' /a',
  '/a\0',
  '/a\u007f',
  '/%',
  '/a%2',
  '/%zz',
])('refuses the path %j', (path) => {
  expect(() => define({ path })).toThrow(/^The path of endpoint "stats" is not a path\./);
});

describe('impossible numbers are refused with the name of the endpoint', () => {
  const limit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  it.each<[string, Partial<EndpointDefinition>]>([
    ['list of expected statuses', { expectedStatuses: [] }],
    ['list of expected statuses', { expectedStatuses: [200, 99] }],
    ['list of expected statuses', { expectedStatuses: [600] }],
    ['list of expected statuses', { expectedStatuses: [200.5] }],
    ['timeout', { timeoutMs: 0 }],
    ['timeout', { timeoutMs: -1 }],
    ['timeout', { timeoutMs: 1e12 }],
    ['timeout', { timeoutMs: Number.NaN }],
    ['timeout', { timeoutMs: Number.POSITIVE_INFINITY }],
    ['rate limit', { rateLimit: null as never }],
    ['rate limit', { rateLimit: 60 as never }],
    ['rate limit', { rateLimit: { ...limit, requests: 0 } }],
    ['rate limit', { rateLimit: { ...limit, requests: 1.5 } }],
    ['rate-limit window', { rateLimit: { ...limit, windowSeconds: 0 } }],
    ['rate-limit window', { rateLimit: { ...limit, windowSeconds: Number.NaN } }],
  ])('%s: %j', (what, changes) => {
    expect(() => define(changes)).toThrow(UserError);
    expect(() => define(changes)).toThrow(`The ${what} of endpoint "stats" is impossible.`);
  });

  it('and what was received is the number, not what holds it', () => {
    expect(() => define({ rateLimit: { ...limit, requests: 0 } })).toThrow(/received: zero/);
    expect(() => define({ rateLimit: { ...limit, windowSeconds: Number.POSITIVE_INFINITY } })).toThrow(
      /received: no finite number/,
    );
  });

  it('while the edges of what is possible are taken', () => {
    const edges = { expectedStatuses: [100, 599], timeoutMs: 1, rateLimit: { ...limit, requests: 1 } };
    expect(define(edges)).toMatchObject(edges);
  });
});

it('a list of endpoints comes back as it is, in its order', () => {
  const list = [define({ id: 'b' }), define({ id: 'a' })] as const;
  expect(defineEndpoints(list)).toBe(list);
});

it('two endpoints with one id are refused, even with different paths', () => {
  const twice = [define({ id: 'a' }), define({ id: 'b' }), define({ id: 'a', path: '/other' })];
  expect(() => defineEndpoints(twice)).toThrow(UserError);
  expect(() => defineEndpoints(twice)).toThrow('"a" twice');
});

it.each<[HttpMethod, boolean]>([
  ['GET', true],
  ['HEAD', true],
  ['OPTIONS', true],
  ['POST', false],
  ['PUT', false],
  ['PATCH', false],
  ['DELETE', false],
])('%s may be sent at rest: %s', (method, safe) => {
  expect(isSafe({ method })).toBe(safe);
});
