import { type Contradiction, expectAtMost, expectSame } from '../../measure/contradiction.ts';
import type { EndpointOverTime } from '../../measure/endpoints-over-time.ts';
import type { StoredEndpoint } from '../../measure/measured.ts';
import { OUTCOMES } from '../../measure/outcome.ts';
import { sum } from '../../spec/sum.ts';
import type { StoredRun } from '../run-summary.ts';

/** What only a record says of a run: why requests failed, and each endpoint over time. */
export function contradictionsOfRecord({
  endpoints,
  overTime,
}: Pick<StoredRun, 'endpoints' | 'overTime'>): Contradiction[] {
  const causes = endpoints.flatMap((endpoint, i) => causesWithin(`endpoints[${i}]`, endpoint));
  if (overTime === undefined) return causes;
  const { atSeconds, endpoints: curves } = overTime;
  const early = atSeconds.findIndex((at, i) => at <= (atSeconds[i - 1] ?? 0));
  return [
    ...causes,
    ...(early === -1
      ? []
      : [
          {
            member: `overTime.atSeconds[${early}]`,
            received: `${atSeconds[early]}`,
            expected: 'a period that ends after the one before it, and after the load began',
          },
        ]),
    ...curves.flatMap((curve, i) =>
      curveWithin(
        `overTime.endpoints[${i}]`,
        curve,
        atSeconds.length,
        endpoints.find(({ id }) => id === curve.id),
      ),
    ),
  ];
}

/** Of the causes the commonest are kept, so that they need not add up to what happened. */
function causesWithin(member: string, { causes = [], outcomes }: StoredEndpoint): Contradiction[] {
  return OUTCOMES.flatMap((outcome) => {
    const told = sum(causes.filter((cause) => cause.outcome === outcome).map(({ count }) => count));
    return expectAtMost(`${member}.causes`, told, outcomes[outcome] ?? 0, `its requests of the outcome ${outcome}`);
  });
}

/** A record that was cut off tells fewer requests than there were, and never more. */
function curveWithin(
  member: string,
  { id, requests, ok, limited, okP50Ms, okP95Ms }: EndpointOverTime,
  periods: number,
  endpoint: StoredEndpoint | undefined,
): Contradiction[] {
  if (endpoint === undefined)
    return [{ member: `${member}.id`, received: JSON.stringify(id), expected: 'the id of one of the endpoints' }];
  const { outcomes } = endpoint;
  const lengths = Object.entries({ requests, ok, limited, okP50Ms, okP95Ms }).flatMap(([name, column]) =>
    expectSame(`${member}.${name}`, column.length, periods, 'one figure for each period of overTime.atSeconds'),
  );
  if (lengths.length > 0) return lengths;
  return [
    ...requests.flatMap((count, i) =>
      expectAtMost(
        `${member}.ok[${i}]`,
        (ok[i] ?? 0) + (limited[i] ?? 0),
        count,
        'the requests of the period, its 429 responses included',
      ),
    ),
    ...expectAtMost(`${member}.requests`, sum(requests), endpoint.requests, `the requests to ${id}`),
    ...expectAtMost(`${member}.ok`, sum(ok), outcomes.ok ?? 0, `the successful responses of ${id}`),
    ...expectAtMost(`${member}.limited`, sum(limited), outcomes.rate_limited ?? 0, `the 429 responses of ${id}`),
  ];
}
