import type { Socket } from 'node:net';
import { parseKnobs } from './knobs.ts';
import { listen } from './listen.ts';
import { closeAtOnce, createService } from './server.ts';
import { TruthLedger } from './truth.ts';
import { createTruthListener } from './truth-listener.ts';

/** A reference backend that listens in this process. */
export interface OpenBackend {
  /** Base URL of the service. */
  readonly url: string;
  /** Base URL of the listener that has the truth alone. */
  readonly truthUrl: string;
  readonly truth: TruthLedger;
  /** Cuts every connection and gives both ports back. */
  close(): void;
}

/**
 * Opens the service and the listener of its truth.
 * @param args the flags of the backend
 * @throws UserError for a flag that is wrong, and for a port that cannot be had
 */
export async function openBackend(args: readonly string[]): Promise<OpenBackend> {
  const knobs = parseKnobs(args);
  const truth = new TruthLedger();
  const service = await createService(knobs, truth);
  const truthListener = createTruthListener(truth);
  // The server knows its HTTP connections only, and forgets those that became WebSockets.
  const connections = new Set<Socket>();
  service.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const { host } = knobs;
  return {
    url: await listen(service.server, { host, port: knobs.port, flag: '--port' }),
    truthUrl: await listen(truthListener, { host, port: knobs.truthPort, flag: '--truth-port' }),
    truth,
    close: () => {
      closeAtOnce(service);
      for (const connection of connections) connection.destroy();
      truthListener.close();
      truthListener.closeAllConnections();
    },
  };
}
