import { formatCount } from '../spec/units.ts';
import { countRequests, OUTCOME_LABELS, OUTCOMES, type Outcome, type OutcomeCounts } from './outcome.ts';

export interface OutcomeRow {
  readonly outcome: Outcome;
  readonly label: string;
  readonly count: number;
  readonly share: number;
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

/** `412 ok, 88 rate limited (429)`. */
export function outcomesText(outcomes: readonly OutcomeRow[]): string {
  return outcomes.map((row) => `${formatCount(row.count)} ${row.label}`).join(', ') || 'nothing was counted';
}
