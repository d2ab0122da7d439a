import type { ServerSample } from '../../measure/server-sample.ts';
import type { Timeline } from '../../measure/timeline.ts';
import { sum } from '../../spec/sum.ts';
import { thinned } from '../thinned.ts';
import { type Drift, driftOf, type Fineness, SETTLING_SHARE, type Significance } from './drift.ts';

/** Does it leak or slow down over hours? */
export interface SoakPlan {
  readonly kind: 'soak';
  /** Whether the metrics of the target are read. */
  readonly hasServerMetrics: boolean;
}

export interface DriftRow extends Drift {
  readonly figure: 'p95' | 'failures' | 'memory' | 'connections';
  readonly unit: 'ms' | 'share' | 'bytes' | 'count';
}

export interface SoakStudy {
  readonly kind: 'soak';
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly seconds: number;
  readonly drifts: readonly DriftRow[];
  /** Figures that cannot be told, and why. */
  readonly missing: readonly string[];
  /** Over time, for charts; of many, every n-th. */
  readonly server: readonly {
    readonly atSeconds: number;
    readonly memoryBytes?: number;
    readonly openConnections?: number;
  }[];
}

const MOST_POINTS = 300;
const MEBIBYTE = 1024 ** 2;

const MATTERS: Readonly<Record<DriftRow['figure'], Significance>> = {
  p95: { share: 0.05, absolute: 2 },
  failures: { share: 0, absolute: 0.005 },
  memory: { share: 0.1, absolute: 8 * MEBIBYTE },
  connections: { share: 0.1, absolute: 5 },
};

/** Latency is measured finely; allocators ask for memory in pieces; connections are whole. */
export const RESOLUTIONS: Readonly<Record<Exclude<DriftRow['figure'], 'failures'>, number>> = {
  p95: 0.01,
  memory: MEBIBYTE,
  connections: 1,
};

/** Of requests without a failure, this divided by their number may fail all the same (99 %). */
const UNSEEN_FAILURES = 4.6;

/** A change of the share of failures between the first and the last quarter that may go unseen. */
function failureResolution(points: Timeline['points']): number {
  const end = points.at(-1)?.atSeconds ?? 0;
  const requests = sum(
    points.filter(({ atSeconds }) => atSeconds >= SETTLING_SHARE * end).map((point) => point.requests),
  );
  return Math.min(1, (4 * UNSEEN_FAILURES) / Math.max(1, requests));
}

export function studySoak(
  timeline: Timeline | undefined,
  serverSamples: readonly ServerSample[],
  {
    loadStartedAt,
    seconds,
    hasServerMetrics,
  }: { loadStartedAt: string | undefined; seconds: number; hasServerMetrics: boolean },
): SoakStudy {
  const startMs = loadStartedAt === undefined ? Number.NaN : Date.parse(loadStartedAt);
  const points = timeline?.points ?? [];
  const server = serverSamples
    .map(({ at, ...figures }) => ({ atSeconds: (Date.parse(at) - startMs) / 1000, ...figures }))
    .filter(({ atSeconds }) => atSeconds >= 0 && atSeconds <= seconds);
  const failed = (point: (typeof points)[number]) =>
    1 - ((point.outcomes.ok ?? 0) + (point.outcomes.rate_limited ?? 0)) / point.requests;
  const of = (key: 'memoryBytes' | 'openConnections') =>
    server.flatMap((sample) =>
      sample[key] === undefined ? [] : [{ atSeconds: sample.atSeconds, value: sample[key] }],
    );
  const rows: readonly (readonly [
    DriftRow['figure'],
    DriftRow['unit'],
    readonly { atSeconds: number; value: number }[],
  ])[] = [
    [
      'p95',
      'ms',
      points.flatMap(({ atSeconds, okMs }) => (okMs === undefined ? [] : [{ atSeconds, value: okMs.p95 }])),
    ],
    [
      'failures',
      'share',
      points.flatMap((point) => (point.requests === 0 ? [] : [{ atSeconds: point.atSeconds, value: failed(point) }])),
    ],
    ['memory', 'bytes', of('memoryBytes')],
    ['connections', 'count', of('openConnections')],
  ];
  const drifts = rows.flatMap(([figure, unit, values]) => {
    const fineness: Fineness =
      figure === 'failures'
        ? { centre: 'mean', resolution: failureResolution(points) }
        : { centre: 'median', resolution: RESOLUTIONS[figure] };
    const drift = driftOf(values, MATTERS[figure], fineness);
    return drift === undefined ? [] : [{ figure, unit, ...drift }];
  });
  const missing = rows.flatMap(([figure, , values]) =>
    drifts.some((drift) => drift.figure === figure)
      ? []
      : [`${figure}: ${whyMissing(figure, values.length, hasServerMetrics)}`],
  );
  return {
    kind: 'soak',
    ...(points.length === 0
      ? { invalid: 'there is no record of the run over time, so that no drift can be told' }
      : {}),
    seconds,
    drifts,
    missing,
    server: thinned(server, MOST_POINTS),
  };
}

function whyMissing(figure: DriftRow['figure'], values: number, hasServerMetrics: boolean): string {
  if (values > 0) return `only ${values} values, which is too few for a drift`;
  if (figure === 'p95' || figure === 'failures') return 'nothing was recorded over time';
  return hasServerMetrics ? 'the metrics of the target do not say it' : 'METRICS_URL names no metrics of the target';
}
