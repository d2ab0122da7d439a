import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Ledger } from './ledger.ts';

/** Answers each message on a WebSocket with the same, whatever its path. */
export function addSockets(server: Server, ledger: Ledger): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    ledger.socketOpened(new URL(request.url ?? '/', 'http://any').pathname);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('message', (message, isBinary) => opened.send(message, { binary: isBinary }));
      opened.on('error', () => opened.terminate());
    });
  });
  return sockets;
}
