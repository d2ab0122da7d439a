import { describe, expect, it } from 'vitest';
import { BYPASS_WAYS, type BypassWay } from '../../core/questions/rate-limit/limit-event.ts';
import { defineEndpoint, type Endpoint, type EndpointDefinition } from '../../core/spec/endpoint.ts';
import { variantsFor } from './bypass-variants.ts';

const endpointOf = (changes: Partial<EndpointDefinition>): Endpoint =>
  defineEndpoint({ id: 'stats', path: '/api/stats', category: 'Any', ...changes });

const variants = (way: BypassWay, changes: Partial<EndpointDefinition> = {}): Endpoint[] =>
  variantsFor(way, endpointOf(changes)).map((make) => make());

describe('a way around a limit changes of the request', () => {
  it.each<[BypassWay, Partial<EndpointDefinition>, string[]]>([
    ['trailing-slash', {}, ['/api/stats/']],
    ['double-slash', {}, ['//api/stats']],
    ['upper-case', {}, ['/API/STATS']],
    ['percent-encoding', {}, ['/api/stat%73']],
    ['percent-encoding', { path: '/api/v2/' }, ['/api/v%32/']],
    ['trailing-slash', { path: '/api/stats/' }, []],
    ['upper-case', { path: '/API/1' }, []],
    ['percent-encoding', { path: '/' }, []],
  ])('the path, for %s of %j: %j', (way, changes, paths) => {
    expect(variants(way, changes).map(({ path }) => path)).toEqual(paths);
  });

  it.each<[BypassWay, Partial<EndpointDefinition>, string[]]>([
    ['head', {}, ['HEAD']],
    ['options', {}, ['OPTIONS']],
    ['head', { method: 'HEAD' }, []],
    ['options', { method: 'OPTIONS' }, []],
    ['other-methods', {}, []],
    ['other-methods', { method: 'POST', otherMethods: ['PUT', 'POST', 'PATCH'] }, ['PUT', 'PATCH']],
  ])('the method, for %s of %j: %j', (way, changes, methods) => {
    expect(variants(way, changes).map(({ method }) => method)).toEqual(methods);
  });

  it.each([
    ['x-forwarded-for', 'X-Forwarded-For'],
    ['x-real-ip', 'X-Real-IP'],
  ] as const)('the address that it says to come from, for %s', (way, header) => {
    const [make] = variantsFor(way, endpointOf({ headers: { Accept: 'text/plain' } }));
    const addresses = Array.from({ length: 50 }, () => make?.().headers?.[header]);
    for (const address of addresses) expect(address).toMatch(/^198\.51\.100\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])$/);
    expect(new Set(addresses).size).toBeGreaterThan(1);
    expect(make?.().headers).toMatchObject({ Accept: 'text/plain' });
  });

  it('nothing, for a fresh connection', () => {
    const endpoint = endpointOf({});
    expect(variantsFor('fresh-connection', endpoint).map((make) => make())).toEqual([endpoint]);
  });
});

it.each(BYPASS_WAYS)('%s keeps all else of the endpoint', (way) => {
  const { path: _, method: __, headers: ___, ...expected } = endpointOf({ otherMethods: ['POST'] });
  const all = variants(way, { otherMethods: ['POST'] });
  expect(all.length).toBeGreaterThan(0);
  for (const { path: _, method: __, headers: ___, ...rest } of all) expect(rest).toEqual(expected);
});
