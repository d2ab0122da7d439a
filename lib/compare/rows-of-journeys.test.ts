import { describe, expect, it } from 'vitest';
import { renderComparisonJunit } from '../report/comparison/render-comparison-junit.ts';
import { pairsOf } from '../testing/compared-runs.ts';
import { BESIDES, journeySummary } from '../testing/journeys.ts';
import { compareRuns } from './compare-runs.ts';
import type { Comparison, RowMetric } from './comparison.ts';
import { nameOf } from './describe.ts';

/** Run i of an arm is so much slower than its median. */
const LUCK = [0, 0.01, -0.008, 0.004, -0.006];

interface Arm {
  readonly medianMs?: number;
  readonly stopped?: number;
  readonly completed?: number;
  readonly name?: string;
}

function compared(base: Arm, head: Arm, policy: Parameters<typeof compareRuns>[0]['policy'] = {}): Comparison {
  const arms = pairsOf(5, (side, pair) => {
    const { medianMs = 1000, stopped = 5, completed = 500, name = 'buy' } = side === 'base' ? base : head;
    const slower = 1 + (LUCK[(pair * (side === 'head' ? 3 : 1)) % LUCK.length] ?? 0);
    const journey = journeySummary(name, completed, {
      started: completed + stopped,
      medianMs: medianMs * slower,
      ...(stopped > 0 ? { stoppedAt: { order: stopped } } : {}),
    });
    return { endpoints: { order: { medianMs: 40 * slower } }, changes: { journeys: [journey] } };
  });
  return compareRuns({ ...arms, policy });
}

function rowOf({ rows }: Comparison, metric: RowMetric) {
  return rows.find((row) => row.metric === metric && row.journey === 'buy') ?? expect.fail(`no row ${metric}`);
}

describe('a journey is compared as an endpoint is', () => {
  it('and passes where nothing changed', () => {
    const comparison = compared({}, {});
    expect(comparison.decision).toBe('pass');
    expect(rowOf(comparison, 'p95')).toMatchObject({ family: 'endpoint latency', state: 'unchanged' });
    expect(rowOf(comparison, 'failures')).toMatchObject({ family: 'endpoint failures', change: 0 });
    expect(rowOf(comparison, 'mean')).toMatchObject({ family: 'information', title: 'mean of completed journeys' });
  });

  it('and fails where it got slower', () => {
    const comparison = compared({}, { medianMs: 1300 });
    expect(comparison).toMatchObject({ decision: 'fail', exitCode: 1 });
    expect(comparison.headline).toContain('journey buy: p95 of completed journeys');
    expect(rowOf(comparison, 'p95').change).toBeCloseTo(0.3, 1);
    expect(renderComparisonJunit(comparison)).toContain('classname="k6-verdict.compare.sustained.journey buy"');
  });

  it('and fails where fewer are completed', () => {
    const comparison = compared({}, { stopped: 60 });
    expect(comparison.decision).toBe('fail');
    expect(comparison.headline).toContain('journey buy: journeys that were not completed');
  });

  it('by a lower percentile where few are completed', () => {
    const comparison = compared({ completed: 100 }, { completed: 100 });
    expect(rowOf(comparison, 'p75')).toMatchObject({
      family: 'endpoint latency',
      decidesBecause: 'decides: 100 completed journeys in some run, and a p95 needs 400',
    });
  });

  it('and what is said of one row is said of no other', () => {
    const accept = [{ metric: 'p95', journey: 'buy', until: '2026-12-31', reason: 'PERF-12' }] as const;
    expect(compared({}, { medianMs: 1300 }, { accept, today: '2026-11-24' }).decision).not.toBe('fail');
    const ofEndpoint = [{ metric: 'p95', endpoint: 'buy', until: '2026-12-31', reason: 'PERF-12' }] as const;
    expect(compared({}, { medianMs: 1300 }, { accept: ofEndpoint, today: '2026-11-24' }).decision).toBe('fail');
  });
});

it('what a script sends beside its endpoints has no row', () => {
  const arms = pairsOf(2, (side) => ({ endpoints: { order: { medianMs: 40 } }, changes: { release: side } }));
  const head = arms.head.map((run) => ({ ...run, endpoints: [...run.endpoints, BESIDES] }) as typeof run);
  const names = compareRuns({ base: arms.base, head }).rows.map(nameOf);
  expect(names.filter((name) => name.startsWith('not declared'))).toEqual([]);
});
