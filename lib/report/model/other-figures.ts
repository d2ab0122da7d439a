import type { CustomFigures, K6Check, K6Findings } from '../../core/judge/run-summary.ts';
import type { RunEvidence } from './evidence.ts';

/** What else was measured than requests and thresholds: by k6's own summary, or by the script of a run of ours. */
export interface OtherFiguresRow extends Omit<K6Findings, 'impossible'> {
  readonly scenario: string;
}

export function otherFigureRows(runs: readonly RunEvidence[]): OtherFiguresRow[] {
  return runs.flatMap((run) => {
    const { statuses = [], checks, figures } = figuresIn(run);
    const isEmpty = statuses.length + checks.length + figures.length === 0;
    return isEmpty ? [] : [{ scenario: run.scenario, statuses, checks, figures }];
  });
}

const NONE: CustomFigures = { checks: [], figures: [] };

function figuresIn(run: RunEvidence): CustomFigures & Partial<Pick<K6Findings, 'statuses'>> {
  return (run.source === 'k6-verdict' ? run.custom : run.k6) ?? NONE;
}

/** Checks of the scripts of these runs. */
export function checksOf(runs: readonly RunEvidence[]): K6Check[] {
  return runs.flatMap((run) => figuresIn(run).checks);
}
