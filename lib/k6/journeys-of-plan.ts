import type { Endpoint } from '../core/spec/endpoint.ts';
import type { JourneyFacts } from '../core/spec/journey.ts';
import { journeyOf, type Plan } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import type { DefinitionOfJourneys, Journey } from './journeys/journey-definition.ts';

/** How often each journey is picked where a stream names none. */
export function mixOf({ journeys = [], mix }: DefinitionOfJourneys): Readonly<Record<string, number>> {
  return Object.fromEntries(journeys.map(({ name }) => [name, mix === undefined ? 1 : (mix[name] ?? 0)]));
}

/** The journeys that users of this plan go through. */
export function journeysOfPlan(definition: DefinitionOfJourneys, plan: Plan): readonly Journey[] {
  const { journeys = [] } = definition;
  const shapes = Object.values(plan);
  const own = new Set(shapes.map(journeyOf));
  const mix = own.has(undefined) ? mixOf(definition) : {};
  return journeys.filter(({ name }) => own.has(name) || (mix[name] ?? 0) > 0);
}

/** What is asked by this plan: the endpoints of the test, or those of its journeys, each once. */
export function endpointsOfPlan(definition: DefinitionOfJourneys, plan: Plan): readonly Endpoint[] {
  const { endpoints } = definition;
  return endpoints ?? [...new Set(journeysOfPlan(definition, plan).flatMap((journey) => journey.endpoints))];
}

/** What everything after the run needs to know of the journeys; undefined where the test has none. */
export function journeyFactsOf(definition: DefinitionOfJourneys, plan: Plan): readonly JourneyFacts[] | undefined {
  if (definition.journeys === undefined) return undefined;
  const isMixed = Object.values(plan).some((shape) => journeyOf(shape) === undefined);
  const mix = isMixed ? mixOf(definition) : {};
  return journeysOfPlan(definition, plan).map(({ name, endpoints, atMostSeconds }) => ({
    name,
    endpoints: endpoints.map(({ id }) => id),
    ...present({ weight: mix[name] }),
    atMostSeconds,
  }));
}
