import type { EndpointSummary, JourneySummary, Measured } from '../measure/measured.ts';
import { type CompactLatency, compact } from '../measure/merge-latencies.ts';
import { present } from '../spec/present.ts';
import type { RunSummary } from './run-summary.ts';

/** A summary without the room that its ladders and curves take: of a thousand only these stay in memory. */
export interface CompactRun extends Omit<RunSummary, 'endpoints' | 'journeys' | 'totals' | 'overTime' | 'custom'> {
  readonly journeys?: readonly CompactJourney[];
  readonly endpoints: readonly (Omit<EndpointSummary, 'latencyMs'> & CompactMeasured)[];
  readonly totals: CompactMeasured;
}

export interface CompactJourney extends Omit<JourneySummary, 'durationMs'> {
  readonly durationMs: CompactLatency;
}

export interface CompactMeasured extends Omit<Measured, 'latencyMs'> {
  readonly latencyMs: { readonly all: CompactLatency; readonly ok: CompactLatency };
}

export function compactRun({ overTime: _, custom: __, journeys, ...summary }: RunSummary): CompactRun {
  return {
    ...summary,
    ...present({ journeys: journeys?.map((each) => ({ ...each, durationMs: compact(each.durationMs) })) }),
    totals: compactMeasured(summary.totals),
    endpoints: summary.endpoints.map((endpoint) => ({ ...endpoint, ...compactMeasured(endpoint) })),
  };
}

function compactMeasured({ requests, outcomes, latencyMs }: Measured): CompactMeasured {
  return { requests, outcomes, latencyMs: { all: compact(latencyMs.all), ok: compact(latencyMs.ok) } };
}
