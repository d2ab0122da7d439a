import type { Questions } from '../../core/questions/question.ts';
import type { Finding, Problem } from '../../core/spec/document/finding.ts';
import { type StudyRow, studyProblems, studyRows } from './answers.ts';
import { type Evidence, gatherEvidence, type RunEvidence } from './evidence.ts';
import { bySeverity, findProblems } from './findings/index.ts';
import { positives } from './findings/positives.ts';
import { validity } from './findings/validity.ts';
import { findGaps, type Gap } from './gaps.ts';
import { type JudgedRuns, judgedRunsOf } from './judged-runs.ts';

/** What there is to see in some runs: the report and the gate decide by the same look. */
export interface Look extends Pick<JudgedRuns, 'atRest' | 'isLoad' | 'notes'> {
  /** Of the runs whose figures say how users would fare; where there are none, of all. */
  readonly evidence: Evidence;
  readonly studies: readonly StudyRow[];
  /** The most severe first. */
  readonly problems: readonly Problem[];
  readonly positives: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/**
 * @param runs at least one
 * @param scenarios those of the project, where they are known
 */
export function lookAt(
  runs: readonly RunEvidence[],
  scenarios: readonly string[] | undefined,
  questions?: Questions,
): Look {
  const { judged, ...ofRuns } = judgedRunsOf(runs, questions);
  const evidence = gatherEvidence(judged, ofRuns.atRest);
  return {
    ...ofRuns,
    evidence,
    studies: studyRows(runs, questions),
    problems: bySeverity([
      ...(ofRuns.isLoad ? findProblems(evidence) : validity(evidence)),
      ...studyProblems(runs, questions),
    ]),
    positives: ofRuns.isLoad ? positives(evidence) : [],
    gaps: findGaps(runs.flatMap(namesAsked), scenarios, questions),
  };
}

/** By what it is called, and by what it asks: a project may name its scenarios as it likes. */
function namesAsked({ scenario, study, load }: RunEvidence): string[] {
  return [scenario, ...(study === undefined ? [] : [study.kind]), ...Object.keys(load.plan ?? {})];
}
