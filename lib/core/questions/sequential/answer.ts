import type { EndpointSummary } from '../../measure/measured.ts';
import { present } from '../../spec/present.ts';

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
      ...present({ p50Ms: ok.p50, p95Ms: ok.p95, maxMs: ok.max }),
    })),
  };
}
