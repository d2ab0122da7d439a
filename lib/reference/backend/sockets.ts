import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { echoSocket } from '../endpoints/index.ts';
import type { TruthLedger } from './truth.ts';

/** What becomes of a socket for which there is no place: a 503, a reset, a close after it opened, or nothing at all. */
export const WHEN_FULL = ['refuse', 'reset', 'close', 'hang'] as const;

export interface SocketKnobs {
  /** Sockets at a time. undefined: no limit. */
  readonly cap: number | undefined;
  readonly whenFull: (typeof WHEN_FULL)[number];
}

/** RFC 6455 §7.4.1 and its registry: try again later. */
const TRY_AGAIN_LATER = 1013;

/** Answers each message with the same, to as many sockets as there is place for. */
export function routeSockets(
  server: Server,
  { cap = Number.POSITIVE_INFINITY, whenFull }: SocketKnobs,
  truth: TruthLedger,
): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes in the middle of it all is no error of ours.
    socket.on('error', () => socket.destroy());
    if (request.url !== echoSocket.path) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const isFull = truth.sockets.open >= cap;
    if (isFull && whenFull !== 'close') {
      truth.socketRefused();
      refuse(socket, whenFull);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      if (isFull) {
        truth.socketRefused();
        opened.close(TRY_AGAIN_LATER);
        return;
      }
      truth.socketOpened();
      opened.on('message', (message, isBinary) => opened.send(message, { binary: isBinary }));
      opened.on('error', () => opened.terminate());
      opened.on('close', () => truth.socketClosed());
    });
  });
}

function refuse(socket: Duplex, how: 'refuse' | 'reset' | 'hang'): void {
  if (how === 'refuse')
    socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  if (how === 'reset' && 'resetAndDestroy' in socket)
    (socket as Duplex & { resetAndDestroy(): void }).resetAndDestroy();
}
