import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Content } from '../../core/spec/request/content.ts';
import type { ParameterOf, PathValues } from '../../core/spec/request/path-parameters.ts';
import type { Query } from '../../core/spec/request/query.ts';
import type { JourneyReply } from './reply.ts';

/** What one request adds to its endpoint, or says instead of it. Its body replaces that of the endpoint. */
export interface Call extends Content {
  /** Added to the query of the endpoint, or instead of a value of the same name. */
  readonly query?: Query;
  /** Added to the headers of the endpoint, or instead of one of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a GraphQL operation: instead of those that it declares. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A value for each `{parameter}` of the path. */
  readonly path?: PathValues;
}

/** A call of an endpoint with this path: `path` is required where the path has parameters. */
export type CallOf<Path extends string> = string extends Path
  ? Call
  : [ParameterOf<Path>] extends [never]
    ? Omit<Call, 'path'>
    : Omit<Call, 'path'> & { readonly path: PathValues<Path> };

/** The call may be left out where the path has no parameters. */
export type CallArguments<Path extends string> =
  Record<never, never> extends Pick<CallOf<Path>, keyof CallOf<Path> & 'path'>
    ? [call?: CallOf<Path>]
    : [call: CallOf<Path>];

/** Sends a request, waits for its reply, and counts it with what became of it. */
export interface Send<Id extends string = string> {
  <Path extends string>(endpoint: Endpoint<Id, Path>, ...call: CallArguments<Path>): JourneyReply;
  /** The same, but where the reply is not `ok` the journey ends here, and is counted as stopped at this endpoint. */
  readonly orStop: <Path extends string>(endpoint: Endpoint<Id, Path>, ...call: CallArguments<Path>) => JourneyReply;
}

/** Sends several requests at once, as a browser does, and waits for all of their replies, which are in the same order. */
export type SendAll<Id extends string = string> = <const Paths extends readonly string[]>(
  ...requests: { [I in keyof Paths]: readonly [Endpoint<Id, Paths[I]>, ...CallArguments<Paths[I]>] }
) => { [I in keyof Paths]: JourneyReply };
