import type { OutcomeCounts } from './outcome.ts';

/** One run over time, from k6's own dashboard record. */
export interface Timeline {
  /** Between two points. The first and the last point can be up to half a period longer, or shorter. */
  readonly periodSeconds: number;
  /** In order, at least two. Of a whole record their requests add up to those of the run, outcome by outcome. */
  readonly points: readonly TimelinePoint[];
}

/** One period of the load. What was not measured in it is undefined. */
export interface TimelinePoint {
  /** The end of the period, in seconds since the load began. */
  readonly atSeconds: number;
  /** Requests of the load whose reply, or failure, k6 counted in this period. */
  readonly requests: number;
  /** By outcome, `ok` included; they add up to `requests`. Outcomes that did not happen may be absent. */
  readonly outcomes: OutcomeCounts;
  readonly requestsPerSecond: number;
  /** Of `ok` replies, in milliseconds; k6 keeps about five digits. Absent where requests at rest are among them. */
  readonly okMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly activeUsers?: number;
}
