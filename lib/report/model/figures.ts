import type { Measured } from '../../core/measure/measured.ts';
import {
  countRequests,
  OUTCOME_LABELS,
  OUTCOMES,
  type Outcome,
  type OutcomeCounts,
} from '../../core/measure/outcome.ts';
import type { Latency } from '../../core/measure/quantile-ladder.ts';
import { sum } from '../../core/spec/sum.ts';

export interface OutcomeRow {
  readonly outcome: Outcome;
  readonly label: string;
  readonly count: number;
  readonly share: number;
}

/** Latency in milliseconds. Only `count` is there when nothing was measured. */
export type LatencyFigures = Omit<Latency, 'ladder'>;

/** Figures of one set of requests: the outcomes add up to the requests, their shares to 1. */
export interface ReportFigures {
  readonly requests: number;
  readonly outcomes: readonly OutcomeRow[];
  /** Of all requests, for information: k6 records 0 ms for whatever failed before it was sent. */
  readonly all: LatencyFigures;
  readonly ok: LatencyFigures;
}

export function figuresOf({ requests, outcomes, latencyMs }: Measured): ReportFigures {
  return {
    requests,
    outcomes: outcomeRows(outcomes),
    all: withoutLadder(latencyMs.all),
    ok: withoutLadder(latencyMs.ok),
  };
}

/** Outcomes that happened, `ok` first, the others by how often. */
export function outcomeRows(outcomes: OutcomeCounts): OutcomeRow[] {
  const total = countRequests(outcomes);
  return OUTCOMES.filter((outcome) => (outcomes[outcome] ?? 0) > 0)
    .map((outcome) => ({
      outcome,
      label: OUTCOME_LABELS[outcome],
      count: outcomes[outcome] ?? 0,
      share: (outcomes[outcome] ?? 0) / total,
    }))
    .sort((a, b) => Number(b.outcome === 'ok') - Number(a.outcome === 'ok') || b.count - a.count);
}

function withoutLadder({ ladder: _, ...figures }: Latency): LatencyFigures {
  return figures;
}

/** How often any of these happened. */
export function countOutcomes(outcomes: OutcomeCounts, ...wanted: readonly Outcome[]): number {
  return sum(wanted.map((outcome) => outcomes[outcome] ?? 0));
}

/** The middle one of some values, or the lower of the two in the middle; undefined of none. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
