import type { Questions } from '../../core/questions/question.ts';
import { isOrdinaryLoad, questionOf } from '../../core/questions/table.ts';
import { named } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';

/** Which runs of a test its figures are made of. */
export interface JudgedRuns {
  /** Their totals, endpoints and findings are those of the report. At least one. */
  readonly judged: readonly RunEvidence[];
  /** A run of one user beside them, which says how the service is without their load. */
  readonly atRest?: RunEvidence;
  /** Whether their figures say how users would fare. */
  readonly isLoad: boolean;
  /** What is beside the point, for the reader. */
  readonly notes: readonly string[];
}

/**
 * What is meant to be too much, or is one user alone, is beside the point where there is other load; where there is
 * none, it is all there is.
 * @param runs at least one
 */
export function judgedRunsOf(runs: readonly RunEvidence[], questions?: Questions): JudgedRuns {
  const isAtRest = ({ study }: RunEvidence) => questionOf(study, questions)?.measuresAtRest === true;
  const isOrdinary = ({ study }: RunEvidence) => isOrdinaryLoad(study, questions);
  const ofUsers = runs.filter((run) => isOrdinary(run) && !isAtRest(run));
  const atRest = runs.filter(isAtRest);
  const judged = [ofUsers, atRest, runs].find((some) => some.length > 0) ?? runs;
  const [beside] = judged === atRest ? [] : atRest;
  return {
    judged,
    ...(beside === undefined || judged.includes(beside) ? {} : { atRest: beside }),
    isLoad: judged.some(isOrdinary),
    notes: besideNotes(
      judged,
      runs.filter((run) => !judged.includes(run)),
    ),
  };
}

function besideNotes(judged: readonly RunEvidence[], beside: readonly RunEvidence[]): string[] {
  if (beside.length === 0) return [];
  const have = beside.length === 1 ? 'has a test type of its own' : 'have test types of their own';
  const namesOf = (runs: readonly RunEvidence[]) => named(runs.map(({ scenario }) => scenario));
  return [
    `Totals, endpoints, criteria and their findings cover ${namesOf(judged)} only. ${namesOf(beside)} ${have} and do not send ordinary load: see the results by test type.`,
  ];
}
