import { type CheckedReply, defineEndpoint, type Endpoint, type EndpointDefinition } from './endpoint.ts';

/** A GraphQL operation as its author writes it down: an endpoint of its own, whatever the path it shares with others. */
export interface GraphqlOperation<Id extends string, Path extends string>
  extends Omit<EndpointDefinition<Id, Path>, 'method' | 'query' | 'json' | 'form' | 'body'> {
  /** Its name in the document: `operationName`. */
  readonly operation: string;
  /** The document. */
  readonly query: string;
  /** Those of every request; each may have its own besides (`send(operation, { variables })`). */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * An endpoint that posts a GraphQL operation (https://graphql.org/learn/serving-over-http). A reply with `errors` is
 * `check_failed`, whatever its status; a check of the author looks at the others.
 */
export function graphqlOperation<const Id extends string, const Path extends string>({
  operation,
  query,
  variables,
  check,
  ...endpoint
}: GraphqlOperation<Id, Path>): Endpoint<Id, Path> {
  return defineEndpoint<Id, Path>({
    ...(endpoint as Omit<EndpointDefinition<Id, Path>, 'method'>),
    method: 'POST',
    json: { operationName: operation, query, ...(variables === undefined ? null : { variables }) },
    check: (reply) => hasNoErrors(reply) && (check === undefined || check(reply)),
  });
}

function hasNoErrors({ body }: CheckedReply): boolean {
  try {
    const reply: unknown = JSON.parse(body);
    return typeof reply === 'object' && reply !== null && !('errors' in reply);
  } catch {
    return false;
  }
}
