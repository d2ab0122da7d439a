import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cookiesOf } from './sessions.ts';

/** As k6's examples ask httpbin.org: what was sent comes back. */
export function addHttpbin(app: FastifyInstance): void {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    app.route({ method, url: `/${method.toLowerCase()}`, handler: echoOf });
  app.get('/cookies', (request) => ({ cookies: cookiesOf(request) }));
  app.get<{ Querystring: Record<string, string> }>('/cookies/set', ({ query }, reply) =>
    reply
      .header(
        'set-cookie',
        Object.entries(query).map(([name, value]) => `${name}=${value}; Path=/`),
      )
      .redirect('/cookies'),
  );
  app.get<{ Params: { times: string } }>('/redirect/:times', ({ params }, reply) =>
    reply.redirect(Number(params.times) > 1 ? `/redirect/${Number(params.times) - 1}` : '/get'),
  );
  addAuthentication(app);
}

function echoOf({ query, headers, body, url }: FastifyRequest) {
  const isForm = /urlencoded/.test(headers['content-type'] ?? '');
  // httpbin names headers as they are usually written.
  const written = Object.entries(headers).map(([name, value]) => [
    name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
    value,
  ]);
  return {
    args: query,
    headers: Object.fromEntries(written),
    url,
    form: isForm ? body : {},
    json: isForm ? null : (body ?? null),
  };
}

function addAuthentication(app: FastifyInstance): void {
  type Named = { Params: { user: string; password: string } };
  app.get<Named>('/basic-auth/:user/:password', ({ params: { user, password }, headers }, reply) => {
    const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (headers.authorization === wanted) return { authenticated: true, user };
    return reply.code(401).header('www-authenticate', 'Basic realm="Fake Realm"').send();
  });
  // Whether the digest is right is k6's matter: that one came is enough here.
  app.get<Named>('/digest-auth/auth/:user/:password', ({ params: { user }, headers }, reply) => {
    if (/^Digest /.test(headers.authorization ?? '')) return { authenticated: true, user };
    const challenge = 'Digest realm="fake@realm", nonce="dcd98b7102dd", qop="auth", opaque="5ccc069c403e"';
    return reply.code(401).header('www-authenticate', challenge).send();
  });
}
