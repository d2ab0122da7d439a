import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** A socket of k6 that does what a test tells it. */
class FakeSocket {
  readonly sent: string[] = [];
  readyState = 0;
  closings = 0;
  onopen?: () => void;
  onclose?: () => void;
  onerror?: (event: { error: string }) => void;
  onmessage?: (event: { data: string }) => void;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    k6.sockets.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closings += 1;
    this.readyState = 3;
    queueMicrotask(() => this.onclose?.());
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
}

const k6 = vi.hoisted(() => ({ sockets: [] as FakeSocket[], requests: [] as Record<string, string>[] }));

vi.mock('k6/websockets', () => ({ WebSocket: FakeSocket }));
vi.mock('k6/metrics', () => ({
  Trend: class {
    add(_: number, tags: Record<string, string>): void {
      k6.requests.push(tags);
    }
  },
}));

interface Dialogue {
  say(text: string): void;
  hear(atMostSeconds?: number): Promise<string>;
}

interface K6Side {
  holdDialogue(
    step: object,
    call: object,
    carried: object,
    dialogue: (socket: Dialogue) => unknown,
  ): Promise<{ readonly status: number }>;
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './dialogue.ts';
const { holdDialogue } = (await import(/* @vite-ignore */ file)) as K6Side;

const step = {
  endpoint: { id: 'chat', timeoutMs: 1000 },
  request: () => ({ url: 'http://127.0.0.1:8000/ws', params: { tags: { endpoint: 'chat' } } }),
  taken: (reply: object) => reply,
};

function talk(dialogue: (socket: Dialogue) => unknown) {
  const held = holdDialogue(step, {}, {}, dialogue);
  const socket = k6.sockets.at(-1);
  if (socket === undefined) throw new Error('No socket was made.');
  return { held, socket };
}

beforeEach(() => {
  vi.useFakeTimers();
  k6.requests.length = 0;
});
afterEach(() => vi.useRealTimers());

it('says and hears on an open socket, and closes it', async () => {
  const heard: string[] = [];
  const { held, socket } = talk(async ({ say, hear }) => {
    say('hello');
    heard.push(await hear(), await hear());
  });
  socket.open();
  socket.onmessage?.({ data: 'one' });
  socket.onmessage?.({ data: 'two' });
  expect((await held).status).toBe(101);
  expect({ heard, sent: socket.sent, closings: socket.closings }).toEqual({
    heard: ['one', 'two'],
    sent: ['hello'],
    closings: 1,
  });
  expect(socket.url).toBe('ws://127.0.0.1:8000/ws');
  expect(k6.requests).toEqual([{ endpoint: 'chat', status: '101', expected_response: 'true' }]);
});

it('a socket that fails once it was open is counted once, as what it was', async () => {
  const { held, socket } = talk(({ hear }) => hear());
  socket.open();
  socket.readyState = 3;
  socket.onerror?.({ error: 'connection reset' });
  socket.onclose?.();
  await expect(held).rejects.toThrow('the socket was closed');
  expect(k6.requests.map(({ status }) => status)).toEqual(['101']);
});

it('a socket that does not open is counted with the error that k6 has for it', async () => {
  const { held, socket } = talk(() => undefined);
  socket.onerror?.({ error: 'dial tcp: connection refused' });
  await expect(held).rejects.toThrow('the socket did not open: dial tcp: connection refused');
  expect(k6.requests).toEqual([
    {
      endpoint: 'chat',
      status: '0',
      expected_response: 'false',
      error: 'dial tcp: connection refused',
      error_code: '1212',
    },
  ]);
});

it('a socket that opens too late is a timeout, and is closed', async () => {
  const { held, socket } = talk(() => undefined);
  const failed = expect(held).rejects.toThrow('the socket did not open: timeout');
  await vi.advanceTimersByTimeAsync(1000);
  await failed;
  socket.open();
  expect(socket.closings).toBe(1);
  expect(k6.requests.map(({ error }) => error)).toEqual(['timeout']);
});

it('a message that does not come in time ends the journey', async () => {
  const { held, socket } = talk(({ hear }) => hear(2));
  socket.open();
  const failed = expect(held).rejects.toThrow('no message came within 2 s');
  await vi.advanceTimersByTimeAsync(2000);
  await failed;
  expect(socket.closings).toBe(1);
});
