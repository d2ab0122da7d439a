import type { EndpointOverTime } from '../../core/measure/endpoints-over-time.ts';
import type { StoredEndpoint } from '../../core/measure/measured.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import type { RunEvidence } from './evidence.ts';

/** The endpoints of one run over time, as many as can be told apart: summary.json has them all. */
export interface EndpointCurves {
  readonly runId: string;
  readonly scenario: string;
  /** ISO 8601; absent where it is not known. */
  readonly loadStartedAt?: string;
  /** The end of each period, in seconds since the load began; figures stand in their order. */
  readonly atSeconds: readonly number[];
  /** The slowest first, by p95 of ok replies over the whole run. */
  readonly slowest: readonly EndpointCurve[];
  /** Paths of slower to faster ones that are not among them. */
  readonly notSlowest: readonly string[];
  /** Those with the most failed requests first; empty where nothing failed. */
  readonly failing: readonly EndpointCurve[];
  readonly notFailingMost: readonly string[];
}

export interface EndpointCurve {
  readonly id: string;
  /** Of several endpoints with one path, the id. */
  readonly path: string;
  /** Null in a period without an ok reply. */
  readonly okP95Ms: readonly (number | null)[];
  /** Requests that were neither ok nor answered by 429. */
  readonly failed: readonly number[];
}

/** More lines than that cannot be told apart. */
export const MOST_CURVES = 8;

interface Drawn extends EndpointCurve {
  readonly p95: number;
}

/** Undefined where nothing is known of them, and of a single endpoint, which is the whole run. */
export function endpointCurves({
  runId,
  scenario,
  endpoints,
  overTime,
  loadStartedAt,
}: Pick<RunEvidence, 'runId' | 'scenario' | 'overTime' | 'loadStartedAt'> & {
  readonly endpoints: readonly StoredEndpoint[];
}): EndpointCurves | undefined {
  const facts = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const ofPath = groupBy(endpoints, ({ path }) => path);
  const namesOne = (path: string) => ofPath.get(path)?.length === 1;
  const all = (overTime?.endpoints ?? []).flatMap((curve): Drawn[] => {
    const endpoint = facts.get(curve.id);
    if (endpoint === undefined || sum(curve.requests) === 0) return [];
    return [drawn(curve, namesOne(endpoint.path) ? endpoint : { ...endpoint, path: endpoint.id })];
  });
  if (overTime === undefined || all.length < 2) return undefined;
  const slow = all.filter(({ okP95Ms }) => okP95Ms.some((ms) => ms !== null)).sort((a, b) => b.p95 - a.p95);
  const failing = all.filter(({ failed }) => sum(failed) > 0).sort((a, b) => sum(b.failed) - sum(a.failed));
  return {
    runId,
    scenario,
    ...present({ loadStartedAt }),
    atSeconds: overTime.atSeconds,
    slowest: shown(slow),
    notSlowest: slow.slice(MOST_CURVES).map(({ path }) => path),
    failing: shown(failing),
    notFailingMost: failing.slice(MOST_CURVES).map(({ path }) => path),
  };
}

function shown(curves: readonly Drawn[]): EndpointCurve[] {
  return curves.slice(0, MOST_CURVES).map(({ p95: _, ...curve }) => curve);
}

function drawn({ id, requests, ok, limited, okP95Ms }: EndpointOverTime, { path, latencyMs }: StoredEndpoint): Drawn {
  return {
    id,
    path,
    p95: latencyMs.ok.p95 ?? 0,
    okP95Ms,
    failed: requests.map((count, i) => count - (ok[i] ?? 0) - (limited[i] ?? 0)),
  };
}
