import type { Study } from '../../../core/questions/study.ts';
import type { RunEvidence } from '../evidence.ts';
import { studyHeadline } from './headlines.ts';

/** The answer of a run that had a question of its own. */
export interface StudyRow {
  readonly scenario: string;
  readonly runId: string;
  readonly question?: string;
  readonly headline: string;
  readonly study: Study;
}

export function studyRows(runs: readonly RunEvidence[]): StudyRow[] {
  return runs.flatMap(({ scenario, runId, purpose, study }) =>
    study === undefined
      ? []
      : [
          {
            scenario,
            runId,
            ...(purpose === undefined ? {} : { question: purpose }),
            headline: studyHeadline(study),
            study,
          },
        ],
  );
}
