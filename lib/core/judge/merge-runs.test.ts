import { describe, expect, it } from 'vitest';
import { endpointSummary, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import { present } from '../spec/present.ts';
import { mergeRuns } from './merge-runs.ts';
import type { RunSummary } from './run-summary.ts';

/** One of the k6 processes of a run. */
function part(instance: number, changes: Partial<RunSummary> = {}, of = 2): RunSummary {
  const summary = runSummary(
    measuredRun(
      [
        endpointSummary('projects', { outcomes: { ok: 500, server_error: instance }, okMedianMs: 20 * instance }),
        endpointSummary('agents', { outcomes: { ok: 500 }, okMedianMs: 30 }),
      ],
      {
        runId: 'shared',
        load: loadRecord({
          windowSeconds: 60,
          usersAtEnd: 25,
          iterations: { completed: 1000 + instance, dropped: instance, failed: 0 },
          segment: { of },
        }),
      },
    ),
    { instance },
  );
  return { ...summary, ...changes };
}

/** Without their records. */
const alone = (summaries: readonly RunSummary[]) => summaries.map((summary) => ({ summary }));

const at = (second: number) => new Date(Date.parse('2026-11-23T19:00:00Z') + second * 1000).toISOString();

describe('processes that ran at the same time', () => {
  const merged = mergeRuns(alone([part(2), part(1)]));

  it('have the memory of their worst moments', () => {
    const withMemory = (instance: number, leastAvailableBytes: number, mostOfLimitBytes: number) => {
      const whole = part(instance);
      const memory = { leastAvailableBytes, swapGrownBytes: instance, limitBytes: 1000, mostOfLimitBytes };
      return { ...whole, host: { ...whole.host, memory } };
    };
    expect(mergeRuns(alone([withMemory(1, 50, 900), withMemory(2, 80, 300)])).host.memory).toEqual({
      leastAvailableBytes: 50,
      swapGrownBytes: 2,
      limitBytes: 1000,
      mostOfLimitBytes: 900,
    });
    expect(merged.host).not.toHaveProperty('memory');
  });

  it('add up in every count, and their percentiles are those of all requests', () => {
    expect(merged.totals.requests).toBe(2003);
    expect(merged.totals.outcomes).toEqual({ ok: 2000, server_error: 3 });
    expect(merged.endpoints.map(({ id, requests }) => [id, requests])).toEqual([
      ['projects', 1003],
      ['agents', 1000],
    ]);
    expect(merged.load.iterations).toEqual({ completed: 2003, dropped: 3, failed: 0 });
    const [projects] = merged.endpoints;
    expect(projects?.latencyMs.ok.count).toBe(1000);
    expect(projects?.latencyMs.ok.p50).toBeGreaterThan(20);
    expect(projects?.latencyMs.ok.p50).toBeLessThan(40);
    const [low = 0, high = 0] = projects?.latencyMs.ok.brackets?.p95 ?? [];
    expect(low).toBeLessThanOrEqual(projects?.latencyMs.ok.p95 ?? 0);
    expect(high).toBeGreaterThanOrEqual(projects?.latencyMs.ok.p95 ?? 0);
  });

  it('say why a teardown failed, and what else ended one of them counts first', () => {
    const failed = part(1, { k6ExitCode: 107 });
    const cleared = { ...failed, load: { ...failed.load, failedTeardown: 'Error: no order' } };
    expect(mergeRuns(alone([cleared, part(2)]))).toMatchObject({
      k6ExitCode: 107,
      verdict: 'fail',
      load: { failedTeardown: 'Error: no order' },
    });
    expect(mergeRuns(alone([cleared, part(2, { k6ExitCode: 105 })]))).toMatchObject({
      k6ExitCode: 105,
      verdict: 'incomplete',
    });
  });

  it('have the rate of all of them over one window, and all their users', () => {
    expect(merged.load.windowSeconds).toBe(60);
    expect(merged.load.requestsPerSecond).toBeCloseTo(2003 / 60, 9);
    expect(merged.load.usersAtEnd).toBe(50);
    expect(merged.load.segment).toBeUndefined();
  });

  it('are judged together: one error more than is allowed fails the whole', () => {
    expect(merged.verdict).toBe('fail');
    expect(merged.reasons.join()).toContain('server errors (5xx): 3');
    expect(merged.mergedFrom?.map(({ instance }) => instance)).toEqual([1, 2]);
  });

  it('that crossed a threshold each by itself are held to what all of them found', () => {
    const own = (instance: number) => part(instance, { k6ExitCode: 99, verdict: 'fail' });
    expect(mergeRuns(alone([own(1), own(2)])).k6ExitCode).toBe(0);
    expect(mergeRuns(alone([own(1), part(2, { k6ExitCode: 107 })]))).toMatchObject({
      k6ExitCode: 107,
      verdict: 'incomplete',
    });
  });
});

it('processes that followed each other have one window from the first start to the last end, and the users of the last', () => {
  const later = (instance: number, second: number) => {
    const whole = part(instance, { loadStartedAt: at(second), startedAt: at(second), endedAt: at(second + 60) });
    const { segment: _, ...load } = whole.load;
    return { ...whole, load };
  };
  const merged = mergeRuns(alone([later(1, 0), later(2, 61)]));
  expect(merged.load.windowSeconds).toBe(121);
  expect(merged.load.requestsPerSecond).toBeCloseTo(2003 / 121, 9);
  expect(merged.load.usersAtEnd).toBe(25);
  expect(merged.durationSeconds).toBe(121);
});

describe('refused are', () => {
  it.each<[string, () => RunSummary[], RegExp]>([
    ['none at all', () => [], /nothing to merge/],
    ['repeated runs', () => [part(1), part(2, { runId: 'other' })], /compared, never merged/],
    ['another workload', () => [part(1), part(2, { fingerprint: 'sha256:ffff' })], /did not have the same workload/],
    ['one process twice', () => [part(1), part(1)], /Two summaries are of instance 1/],
    [
      'a copy under another number',
      () => [part(1), part(1, { instance: 2 })],
      /Instance 2 of shared is a copy of instance 1/,
    ],
    ['a process missing', () => [part(1, {}, 3), part(3, {}, 3)], /2 of 3 processes, without 2/],
    ['what is merged already', () => [mergeRuns(alone([part(1), part(2)])), part(3)], /cannot be merged again/],
    ['one alone', () => [part(1)], /nothing to merge/],
  ])('%s', (_, summaries, message) => expect(() => mergeRuns(alone(summaries()))).toThrow(message));
});

describe('interrupted iterations', () => {
  const interrupted = (instance: number, count?: number) => {
    const { load, ...rest } = part(instance);
    const iterations = { ...load.iterations, ...present({ interrupted: count }) };
    return { ...rest, load: { ...load, iterations } };
  };

  it('add up where each process says how many it had', () => {
    expect(mergeRuns(alone([interrupted(1, 2), interrupted(2, 3)])).load.iterations.interrupted).toBe(5);
    expect(mergeRuns(alone([interrupted(1, 2), interrupted(2)])).load.iterations).not.toHaveProperty('interrupted');
  });
});
