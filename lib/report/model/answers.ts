import type { Answer, Questions } from '../../core/questions/question.ts';
import { headlineOfAnswer, questionOf } from '../../core/questions/table.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { present } from '../../core/spec/present.ts';
import type { RunEvidence } from './evidence.ts';
import { type LoadMark, loadMarks } from './load-marks.ts';

/** The answer of a run that had a question of its own. */
export interface StudyRow {
  readonly scenario: string;
  readonly runId: string;
  readonly question?: string;
  readonly headline: string;
  readonly study: Answer;
  /** Of its load, by the plan. */
  readonly marks: readonly LoadMark[];
}

export function studyRows(runs: readonly RunEvidence[], questions?: Questions): StudyRow[] {
  return runs.flatMap(({ scenario, runId, purpose, study, load }): StudyRow[] => {
    if (study === undefined) return [];
    const headline = headlineOfAnswer(study, questions);
    return [{ scenario, runId, ...present({ question: purpose }), headline, study, marks: loadMarks(load) }];
  });
}

/** What the answers of these runs show that should not be: each question knows what that is. */
export function studyProblems(runs: readonly RunEvidence[], questions?: Questions): Problem[] {
  return runs.flatMap(({ study, thresholds }) => {
    if (study === undefined || study.invalid !== undefined) return [];
    const fails = (metric: string) => thresholds.some((each) => each.metric === metric && each.verdict === 'fail');
    return questionOf(study, questions)?.problems(study, fails) ?? [];
  });
}
