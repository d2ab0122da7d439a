import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { echoSocket } from '../endpoints/index.ts';
import { openForTest } from './backend-for-test.ts';

const { WebSocket } = createRequire(import.meta.url)('ws') as typeof import('ws');

const GUARD = { timeout: 30_000 };

/** A socket and what became of it so far: `open` when it echoes, or how it ended. */
function meet(url: string) {
  const socket = new WebSocket(url.replace('http', 'ws'));
  onTestFinished(() => socket.terminate());
  const met = { socket, fate: 'nothing' };
  const end = (fate: string) => {
    if (met.fate === 'nothing') met.fate = fate;
  };
  socket.on('unexpected-response', (_request, reply) => end(`status ${reply.statusCode}`));
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  socket.on('open', () => socket.send('are you there?'));
  socket.on('message', () => end('open'));
  socket.on('close', (code) => end(`closed ${code}`));
  return met;
}

async function untilMet(met: { readonly fate: string }): Promise<void> {
  await vi.waitFor(() => expect(met.fate).not.toBe('nothing'), GUARD);
}

describe('the echo socket', () => {
  test('answers each message with the same, and is counted', async () => {
    const backend = await openForTest();
    const met = meet(backend.url + echoSocket.path);
    await untilMet(met);
    met.socket.send('hello');
    const [answer] = await once(met.socket, 'message');
    expect(String(answer)).toBe('hello');
    expect((await backend.readTruth()).sockets).toEqual({ open: 1, most: 1, opened: 1, refused: 0 });
    met.socket.close();
    await vi.waitFor(async () => expect((await backend.readTruth()).sockets.open).toBe(0), GUARD);
  });

  test('is not on any other path', async () => {
    const backend = await openForTest();
    const met = meet(`${backend.url}/ws/other`);
    await untilMet(met);
    expect(met.fate).toBe('status 404');
  });

  test.each([
    ['refuse', 'status 503'],
    ['reset', 'ECONNRESET'],
    ['close', 'closed 1013'],
    ['hang', 'nothing'],
  ])('beyond its cap: %s', async (whenFull, fate) => {
    const backend = await openForTest('--socket-cap', '1', '--sockets-when-full', whenFull);
    const first = meet(backend.url + echoSocket.path);
    await untilMet(first);
    expect(first.fate).toBe('open');
    const second = meet(backend.url + echoSocket.path);
    if (fate === 'nothing') {
      await vi.waitFor(async () => expect((await backend.readTruth()).sockets.refused).toBe(1), GUARD);
      // Time for an answer that must not come.
      await sleep(100);
    } else await untilMet(second);
    expect(second.fate).toBe(fate);
    expect((await backend.readTruth()).sockets).toMatchObject({ most: 1, opened: 1, refused: 1 });
    // The one that was there first is still served.
    first.socket.send('still?');
    expect(String((await once(first.socket, 'message'))[0])).toBe('still?');
  });
});
