import type { OutcomeCounts } from './outcome.ts';

/** One run over time, from its record. */
export interface Timeline {
  /** Between two points, or nearly so. The first and the last point can be up to half a period longer, or shorter. */
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
  /** Of `ok` replies, in milliseconds. */
  readonly okMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly activeUsers?: number;
}

/** A run over time, as far as it is known. */
export interface ParsedTimeline {
  readonly timeline?: Timeline;
  /** Why there is no timeline, or what it lacks: one sentence. */
  readonly note?: string;
}
