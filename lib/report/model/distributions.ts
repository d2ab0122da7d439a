import type { QuantileLadder } from '../../core/measure/quantile-ladder.ts';
import type { Evidence } from './evidence.ts';

/** How the latency of `ok` replies is distributed, as points for a chart. */
export interface Distribution {
  /** An endpoint's path; absent for all endpoints together. */
  readonly path?: string;
  readonly count: number;
  readonly ladder: QuantileLadder;
}

/** As many as can be told apart on a page; of more, the slowest. */
export const MOST_DISTRIBUTIONS = 12;

export function distributionsOf({ totals, endpoints }: Evidence): Distribution[] {
  const own = endpoints.flatMap(({ path, latencyMs: { ok } }) =>
    ok.ladder === undefined || ok.count === 0 ? [] : [{ path, count: ok.count, ladder: ok.ladder, p95: ok.p95 ?? 0 }],
  );
  const slowest = new Set([...own].sort((a, b) => b.p95 - a.p95).slice(0, MOST_DISTRIBUTIONS));
  const { ok } = totals.latencyMs;
  return [
    ...(ok.ladder === undefined || ok.count === 0 ? [] : [{ count: ok.count, ladder: ok.ladder }]),
    ...own.filter((distribution) => slowest.has(distribution)).map(({ p95: _, ...distribution }) => distribution),
  ];
}
