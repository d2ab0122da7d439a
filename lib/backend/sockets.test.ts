import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { echoSocket } from '../endpoints/index.ts';
import { startBackend } from './start-backend.ts';

vi.setConfig({ testTimeout: 30_000 });

/** What becomes of a socket: `open`, or how it ends. */
function meet(url: string): Promise<{ readonly fate: string; readonly socket: InstanceType<typeof WebSocket> }> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  return new Promise((resolve) => {
    const end = (fate: string) => resolve({ fate, socket });
    socket.on('unexpected-response', (_request, reply) => end(`status ${reply.statusCode}`));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.on('open', () => setTimeout(() => end('open'), 200));
    socket.on('close', (code) => end(`closed ${code}`));
    setTimeout(() => end('nothing'), 1500);
  });
}

describe('the echo socket', () => {
  test('answers each message with the same, and is counted', async () => {
    const backend = await startBackend();
    try {
      const { socket } = await meet(backend.url + echoSocket.path);
      const answer = new Promise((resolve) => socket.on('message', (data) => resolve(String(data))));
      socket.send('hello');
      expect(await answer).toBe('hello');
      expect((await backend.readTruth()).sockets).toEqual({ open: 1, most: 1, opened: 1, refused: 0 });
      socket.close();
      await vi.waitFor(async () => expect((await backend.readTruth()).sockets.open).toBe(0));
    } finally {
      await backend.stop();
    }
  });

  test('is not on any other path', async () => {
    const backend = await startBackend();
    try {
      expect((await meet(`${backend.url}/ws/other`)).fate).toBe('status 404');
    } finally {
      await backend.stop();
    }
  });

  test.each([
    ['refuse', 'status 503'],
    ['reset', 'ECONNRESET'],
    ['close', 'closed 1013'],
    ['hang', 'nothing'],
  ])('beyond its cap: %s', async (whenFull, fate) => {
    const backend = await startBackend({ args: ['--socket-cap', '1', '--sockets-when-full', whenFull] });
    try {
      const first = await meet(backend.url + echoSocket.path);
      const second = await meet(backend.url + echoSocket.path);
      expect([first.fate, second.fate]).toEqual(['open', fate]);
      expect((await backend.readTruth()).sockets).toMatchObject({ most: 1, opened: 1, refused: 1 });
      first.socket.terminate();
      second.socket.terminate();
    } finally {
      await backend.stop();
    }
  });
});
