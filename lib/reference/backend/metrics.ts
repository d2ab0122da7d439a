import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export const METRICS_PATH = '/metrics';

/** What the service says of itself, for Prometheus: memory, CPU, event loop, open connections. */
export function routeMetrics(app: FastifyInstance): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'http_open_connections',
    help: 'Connections that clients have open.',
    registers: [register],
    async collect() {
      this.set(await countConnections(app.server));
    },
  });
  app.get(METRICS_PATH, async (_request, reply) =>
    reply.header('content-type', register.contentType).send(await register.metrics()),
  );
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
