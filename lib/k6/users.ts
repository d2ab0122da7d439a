import type { Plan } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import { iterationOf, type Requests } from './iteration.ts';
import type { StudyParts } from './questions/study-definition.ts';
import { requestersOf } from './request.ts';
import { EachRequest, loadOf } from './requests.ts';
import type { ResolvedTest } from './resolve-test.ts';

/** What the users of each stream do, over and over, and what the question of the test wants of the run. */
export interface Users {
  readonly iterations: Readonly<Record<string, () => void>>;
  readonly study?: StudyParts;
}

export function usersOf({
  definition,
  settings,
  order,
  target,
  endpoints,
  plan,
  warmUp,
  warmUpSeconds,
}: ResolvedTest): Users {
  const mayEnd = order.abortOnFailAfterSeconds !== undefined;
  const requesters = requestersOf(endpoints, target, 'endpoint', !order.isRecorded || mayEnd);
  const study = definition.study?.begin({
    settings,
    order,
    endpoints,
    warmUpSeconds,
    plan,
    target,
    budgets: definition.budgets,
    requesters,
  });
  const load = loadOf(requesters, mayEnd);
  // Every user holds its requests: those of a warm-up only where there is one.
  const warmingUp = Object.keys(warmUp).length > 0 ? requestersOf(endpoints, target, 'warm_up') : [];
  return present({
    iterations: {
      ...iterationsOf(plan, load),
      ...study?.iterations,
      ...iterationsOf(warmUp, new EachRequest(warmingUp)),
    },
    study,
  });
}

function iterationsOf(plan: Plan, requests: Requests): Record<string, () => void> {
  return Object.fromEntries(Object.entries(plan).map(([name, shape]) => [name, iterationOf(shape, requests)]));
}
