import type { K6Findings } from '../../core/judge/run-summary.ts';
import type { RunEvidence } from './evidence.ts';

/** What a summary of k6's own says besides requests and thresholds. */
export interface OtherFiguresRow extends Omit<K6Findings, 'impossible'> {
  readonly scenario: string;
}

export function otherFigureRows(runs: readonly RunEvidence[]): OtherFiguresRow[] {
  return runs.flatMap((run) => {
    if (run.source === 'k6-verdict' || run.k6 === undefined) return [];
    const { statuses, checks, figures } = run.k6;
    const isEmpty = statuses.length + checks.length + figures.length === 0;
    return isEmpty ? [] : [{ scenario: run.scenario, statuses, checks, figures }];
  });
}
