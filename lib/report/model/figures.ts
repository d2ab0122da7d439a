import type { Measured } from '../../core/measure/measured.ts';
import type { Outcome, OutcomeCounts } from '../../core/measure/outcome.ts';
import { type OutcomeRow, outcomeRows } from '../../core/measure/outcome-rows.ts';
import type { Latency } from '../../core/measure/quantile-ladder.ts';
import { sum } from '../../core/spec/sum.ts';

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

function withoutLadder({ ladder: _, ...figures }: Latency): LatencyFigures {
  return figures;
}

/** How often any of these happened. */
export function countOutcomes(outcomes: OutcomeCounts, ...wanted: readonly Outcome[]): number {
  return sum(wanted.map((outcome) => outcomes[outcome] ?? 0));
}
