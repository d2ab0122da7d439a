import type { EndpointOverTime } from '../../core/measure/endpoints-over-time.ts';
import type { StoredEndpoint } from '../../core/measure/measured.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import type { RunEvidence } from './evidence.ts';
import { type LoadMark, loadMarks } from './load-marks.ts';

/** The endpoints of one run over time, as many as a reader can choose from: summary.json has them all. */
export interface EndpointCurves {
  readonly runId: string;
  readonly scenario: string;
  /** ISO 8601; absent where it is not known. */
  readonly loadStartedAt?: string;
  /** Of its load, by the plan. */
  readonly marks: readonly LoadMark[];
  /** The end of each period, in seconds since the load began; figures stand in their order. */
  readonly atSeconds: readonly number[];
  /**
   * Those that a threshold of their own is crossed by stand first, then those with failed requests, each with the highest
   * share of them first; then the slowest by p95 of successful responses over the whole run.
   */
  readonly curves: readonly EndpointCurve[];
  /** Paths of those that are not among them, in the same order. */
  readonly leftOut: readonly string[];
}

export interface EndpointCurve {
  readonly id: string;
  /** Of several endpoints with one path, the id. */
  readonly path: string;
  /** Whether a threshold of its own is crossed, or a request failed. */
  readonly hasProblem: boolean;
  /** Null in a period without an ok reply. */
  readonly okP95Ms: readonly (number | null)[];
  /** Requests that were neither ok nor answered by 429. */
  readonly failed: readonly number[];
}

/** As many as have dashes of their own. */
export const MOST_CURVES = 10;

interface RankedCurve extends EndpointCurve {
  readonly isCrossed: boolean;
  readonly failedShare: number;
  readonly p95: number;
}

type RunWithCurves = Pick<RunEvidence, 'runId' | 'scenario' | 'overTime' | 'loadStartedAt' | 'load' | 'thresholds'> & {
  readonly endpoints: readonly StoredEndpoint[];
};

/** Undefined where nothing is known of them, and of a single endpoint, which is the whole run. */
export function endpointCurves(run: RunWithCurves): EndpointCurves | undefined {
  const { runId, scenario, endpoints, overTime, loadStartedAt, load, thresholds } = run;
  const facts = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const ofPath = groupBy(endpoints, ({ path }) => path);
  const namesOne = (path: string) => ofPath.get(path)?.length === 1;
  const crossed = new Set(thresholds.flatMap(({ endpoint, verdict }) => (verdict === 'fail' ? endpoint : []) ?? []));
  const all = (overTime?.endpoints ?? []).flatMap((curve): RankedCurve[] => {
    const endpoint = facts.get(curve.id);
    if (endpoint === undefined || sum(curve.requests) === 0) return [];
    const named = namesOne(endpoint.path) ? endpoint : { ...endpoint, path: endpoint.id };
    return [ranked(curve, named, crossed.has(curve.id))];
  });
  if (overTime === undefined || all.length < 2) return undefined;
  const inOrder = all.sort(
    (a, b) => Number(b.isCrossed) - Number(a.isCrossed) || b.failedShare - a.failedShare || b.p95 - a.p95,
  );
  return {
    runId,
    scenario,
    ...present({ loadStartedAt }),
    marks: loadMarks(load),
    atSeconds: overTime.atSeconds,
    curves: inOrder.slice(0, MOST_CURVES).map(({ isCrossed: _, failedShare: __, p95: ___, ...curve }) => curve),
    leftOut: inOrder.slice(MOST_CURVES).map(({ path }) => path),
  };
}

function ranked(
  { id, requests, ok, limited, okP95Ms }: EndpointOverTime,
  { path, latencyMs }: StoredEndpoint,
  isCrossed: boolean,
): RankedCurve {
  const failed = requests.map((count, i) => count - (ok[i] ?? 0) - (limited[i] ?? 0));
  const failedShare = sum(failed) / sum(requests);
  return {
    id,
    path,
    isCrossed,
    failedShare,
    p95: latencyMs.ok.p95 ?? 0,
    hasProblem: isCrossed || failedShare > 0,
    okP95Ms,
    failed,
  };
}
