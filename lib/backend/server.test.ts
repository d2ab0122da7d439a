import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sum } from '../core/sum.ts';
import { type EndpointId, endpoints } from '../endpoints/index.ts';
import { type BackendForTest, openForTest, openForTests } from './backend-for-test.ts';
import { payloads } from './payloads/index.ts';
import type { Truth, TruthCounts } from './truth.ts';

/** The service waits for as long as a test wants it to, and says how long it would have waited. */
const waits = vi.hoisted(() => ({
  wanted: [] as number[],
  areHeld: false,
  held: [] as (() => void)[],
  release() {
    for (const go of this.held.splice(0)) go();
  },
}));

vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => {
    waits.wanted.push(ms);
    return waits.areHeld ? new Promise<void>((go) => waits.held.push(go)) : Promise.resolve();
  },
}));

afterEach(() => {
  waits.areHeld = false;
  waits.release();
  waits.wanted = [];
  vi.restoreAllMocks();
});

/** Each test uses endpoints of its own, so that one backend can show every knob. */
const misbehaving = [
  ['--hang', 'auth-validate'],
  ['--status', 'health=404'],
  ['--reset-share', 'projects=0.1'],
  ['--error-share', 'projects=0.2'],
  ['--delay-ms', 'agents-active=300'],
  ['--delay-ms', 'system-disk=10', '--slow-share', 'system-disk=0.1', '--slow-delay-ms', '300'],
  ['--rate-limit-window-seconds', 'system-ports=1'],
].flat();

const pathOf = (id: EndpointId) => endpoints.find((endpoint) => endpoint.id === id)?.path ?? '/';

function times<Value>(count: number, act: () => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: count }, act));
}

/** The status of each reply, or 'none' where none came. */
async function statusesOf(base: string, id: EndpointId, count: number): Promise<(number | 'none')[]> {
  return await times(count, async () => {
    try {
      const reply = await fetch(base + pathOf(id));
      await reply.arrayBuffer();
      return reply.status;
    } catch {
      return 'none';
    }
  });
}

function countOf<Value>(values: readonly Value[], wanted: Value): number {
  return values.filter((value) => value === wanted).length;
}

function accountedFor({ delivered, abandoned, reset, inFlight }: TruthCounts): number {
  return sum(Object.values(delivered)) + abandoned + reset + inFlight;
}

function expectToAddUp(truth: Truth): void {
  for (const counts of [truth.totals, ...Object.values(truth.endpoints)]) {
    expect(accountedFor(counts)).toBe(counts.received);
  }
}

async function sendRaw(base: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.on('error', () => {});
  await new Promise<void>((sent) => socket.write(text, () => sent()));
  return socket;
}

const requestTo = (id: EndpointId) => `GET ${pathOf(id)} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

async function truthOnce(backend: BackendForTest, holds: (truth: Truth) => boolean): Promise<Truth> {
  return await vi.waitUntil(
    async () => {
      const truth = await backend.readTruth();
      return holds(truth) && truth;
    },
    { timeout: 30_000, interval: 5 },
  );
}

describe('the service', () => {
  let backend: BackendForTest;
  beforeAll(async () => {
    backend = await openForTests(...misbehaving);
  });
  beforeEach(() => backend.resetTruth());
  afterAll(() => backend?.stop());

  test('answers an endpoint with its payload and counts the reply and its time', async () => {
    const reply = await fetch(`${backend.url}/api/system/network?verbose=1`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await reply.json()).toEqual(payloads['system-network']);
    const idleTimeout = reply.headers.get('keep-alive');
    expect(idleTimeout).toBeNull();
    const { received, serviceMs } = (await backend.readTruth()).endpoints['system-network'];
    expect([received, serviceMs[200]?.length]).toEqual([1, 1]);
    expect(serviceMs[200]?.[0]).toBeGreaterThan(0);
  });

  test('accepts no more than the declared limit, which reset counts do not bring back', async () => {
    const statuses = await statusesOf(backend.url, 'agents', 70);
    expect([countOf(statuses, 200), countOf(statuses, 429)]).toEqual([60, 10]);
    const truth = await backend.readTruth();
    expect(truth.endpoints.agents.delivered).toEqual({ 200: 60, 429: 10 });
    await backend.resetTruth();
    expect(await statusesOf(backend.url, 'agents', 1)).toEqual([429]);
  });

  test('tells a Retry-After that is true', async () => {
    let now = Math.ceil(performance.now());
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    await statusesOf(backend.url, 'system-ports', 30);
    const rejected = await fetch(backend.url + pathOf('system-ports'));
    expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '1']);
    now += 999 * Number(rejected.headers.get('retry-after'));
    expect(await statusesOf(backend.url, 'system-ports', 1)).toEqual([429]);
    now += 1;
    expect(await statusesOf(backend.url, 'system-ports', 1)).toEqual([200]);
  });

  test('resets and fails exact shares of its requests', async () => {
    const statuses = await statusesOf(backend.url, 'projects', 100);
    expect([countOf(statuses, 200), countOf(statuses, 500), countOf(statuses, 'none')]).toEqual([70, 20, 10]);
    const truth = await backend.readTruth();
    expect(truth.endpoints.projects).toMatchObject({
      received: 100,
      delivered: { 200: 70, 500: 20 },
      reset: 10,
      abandoned: 0,
    });
    expectToAddUp(truth);
  });

  test('delays replies, some of them more', async () => {
    await statusesOf(backend.url, 'system-disk', 20);
    const times = (await backend.readTruth()).endpoints['system-disk'].serviceMs[200] ?? [];
    expect(times.length).toBe(20);
    expect(waits.wanted.filter((ms) => ms === 300)).toHaveLength(2);
    expect(waits.wanted.filter((ms) => ms === 10)).toHaveLength(18);
  });

  test('leaves a hanging endpoint without an answer until the client goes', async () => {
    const client = await sendRaw(backend.url, requestTo('auth-validate'));
    let answered = false;
    client.on('data', () => {
      answered = true;
    });
    const waiting = await truthOnce(backend, ({ totals }) => totals.inFlight === 1);
    expect(waiting.endpoints['auth-validate']).toMatchObject({ received: 1, abandoned: 0, inFlight: 1 });
    // Others are answered in the meantime.
    expect(await statusesOf(backend.url, 'agents-active', 20)).toEqual(Array(20).fill(200));
    expect([answered, client.closed]).toEqual([false, false]);
    expect(waits.wanted).toEqual(Array(20).fill(300));
    client.destroy();
    const left = await truthOnce(backend, ({ totals }) => totals.inFlight === 0);
    expect(left.endpoints['auth-validate']).toMatchObject({ received: 1, delivered: {}, abandoned: 1, inFlight: 0 });
  });

  test('counts as abandoned what a client closed, reset or pipelined and left', async () => {
    waits.areHeld = true;
    const slow = requestTo('agents-active');
    const clients = await Promise.all([
      sendRaw(backend.url, slow),
      sendRaw(backend.url, slow),
      sendRaw(backend.url, slow.repeat(12)),
    ]);
    await truthOnce(backend, ({ totals }) => totals.inFlight === 14);
    clients[0]?.end();
    clients[1]?.resetAndDestroy();
    clients[2]?.resetAndDestroy();
    const truth = await truthOnce(backend, ({ totals }) => totals.inFlight === 0);
    expect(truth.endpoints['agents-active']).toMatchObject({ received: 14, delivered: {}, abandoned: 14 });
    expect(truth.connections).toBe(3);
  });

  test('accounts for every request, whatever became of it', async () => {
    const hanging = await Promise.all([1, 2, 3].map(() => sendRaw(backend.url, requestTo('auth-validate'))));
    await truthOnce(backend, ({ totals }) => totals.inFlight === 3);
    hanging[0]?.destroy();
    await Promise.all([
      statusesOf(backend.url, 'health', 20),
      statusesOf(backend.url, 'projects', 50),
      statusesOf(backend.url, 'system-stats', 80),
      statusesOf(backend.url, 'agents-active', 5),
    ]);
    const truth = await truthOnce(backend, ({ totals }) => totals.inFlight === 2);
    expectToAddUp(truth);
    expect(truth.totals).toEqual({
      received: 158,
      delivered: { 200: 35 + 60 + 5, 404: 20, 429: 20, 500: 10 },
      abandoned: 1,
      reset: 5,
      inFlight: 2,
    });
    for (const client of hanging) client.destroy();
  });

  test('answers what belongs to no endpoint with 404, and counts it apart', async () => {
    const requests: [string, string][] = [
      ['GET', '/nowhere'],
      ['POST', '/api/system/info'],
      ['HEAD', '/api/system/info'],
      ['GET', '/api/%zz'],
    ];
    const replies = await Promise.all(requests.map(([method, path]) => fetch(backend.url + path, { method })));
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 400]);
    const truth = await backend.readTruth();
    expect(truth.unmatched).toEqual({ 400: 1, 404: 3 });
    expect(truth.totals.received).toBe(0);
  });

  test('tells its truth on its own port too', async () => {
    await statusesOf(backend.url, 'health', 2);
    const truth = (await (await fetch(`${backend.url}/__truth`)).json()) as Truth;
    expect(truth.endpoints.health.delivered).toEqual({ 404: 2 });
    expect((await fetch(`${backend.url}/__truth`, { method: 'DELETE' })).status).toBe(204);
    expect((await backend.readTruth()).totals.received).toBe(0);
  });
});

describe('a service that goes away', () => {
  test('answers its last requests, refuses connections afterwards, and still tells the truth', async () => {
    const backend = await openForTest('--close-after', '20', '--delay-ms', 'projects=100');
    expect((await fetch(backend.url + pathOf('health'))).headers.get('connection')).toBe('close');
    expect(await statusesOf(backend.url, 'health', 14)).toEqual(Array(14).fill(200));
    const idle = await sendRaw(backend.url, '');
    const idleClosed = new Promise<void>((resolve) => idle.once('close', () => resolve()));
    waits.areHeld = true;
    const last = statusesOf(backend.url, 'projects', 5);
    await truthOnce(backend, ({ totals }) => totals.inFlight === 5);
    expect(await statusesOf(backend.url, 'health', 1)).toEqual(['none']);
    waits.release();
    expect(await last).toEqual(Array(5).fill(200));
    await idleClosed;

    const refused = await fetch(backend.url + pathOf('health')).catch((error: Error) => error.cause);
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    const { totals } = await backend.readTruth();
    expect(totals).toEqual({ received: 21, delivered: { 200: 20 }, abandoned: 0, reset: 1, inFlight: 0 });
  });
});
