import type { Questions } from '../../core/questions/question.ts';
import { QUESTIONS } from '../../core/questions/table.ts';
import { present } from '../../core/spec/present.ts';

/** What is to be known of a service under load, and by which name a scenario asks it. */
interface Asked {
  readonly scenario: string;
  readonly question: string;
}

/** What the ordinary loads of this project ask. A project with loads of other names is not told of these. */
const ORDINARY_LOADS: readonly Asked[] = [
  { scenario: 'rapid-fire', question: 'Does it take a burst?' },
  { scenario: 'sustained', question: 'Does it hold a steady load?' },
  { scenario: 'mixed', question: 'Are light users served while heavy ones run into their limits?' },
];

/** What this test leaves open. */
export interface Gap {
  readonly scenario: string;
  /** Absent for a scenario of the project that asks a question of its own. */
  readonly question?: string;
  /** Whether the project has such a scenario, which was only not run; undefined where the project is not known. */
  readonly isAvailable?: boolean;
}

/**
 * @param ran the scenarios that were run, the kinds of their questions, and the streams of their plans, which a suite
 *   names after scenarios
 * @param available the scenarios of the project, where they are known
 */
export function findGaps(
  ran: readonly string[],
  available: readonly string[] | undefined,
  questions: Questions = QUESTIONS,
): Gap[] {
  const all = allAsked(available, questions);
  const isAnswered = (scenario: string) => ran.some((name) => name === scenario || name.startsWith(`${scenario}-`));
  const open = all
    .filter(({ scenario }) => !isAnswered(scenario))
    .map((gap) => ({ ...gap, ...present({ isAvailable: available?.includes(gap.scenario) }) }));
  const own = (available ?? [])
    .filter((scenario) => !ran.includes(scenario) && !all.some((asked) => asked.scenario === scenario))
    .map((scenario) => ({ scenario, isAvailable: true }));
  return [...open, ...own];
}

/** From one user alone over ordinary load to what is more than that. */
function allAsked(available: readonly string[] | undefined, questions: Questions): Asked[] {
  const asked = ({ kind, asks }: Questions[number]): Asked => ({ scenario: kind, question: asks });
  return [
    ...questions.filter(({ measuresAtRest }) => measuresAtRest === true).map(asked),
    ...ORDINARY_LOADS.filter(({ scenario }) => available === undefined || available.includes(scenario)),
    ...questions.filter(({ measuresAtRest }) => measuresAtRest !== true).map(asked),
  ];
}
