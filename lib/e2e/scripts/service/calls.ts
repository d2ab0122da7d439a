import { createServer, type Http2Server } from 'node:http2';
import type { Ledger } from './ledger.ts';

/** Replies as protocol buffers, by method. */
const REPLIES: Readonly<Record<string, Buffer>> = {
  // Feature { name = "here" }: field 1, a text of 4 bytes.
  '/main.FeatureExplorer/GetFeature': Buffer.from('\x0a\x04here'),
  // HealthCheckResponse { status = SERVING }: field 1, the number 1.
  '/grpc.health.v1.Health/Check': Buffer.from('\x08\x01'),
};

const UNIMPLEMENTED = '12';

/** gRPC without TLS, unary calls only. */
export function createCallServer(ledger: Ledger): Http2Server {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    const path = headers[':path'] ?? '';
    const reply = REPLIES[path];
    ledger.called(path.slice(1));
    stream.on('error', () => stream.destroy());
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      // The status of a call comes behind its reply.
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': reply === undefined ? UNIMPLEMENTED : '0' }));
    stream.resume();
    stream.end(reply === undefined ? undefined : framed(reply));
  });
  return server;
}

/** Not compressed, and its length before it. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
