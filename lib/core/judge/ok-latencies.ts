import type { Latency } from '../measure/quantile-ladder.ts';
import type { Budget } from '../spec/budget.ts';

/** A figure of how long `ok` replies take, on which there can be a limit. */
export interface OkLatency {
  /** `p95 of ok replies`. */
  readonly title: string;
  readonly of: (ok: Latency) => number | undefined;
  /** Of a percentile, 0-1. */
  readonly quantile?: number;
  /** As k6 writes it among its thresholds. */
  readonly statistic: string;
}

export type OkLatencyMetric = Extract<keyof Budget, `ok${string}Ms`>;

export const OK_LATENCIES: Readonly<Record<OkLatencyMetric, OkLatency>> = {
  okP95Ms: { title: 'p95 of successful responses', of: ({ p95 }) => p95, quantile: 0.95, statistic: 'p(95)' },
  okP50Ms: { title: 'p50 of successful responses', of: ({ p50 }) => p50, quantile: 0.5, statistic: 'med' },
  okP99Ms: { title: 'p99 of successful responses', of: ({ p99 }) => p99, quantile: 0.99, statistic: 'p(99)' },
  okMeanMs: { title: 'mean of successful responses', of: ({ avg }) => avg, statistic: 'avg' },
};

export const OK_LATENCY_METRICS = Object.keys(OK_LATENCIES) as OkLatencyMetric[];

/** The figure that a threshold is on, where it is one of these. */
export function okLatencyOf(metric: string): OkLatency | undefined {
  return Object.hasOwn(OK_LATENCIES, metric) ? OK_LATENCIES[metric as OkLatencyMetric] : undefined;
}
