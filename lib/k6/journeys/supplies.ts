import type { DataFacts } from '../../core/spec/data-facts.ts';
import { type Plan, peakOf, plannedIterations } from '../../core/spec/load-shape.ts';
import { sum } from '../../core/spec/sum.ts';
import { arrivalUsers } from '../arrival-users.ts';
import type { Auth } from '../auth/auth.ts';
import type { Data } from '../data/data.ts';
import { journeysOfPlan } from '../journeys-of-plan.ts';
import { longestIterationMs, type ResolvedTest } from '../resolve-test.ts';
import type { DefinitionOfJourneys } from './journey-definition.ts';

/** What the journeys of a plan are fed with, each once. */
function fedWith(
  definition: DefinitionOfJourneys,
  plan: Plan,
): { readonly auths: readonly Auth[]; readonly data: readonly Data[] } {
  const journeys = journeysOfPlan(definition, plan);
  const auths = new Set(journeys.flatMap(({ auth }) => auth ?? []));
  const data = new Set([...journeys, ...auths].flatMap((each) => each.data ?? []));
  return { auths: [...auths], data: [...data] };
}

/** The secrets of k6 that its credentials are read from. */
export function secretsOf(definition: DefinitionOfJourneys, plan: Plan): readonly string[] {
  return fedWith(definition, plan).auths.flatMap(({ secrets }) => secrets);
}

/** The data of which no row comes twice. */
export function usedUpBy(definition: DefinitionOfJourneys, plan: Plan): readonly string[] {
  return fedWith(definition, plan)
    .data.filter(({ handsOutOnce }) => handsOutOnce)
    .map(({ name }) => name);
}

/** The rows that the journeys of a plan are fed with, and how; undefined where they are fed with none. */
export function dataFactsOf(definition: DefinitionOfJourneys, plan: Plan): readonly DataFacts[] | undefined {
  const facts = fedWith(definition, plan).data.flatMap((data) => data.facts ?? []);
  return facts.length === 0 ? undefined : facts;
}

/**
 * That the journeys of a plan have what they are fed with, before anything is sent.
 * @throws UserError that names the data that has too few rows, or what credentials lack
 */
export function expectSupplied(test: ResolvedTest): void {
  const { auths, data: used } = fedWith(test.definition, test.plan);
  for (const auth of auths) auth.expectComplete();
  const all = { ...test.plan, ...test.warmUp };
  const users = mostUsers(all, longestIterationMs(test));
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
