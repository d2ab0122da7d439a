import type { EndpointSummary } from '../../measure/measured.ts';

/** How does it behave one user at a time? */
export interface SequentialPlan {
  readonly kind: 'sequential';
}

export interface SequentialStudy {
  readonly kind: 'sequential';
  readonly invalid?: string;
  /** Latency at rest: of the `ok` replies to one user. Absent where there was none. */
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly replies: number;
    readonly p50Ms?: number;
    readonly p95Ms?: number;
    readonly maxMs?: number;
  }[];
}

export function studySequential(endpoints: readonly EndpointSummary[]): SequentialStudy {
  return {
    kind: 'sequential',
    endpoints: endpoints.map(({ id, latencyMs: { ok } }) => ({
      endpoint: id,
      replies: ok.count,
      ...(ok.p50 === undefined ? {} : { p50Ms: ok.p50 }),
      ...(ok.p95 === undefined ? {} : { p95Ms: ok.p95 }),
      ...(ok.max === undefined ? {} : { maxMs: ok.max }),
    })),
  };
}
