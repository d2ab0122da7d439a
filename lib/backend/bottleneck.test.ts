import { describe, expect, test, vi } from 'vitest';
import { openForTest } from './backend-for-test.ts';
import { Capacity, ConnectionPool } from './bottleneck.ts';

describe('a capacity', () => {
  function capacityOf(requestsPerSecond: number) {
    let now = 0;
    const waits: number[] = [];
    const capacity = new Capacity(
      requestsPerSecond,
      () => now,
      async (ms) => waits.push(ms),
    );
    return {
      waits,
      passAt: async (ms: number) => {
        now = ms;
        expect(await capacity.pass()).toBe(true);
      },
    };
  }

  test('serves requests one after another, however late the timers of others are', async () => {
    const { passAt, waits } = capacityOf(100);
    for (const at of [0, 0, 0, 5, 25]) await passAt(at);
    expect(waits).toEqual([10, 20, 30, 35, 25]);
  });

  test('that was idle owes nothing for it', async () => {
    const { passAt, waits } = capacityOf(10);
    await passAt(0);
    await passAt(10_000);
    expect(waits).toEqual([100, 100]);
  });
});

describe('a pool of connections', () => {
  test('that fails fast tells those for whom none is free', async () => {
    const pool = new ConnectionPool({ size: 2, holdMs: 20, whenFull: 'fail' });
    expect(await Promise.all([pool.pass(), pool.pass(), pool.pass()])).toEqual([true, true, false]);
    expect(await pool.pass()).toBe(true);
  });

  test('that lets them wait serves them in their order, never more at once than it holds', async () => {
    const pool = new ConnectionPool({ size: 2, holdMs: 10, whenFull: 'wait' });
    const done: number[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        await pool.pass();
        done.push(i);
      }),
    );
    expect(done.map((i) => Math.floor(i / 2))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(await Promise.all([pool.pass(), pool.pass()])).toEqual([true, true]);
  });
});

describe('the service', () => {
  test('with a pool that fails fast answers 503 when all connections are held, and counts it', async () => {
    const anHour = String(3_600_000);
    const backend = await openForTest('--pool-size', '3', '--pool-hold-ms', anHour, '--pool-when-full', 'fail');
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      fetch(`${backend.url}/api/health`).then(
        ({ status }) => statuses.push(status),
        () => {},
      );
    }
    await vi.waitFor(() => expect(statuses).toHaveLength(7), { timeout: 30_000 });
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect((await backend.readTruth()).endpoints.health).toMatchObject({ delivered: { 503: 7 }, inFlight: 3 });
  });

  test('with a pool in which a connection is free answers 200, one request after another', async () => {
    const backend = await openForTest('--pool-size', '1', '--pool-hold-ms', '1', '--pool-when-full', 'fail');
    for (let i = 0; i < 5; i += 1) expect((await fetch(`${backend.url}/api/health`)).status).toBe(200);
  });

  test('with a capacity lets what comes faster wait', async () => {
    const backend = await openForTest('--capacity', '50');
    const startedAt = performance.now();
    const replies = await Promise.all(Array.from({ length: 25 }, () => fetch(`${backend.url}/api/health`)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(performance.now() - startedAt).toBeGreaterThan(490);
  });
});
