import { OUTCOME_LABELS } from '../../core/measure/outcome.ts';
import type { FailedTrial } from '../../core/spec/failed-trial.ts';
import { present } from '../../core/spec/present.ts';
import { journeysOfPlan } from '../journeys-of-plan.ts';
import { goThrough } from './go-through.ts';
import type { JourneysOfTest } from './journey-definition.ts';
import { OneUser } from './one-user.ts';
import type { JourneyReply } from './reply.ts';
import { type SeeReply, sendFor } from './sender.ts';
import { askedBy, Steps } from './steps.ts';
import { whyOf } from './why-of.ts';

/**
 * Goes through each journey once, with one user and without pauses, before the load: what does not work for one user
 * would fail for all of them, and say nothing of the load.
 * @returns the first thing that failed: a reply that was not `ok`, or an exception
 */
export async function tryJourneys(test: JourneysOfTest, seeded: unknown): Promise<FailedTrial | undefined> {
  const steps = new Steps(askedBy(test), 'trial');
  const found: Omit<FailedTrial, 'failed'>[] = [];
  let answered: string | undefined;
  const seen: SeeReply = (endpoint, reply) => {
    answered = endpoint.id;
    const why = whatIsWrong(reply);
    if (why !== undefined) found.push({ at: endpoint.id, why });
  };
  const user = new OneUser(steps, {
    number: () => 0,
    rowOf: (data) => data.rowForTrial(),
    think: () => undefined,
    sendFor: ({ stepOf }, sender) => sendFor(stepOf, sender, seen),
    seen,
  });
  for (const journey of journeysOfPlan(test.definition, test.plan)) {
    answered = undefined;
    await goThrough(user, journey, steps, seeded, {
      completed: () => undefined,
      stopped: (_, __, { endpoint, message }) => found.push({ at: endpoint, why: user.hideOwn(message) }),
      failed: (_, error) => found.push(present({ after: answered, ...whyOf(error, (text) => user.hideOwn(text)) })),
    });
    const [first] = found;
    if (first !== undefined) return { failed: `the trial of journey "${journey.name}"`, ...first };
  }
  return undefined;
}

/** An answer by a limit that is declared is no failure. */
function whatIsWrong({ ok, status, outcome, isLimited }: JourneyReply): string | undefined {
  if (ok || isLimited) return undefined;
  const label = OUTCOME_LABELS[outcome];
  return status > 0 ? `status ${status} (${label})` : label;
}
