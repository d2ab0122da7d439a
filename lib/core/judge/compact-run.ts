import type { EndpointSummary, Measured } from '../measure/measured.ts';
import { type CompactLatency, compact } from '../measure/merge-latencies.ts';
import type { RunSummary } from './run-summary.ts';

/** A summary without the room that its ladders and curves take: of a thousand only these stay in memory. */
export interface CompactRun extends Omit<RunSummary, 'endpoints' | 'totals' | 'overTime' | 'custom'> {
  readonly endpoints: readonly (Omit<EndpointSummary, 'latencyMs'> & CompactMeasured)[];
  readonly totals: CompactMeasured;
}

export interface CompactMeasured extends Omit<Measured, 'latencyMs'> {
  readonly latencyMs: { readonly all: CompactLatency; readonly ok: CompactLatency };
}

export function compactRun({ overTime: _, custom: __, ...summary }: RunSummary): CompactRun {
  return {
    ...summary,
    totals: compactMeasured(summary.totals),
    endpoints: summary.endpoints.map((endpoint) => ({ ...endpoint, ...compactMeasured(endpoint) })),
  };
}

function compactMeasured({ requests, outcomes, latencyMs }: Measured): CompactMeasured {
  return { requests, outcomes, latencyMs: { all: compact(latencyMs.all), ok: compact(latencyMs.ok) } };
}
