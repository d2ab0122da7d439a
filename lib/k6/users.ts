import { eachStream, type Plan } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import { iterationOf, type Requests } from './iteration.ts';
import type { Journey } from './journeys/journey-definition.ts';
import type { LoadTest } from './load-test-definition.ts';
import type { StudyParts } from './questions/study-definition.ts';
import { type Requester, requestersOf } from './request.ts';
import { EachRequest, loadOf } from './requests.ts';
import type { ResolvedTest } from './resolve-test.ts';

/** What the users of each stream do, over and over, and what the question of the test wants of the run. */
export interface Users {
  readonly iterations: Readonly<Record<string, LoadTest['iterate']>>;
  readonly study?: StudyParts;
}

export function usersOf(test: ResolvedTest): Users {
  const [journey] = test.definition.journeys ?? [];
  return journey === undefined ? usersOfEndpoints(test) : usersOfJourneys(test, journey);
}

/** Each journey brings the code to send it along: a test without any does not hold it. */
function usersOfJourneys(test: ResolvedTest, { begin }: Journey): Users {
  const study = studyOf(test, []);
  const { iterations } = begin(test, study?.watching);
  return present({ iterations, study });
}

function usersOfEndpoints(test: ResolvedTest): Users {
  const { order, endpoints, plan, warmUp } = test;
  const mayEnd = order.abortOnFailAfterSeconds !== undefined;
  const requesters = requestersOf(endpoints, test, 'endpoint', !order.isRecorded || mayEnd);
  const study = studyOf(test, requesters);
  const load = loadOf(requesters, mayEnd);
  // Every user holds its requests: those of a warm-up only where there is one.
  const warmingUp = Object.keys(warmUp).length > 0 ? requestersOf(endpoints, test, 'warm_up') : [];
  return present({
    iterations: {
      ...iterationsOf(plan, load),
      ...study?.iterations,
      ...iterationsOf(warmUp, new EachRequest(warmingUp)),
    },
    study,
  });
}

function studyOf({ definition, ...test }: ResolvedTest, requesters: readonly Requester[]): StudyParts | undefined {
  const { settings, order, endpoints, warmUpSeconds, plan, target, servers } = test;
  const { budgets, study } = definition;
  return study?.begin({
    settings,
    order,
    endpoints,
    definition,
    warmUpSeconds,
    plan,
    target,
    servers,
    budgets,
    requesters,
  });
}

function iterationsOf(plan: Plan, requests: Requests): Users['iterations'] {
  return eachStream(plan, (shape) => iterationOf(shape, requests));
}
