import { medianOf } from '../../core/spec/median.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import type { LoadMark } from './load-marks.ts';
import type { OverTime, OverTimePoint } from './over-time.ts';

/** Consecutive periods of a run, taken together. */
export interface TimeBucket {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly requests: number;
  readonly ok: number;
  readonly limited: number;
  readonly failed: number;
  /** Of its periods: the middle median, and the highest p95 and p99. Absent without an ok reply. */
  readonly okMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** The most that were active at the end of a period. Absent where it was not recorded. */
  readonly mostUsers?: number;
  /** Those that stand in it. */
  readonly marks: readonly LoadMark[];
}

const MOST_BUCKETS = 12;

/** Buckets of as many periods each, but for the last one: they hold every period once, so that their counts add up. */
export function timeBuckets({ points, marks }: Pick<OverTime, 'points' | 'marks'>): TimeBucket[] {
  const size = Math.max(1, Math.ceil(points.length / MOST_BUCKETS));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const fromSeconds = points[i * size - 1]?.atSeconds ?? 0;
    return bucketOf(points.slice(i * size, (i + 1) * size), fromSeconds, marks);
  });
}

/** All of them as one. */
export function wholeOf(points: readonly OverTimePoint[]): TimeBucket {
  return bucketOf(points, 0, []);
}

function bucketOf(points: readonly OverTimePoint[], fromSeconds: number, marks: readonly LoadMark[]): TimeBucket {
  const total = (count: (point: OverTimePoint) => number) => sum(points.map(count));
  const latencies = points.flatMap(({ okMs }) => okMs ?? []);
  const users = points.flatMap(({ activeUsers }) => activeUsers ?? []);
  const toSeconds = points.at(-1)?.atSeconds ?? fromSeconds;
  return {
    fromSeconds,
    toSeconds,
    marks: marks.filter(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds < toSeconds),
    requests: total(({ requests }) => requests),
    ok: total(({ ok }) => ok),
    limited: total(({ limited }) => limited),
    failed: total(({ failed }) => failed),
    ...present({
      okMs:
        latencies.length === 0
          ? undefined
          : {
              p50: medianOf(latencies.map(({ p50 }) => p50)) ?? 0,
              p95: Math.max(...latencies.map(({ p95 }) => p95)),
              p99: Math.max(...latencies.map(({ p99 }) => p99)),
            },
      mostUsers: users.length === 0 ? undefined : Math.max(...users),
    }),
  };
}
