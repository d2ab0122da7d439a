import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { EndpointOverTime } from '../../core/measure/endpoints-over-time.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { endpointSummary, FIXTURES } from '../../testing/runs.ts';
import { endpointCurves, MOST_CURVES } from './endpoint-curves.ts';

interface Each {
  readonly outcomes: OutcomeCounts;
  readonly p95: readonly (number | null)[];
  readonly requests: readonly number[];
  readonly limited?: readonly number[];
  readonly medianMs?: number;
}

const { load, thresholds: healthyThresholds } = asStored(FIXTURES.healthy);
const ALONE = { runId: 'r', scenario: 's', load, thresholds: [] };
const crossedBy = (endpoint: string) =>
  healthyThresholds.slice(0, 1).map((each) => ({ ...each, endpoint, verdict: 'fail' as const }));

function curvesOf(all: Readonly<Record<string, Each>>, atSeconds = [1, 2], crossed?: string) {
  const endpoints = Object.entries(all).map(([id, { outcomes, medianMs = 10 }]) =>
    endpointSummary(id, { outcomes, okMedianMs: medianMs }),
  );
  const curves = Object.entries(all).map(
    ([id, { p95, requests, limited = requests.map(() => 0) }]): EndpointOverTime => ({
      id,
      requests,
      ok: p95.map((ms) => (ms === null ? 0 : 1)),
      limited,
      okP50Ms: p95,
      okP95Ms: p95,
    }),
  );
  const thresholds = crossed === undefined ? [] : crossedBy(crossed);
  return endpointCurves({ ...ALONE, thresholds, endpoints, overTime: { atSeconds, endpoints: curves } });
}

const WELL: Each = { outcomes: { ok: 2 }, p95: [10, 10], requests: [1, 1] };

describe('endpoints over time', () => {
  it('are not told of a single endpoint, of one that was asked alone, and where nothing recorded them', () => {
    expect(curvesOf({ a: WELL })).toBeUndefined();
    expect(curvesOf({ a: WELL, b: { outcomes: {}, p95: [null, null], requests: [0, 0] } })).toBeUndefined();
    expect(endpointCurves({ ...ALONE, endpoints: [] })).toBeUndefined();
  });

  it('are those with problems first, and then the slowest by their whole p95', () => {
    const all = {
      fast: WELL,
      slow: { outcomes: { ok: 2 }, p95: [10, 10], requests: [1, 1], medianMs: 500 },
      failing: { outcomes: { server_error: 5 }, p95: [null, null], requests: [2, 3] },
      limited: { outcomes: { ok: 1, rate_limited: 4, timeout: 1 }, p95: [9, null], requests: [3, 3], limited: [2, 2] },
    };
    expect(curvesOf(all)?.curves.map(({ id, failed, hasProblem }) => [id, failed, hasProblem])).toEqual([
      ['failing', [2, 3], true],
      ['limited', [0, 1], true],
      ['slow', [0, 0], false],
      ['fast', [0, 0], false],
    ]);
    const [first] = curvesOf(all, [1, 2], 'fast')?.curves ?? [];
    expect(first).toMatchObject({ id: 'fast', hasProblem: true });
  });

  it('are named by their paths, and by their ids where several have one path', () => {
    const endpoints = ['read', 'write', 'list'].map((id) =>
      endpointSummary(id, { path: id === 'list' ? '/orders' : '/orders/{id}', outcomes: { ok: 1 } }),
    );
    const columns = { requests: [1], ok: [1], limited: [0], okP50Ms: [1], okP95Ms: [1] };
    const overTime = { atSeconds: [1], endpoints: endpoints.map(({ id }) => ({ id, ...columns })) };
    const curves = endpointCurves({ ...ALONE, endpoints, overTime });
    expect(curves?.curves.map(({ path }) => path)).toEqual(['read', 'write', '/orders']);
  });

  it('are ten at most, and the others are named', () => {
    const many = Object.fromEntries(
      Array.from({ length: 13 }, (_, i): [string, Each] => [
        `e${i}`,
        { outcomes: { ok: 2, timeout: i }, p95: [10, 10], requests: [1 + i, 1], medianMs: 100 - i },
      ]),
    );
    const curves = curvesOf(many);
    expect(curves?.curves).toHaveLength(MOST_CURVES);
    expect(curves?.curves[0]?.id).toBe('e12');
    expect(curves?.leftOut).toEqual(['/api/e2', '/api/e1', '/api/e0']);
  });
});
