import { describe, expect, it } from 'vitest';
import type { EndpointOverTime } from '../../core/measure/endpoints-over-time.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { endpointSummary } from '../../testing/runs.ts';
import { endpointCurves } from './endpoint-curves.ts';

interface Each {
  readonly outcomes: OutcomeCounts;
  readonly p95: readonly (number | null)[];
  readonly requests: readonly number[];
  readonly limited?: readonly number[];
  readonly medianMs?: number;
}

function curvesOf(all: Readonly<Record<string, Each>>, atSeconds = [1, 2]) {
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
  return endpointCurves({ runId: 'r', scenario: 's', endpoints, overTime: { atSeconds, endpoints: curves } });
}

const WELL: Each = { outcomes: { ok: 2 }, p95: [10, 10], requests: [1, 1] };

describe('endpoints over time', () => {
  it('are not told of a single endpoint, of one that was asked alone, and where nothing recorded them', () => {
    expect(curvesOf({ a: WELL })).toBeUndefined();
    expect(curvesOf({ a: WELL, b: { outcomes: {}, p95: [null, null], requests: [0, 0] } })).toBeUndefined();
    expect(endpointCurves({ runId: 'r', scenario: 's', endpoints: [] })).toBeUndefined();
  });

  it('are the slowest by their whole p95, and those that failed most', () => {
    const curves = curvesOf({
      fast: WELL,
      slow: { outcomes: { ok: 2 }, p95: [10, 10], requests: [1, 1], medianMs: 500 },
      failing: { outcomes: { server_error: 5 }, p95: [null, null], requests: [2, 3] },
      limited: { outcomes: { ok: 1, rate_limited: 4, timeout: 1 }, p95: [9, null], requests: [3, 3], limited: [2, 2] },
    });
    expect(curves?.slowest.map(({ id }) => id)).toEqual(['slow', 'fast', 'limited']);
    expect(curves?.failing.map(({ id, failed }) => [id, failed])).toEqual([
      ['failing', [2, 3]],
      ['limited', [0, 1]],
    ]);
  });

  it('are named by their paths, and by their ids where several have one path', () => {
    const endpoints = ['read', 'write', 'list'].map((id) =>
      endpointSummary(id, { path: id === 'list' ? '/orders' : '/orders/{id}', outcomes: { ok: 1 } }),
    );
    const columns = { requests: [1], ok: [1], limited: [0], okP50Ms: [1], okP95Ms: [1] };
    const overTime = { atSeconds: [1], endpoints: endpoints.map(({ id }) => ({ id, ...columns })) };
    const curves = endpointCurves({ runId: 'r', scenario: 's', endpoints, overTime });
    expect(curves?.slowest.map(({ path }) => path)).toEqual(['read', 'write', '/orders']);
  });

  it('are eight at most, and the others are named', () => {
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, i): [string, Each] => [
        `e${i}`,
        { outcomes: { ok: 2, timeout: i }, p95: [10, 10], requests: [1 + i, 1], medianMs: 100 - i },
      ]),
    );
    const curves = curvesOf(many);
    expect(curves?.slowest.map(({ id }) => id)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7']);
    expect(curves?.notSlowest).toEqual(['/api/e8', '/api/e9', '/api/e10']);
    expect(curves?.failing[0]?.id).toBe('e10');
    expect(curves?.notFailingMost).toEqual(['/api/e2', '/api/e1']);
  });
});
