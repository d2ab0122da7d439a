import { type Plan, peakOf, plannedIterations } from '../../core/spec/load-shape.ts';
import { sum } from '../../core/spec/sum.ts';
import { arrivalUsers } from '../arrival-users.ts';
import { journeysOfPlan } from '../journeys-of-plan.ts';
import { longestIterationMs, type ResolvedTest } from '../resolve-test.ts';

/**
 * That the journeys of a plan have what they are fed with, before anything is sent.
 * @throws UserError that names the data that has too few rows, or what credentials lack
 */
export function expectSupplied(test: ResolvedTest): void {
  const journeys = journeysOfPlan(test.definition, test.plan);
  if (journeys.length === 0) return;
  const auths = new Set(journeys.flatMap(({ auth }) => auth ?? []));
  for (const auth of auths) auth.expectComplete();
  const all = { ...test.plan, ...test.warmUp };
  const users = mostUsers(all, longestIterationMs(test));
  const used = new Set([...journeys, ...auths].flatMap(({ data }) => data ?? []));
  for (const data of used) data.expectEnough(users, mostTurns(all));
}

/** k6 numbers its users through all streams, and those of a warm-up may still be busy when the load begins. */
function mostUsers(plan: Plan, iterationMs: number): number {
  return sum(
    Object.values(plan).map((shape) =>
      shape.kind === 'constant-arrivals' || shape.kind === 'ramping-arrivals'
        ? arrivalUsers(shape, iterationMs).maxVUs
        : peakOf(shape),
    ),
  );
}

/** As many as the stream with the most iterations has, for each stream: see the numbers of turns in begin-journeys.ts. */
function mostTurns(plan: Plan): number | undefined {
  const planned = Object.values(plan).map((shape) => plannedIterations(shape, 0));
  const known = planned.filter((count) => count !== undefined);
  return known.length < planned.length ? undefined : Math.ceil(Math.max(...known)) * planned.length;
}
