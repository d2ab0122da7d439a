/** A question that a load test can answer, and the scenario that asks it. */
interface Question {
  readonly scenario: string;
  readonly question: string;
}

/** What is to be known of a service under load. */
const QUESTIONS: readonly Question[] = [
  { scenario: 'sequential', question: 'How does it behave one user at a time?' },
  { scenario: 'rapid-fire', question: 'Does it take a burst?' },
  { scenario: 'sustained', question: 'Does it hold a steady load?' },
  { scenario: 'mixed', question: 'Are light users served while heavy ones run into their limits?' },
  { scenario: 'breakpoint', question: 'At what rate does it break?' },
  { scenario: 'recovery', question: 'Does it come back after overload, and how fast?' },
  { scenario: 'soak', question: 'Does it leak or slow down over hours?' },
  { scenario: 'pool', question: 'Is a connection pool exhausted, and does it fail fast then?' },
  { scenario: 'rate-limit', question: 'Is the declared limit what is enforced, and can it be got around?' },
  { scenario: 'websocket', question: 'How many sockets can it hold?' },
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
 * @param ran the scenarios that were run, and the streams of their plans, which a suite names after scenarios
 * @param available the scenarios of the project, where they are known
 */
export function findGaps(ran: readonly string[], available: readonly string[] | undefined): Gap[] {
  const isAnswered = (scenario: string) => ran.some((name) => name === scenario || name.startsWith(`${scenario}-`));
  const known = QUESTIONS.filter(({ scenario }) => !isAnswered(scenario)).map((gap) => ({
    ...gap,
    ...(available === undefined ? {} : { isAvailable: available.includes(gap.scenario) }),
  }));
  const own = (available ?? [])
    .filter((scenario) => !ran.includes(scenario) && !QUESTIONS.some((question) => question.scenario === scenario))
    .map((scenario) => ({ scenario, isAvailable: true }));
  return [...known, ...own];
}
