import type { Endpoint } from '../../core/spec/endpoint.ts';
import { expectJourney } from '../../core/spec/expect-journey.ts';
import type { Auth } from '../auth/auth.ts';
import type { Data } from '../data/data.ts';
import { beginJourneys } from './begin-journeys.ts';
import type { Journey, JourneyTools } from './journey-definition.ts';

/** What a journey needs. */
export interface Needs<Id extends string, Row, Seeded, AuthId extends string> {
  /** All endpoints that it asks: no other can be sent to. */
  readonly endpoints: readonly Endpoint<Id>[];
  /** Who its requests come from, by what `defineAuth` returned. @default the credentials of BASE_URL, if it has any */
  readonly auth?: Auth<AuthId>;
  /** What `defineData` returned: each time has a row of it. */
  readonly data?: Data<Row>;
  /** The `setup` of the test, where the journey wants what it returned. */
  readonly setup?: (tools: never) => Seeded | Promise<Seeded>;
  /** How long it may take. What is not done so long after the end of the load is interrupted. @default 60 */
  readonly atMostSeconds?: number;
}

export const DEFAULT_AT_MOST_SECONDS = 60;

/**
 * What a user does: requests that depend on each other, in an order, with pauses. An iteration of the load is one
 * journey.
 * @param name the key of its budget, its name in reports
 * @param run may be async; what it throws fails the run, as every exception of a script does
 * @throws UserError for a journey that is not what its types say
 */
export function journey<
  const Name extends string,
  const Id extends string,
  Row = undefined,
  Seeded = undefined,
  const AuthId extends string = never,
>(
  name: Name,
  needs: Needs<Id, Row, Seeded, AuthId>,
  run: (tools: JourneyTools<Id, Row, Seeded>) => unknown,
): Journey<Name, Id | AuthId> {
  if (typeof IS_COPY_OF_USER === 'undefined') expectJourney(name, needs, run);
  const ofLogin: readonly Endpoint<AuthId>[] = needs.auth?.endpoints ?? [];
  return {
    ...needs,
    name,
    endpoints: [...new Set<Endpoint<Id | AuthId>>([...needs.endpoints, ...ofLogin])],
    atMostSeconds: needs.atMostSeconds ?? DEFAULT_AT_MOST_SECONDS,
    run: run as unknown as Journey['run'],
    begin: beginJourneys,
  };
}
