import type { FastifyInstance } from 'fastify';

/** So many requests are let through, then none. */
const LIMIT = 20;

/** What fails, each time in the same way. */
export function addFailing(app: FastifyInstance): void {
  let flaky = 0;
  let limited = 0;
  app.get('/failing', (_request, reply) => reply.code(500).send({ error: 'always' }));
  // Every third request.
  app.get('/flaky', (_request, reply) => {
    flaky += 1;
    return flaky % 3 === 0 ? reply.code(503).send({ error: 'every third time' }) : { ok: true };
  });
  app.get('/limited', (_request, reply) => {
    limited += 1;
    return limited > LIMIT ? reply.code(429).header('retry-after', '1').send() : { ok: true };
  });
  app.get('/reset', (request, reply) => {
    reply.hijack();
    request.raw.socket.destroy();
  });
}
