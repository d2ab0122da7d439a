import type { FastifyInstance } from 'fastify';
import type { Sessions } from './sessions.ts';

/** The methods of WebDAV that this answers, and with what. */
const STATUS_OF: Readonly<Record<string, number>> = { PROPFIND: 207, MKCOL: 201, MOVE: 201 };

/** A folder of files by WebDAV, for who has a credential: methods that are no everyday ones. */
export function addDav(app: FastifyInstance, sessions: Sessions): void {
  const options = { preHandler: sessions.require };
  for (const [method, status] of Object.entries(STATUS_OF)) {
    app.addHttpMethod(method, { hasBody: true });
    app.route({
      method,
      url: '/dav/files/:name',
      ...options,
      handler: (_request, reply) => reply.code(status).type('application/xml').send('<multistatus/>'),
    });
  }
  app.put('/dav/files/:name', options, (_request, reply) => reply.code(201).send());
  app.delete('/dav/files/:name', options, (_request, reply) => reply.code(204).send());
}
