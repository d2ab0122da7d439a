import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TruthLedger, type Visit } from '../truth.ts';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

const aCaller = (): Visit => new TruthLedger().requestReceived('projects');

function poolOf(options: Partial<WorkerPoolOptions>): WorkerPool {
  return new WorkerPool({ workers: 2, stallMs: 1_000, onStall: () => {}, ...options });
}

describe('the worker pool', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('holds a worker for as long as its job says', async () => {
    const pool = poolOf({});
    const over = vi.fn();
    pool.work(aCaller(), () => 20).then(over);
    await vi.advanceTimersByTimeAsync(19);
    expect([pool.held, over.mock.calls.length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(1);
    expect([pool.held, over.mock.calls.length]).toEqual([0, 1]);
  });

  test('serves who came last first, when a worker is free again', async () => {
    const pool = poolOf({ workers: 1 });
    const order: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      pool.work(aCaller(), () => 10).then(() => order.push(name));
    }
    expect([pool.held, pool.waiting]).toEqual([1, 2]);
    await vi.advanceTimersByTimeAsync(30);
    expect(order).toEqual(['first', 'third', 'second']);
  });

  test('tells each job how many are in the house when its turn comes', async () => {
    const pool = poolOf({ workers: 2 });
    const inHouse: number[] = [];
    for (let job = 0; job < 4; job += 1) {
      pool.work(aCaller(), (count) => {
        inHouse.push(count);
        return 10;
      });
    }
    await vi.advanceTimersByTimeAsync(20);
    expect(inHouse).toEqual([1, 2, 3, 2]);
  });

  test('lets a caller that goes leave the line, but not the worker that it holds', async () => {
    const pool = poolOf({ workers: 1 });
    const [served, waiting] = [aCaller(), aCaller()];
    const [servedOver, waitingOver] = [vi.fn(), vi.fn()];
    pool.work(served, () => 100).then(servedOver);
    pool.work(waiting, () => 100).then(waitingOver);
    served.abandoned();
    waiting.abandoned();
    await vi.advanceTimersByTimeAsync(99);
    expect([pool.held, pool.waiting]).toEqual([1, 0]);
    expect([servedOver.mock.calls.length, waitingOver.mock.calls.length]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect([pool.held, servedOver.mock.calls.length]).toEqual([0, 1]);
  });

  test('does nothing for a caller that has gone before', async () => {
    const pool = poolOf({});
    const gone = aCaller();
    gone.abandoned();
    await pool.work(gone, () => 100);
    expect(pool.held).toBe(0);
  });

  test('stalls once for each time that all workers are held too long while somebody waits', async () => {
    const onStall = vi.fn();
    const pool = poolOf({ onStall });
    const hang = () => pool.work(aCaller(), () => 5_000);
    for (let job = 0; job < 5; job += 1) hang();
    await vi.advanceTimersByTimeAsync(999);
    expect(onStall).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(onStall).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(onStall).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['nobody waits', { jobs: 2, holdMs: 5_000 }],
    ['workers come free again and again', { jobs: 50, holdMs: 900 }],
  ])('does not stall when %s', async (_name, { jobs, holdMs }) => {
    const onStall = vi.fn();
    const pool = poolOf({ onStall });
    for (let job = 0; job < jobs; job += 1) pool.work(aCaller(), () => holdMs);
    await vi.advanceTimersByTimeAsync(jobs * holdMs);
    expect([pool.held, onStall.mock.calls.length]).toEqual([0, 0]);
  });
});
