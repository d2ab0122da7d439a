import { describe, expect, test } from 'vitest';
import { Capacity, ConnectionPool } from './bottleneck.ts';
import { startBackend } from './start-backend.ts';

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
  async function statuses(url: string, count: number): Promise<number[]> {
    return await Promise.all(Array.from({ length: count }, async () => (await fetch(`${url}/api/health`)).status));
  }

  test('with a pool that fails fast answers 503 when all connections are held, and counts it', async () => {
    const args = ['--pool-size', '3', '--pool-hold-ms', '300', '--pool-when-full', 'fail'];
    const backend = await startBackend({ args });
    try {
      const found = await statuses(backend.url, 10);
      expect(found.filter((status) => status === 200)).toHaveLength(3);
      expect(found.filter((status) => status === 503)).toHaveLength(7);
      expect((await backend.readTruth()).endpoints.health.delivered).toEqual({ 200: 3, 503: 7 });
    } finally {
      await backend.stop();
    }
  });

  test('with a capacity lets what comes faster wait', async () => {
    const backend = await startBackend({ args: ['--capacity', '50'] });
    try {
      const startedAt = performance.now();
      expect(new Set(await statuses(backend.url, 25))).toEqual(new Set([200]));
      expect(performance.now() - startedAt).toBeGreaterThan(490);
    } finally {
      await backend.stop();
    }
  });
});
