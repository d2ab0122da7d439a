import { UserError } from './errors.ts';
import { NOT_DECLARED } from './not-declared.ts';
import type { Content } from './request/content.ts';
import type { Query } from './request/query.ts';
import { kindOfText, kindOfValue, shownName } from './shown.ts';
import { whyNoTag } from './tag-value.ts';
import { LONGEST_SECONDS } from './units.ts';

/** Requests that one client may make in any `windowSeconds`, as the service declares it. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
  readonly algorithm: 'sliding-window' | 'fixed-window';
}

export type HttpMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A reply as a content check sees it. */
export interface CheckedReply {
  readonly status: number;
  readonly body: string;
  /** By their canonical names, such as `Content-Type`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One endpoint of the service under test, as its author writes it down. */
export interface EndpointDefinition<Id extends string = string, Path extends string = string> extends Content {
  /** Short and stable: the k6 tag, the key of its budget, the name in reports. */
  readonly id: Id;
  /** @default 'GET' */
  readonly method?: HttpMethod;
  /**
   * Starts with a slash, has no query string: what follows the base URL. `{id}` stands for a value that each request of
   * a journey gives.
   */
  readonly path: Path;
  /** The server it is asked at, where that is not BASE_URL: `auth` is what AUTH_URL names. */
  readonly server?: string;
  /** What follows it as `?name=value`, encoded. */
  readonly query?: Query;
  /** The heading the report groups it under. */
  readonly category: string;
  /** Statuses that make a reply `ok`. @default [200] */
  readonly expectedStatuses?: readonly number[];
  /** @default 30000, unless REQUEST_TIMEOUT says otherwise */
  readonly timeoutMs?: number;
  /** The limit the service declares. With one, 429 is an expected answer; without one, it counts against the endpoint. */
  readonly rateLimit?: RateLimit;
  /** Further methods of the same path that the limit covers: the scenario `rate-limit` tries them as ways around it. */
  readonly otherMethods?: readonly HttpMethod[];
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What is done with a reply that says where to go on (301, 302, 303, 307, 308 with a Location). `follow`: in a journey
   * up to ten of them are followed, each counted as a request of this endpoint, as far as load may be sent there.
   * @default 'none': it is a reply like any other
   */
  readonly redirects?: 'none' | 'follow';
  /**
   * Looks at the content of an expected status, and returns true where it is right. Anything else makes the outcome
   * `check_failed`; what is neither true nor false, such as a promise, fails the run besides. Bodies are read only where
   * this is set.
   */
  readonly check?: (reply: CheckedReply) => boolean;
}

/** An endpoint with every default filled in. */
export interface Endpoint<Id extends string = string, Path extends string = string>
  extends EndpointDefinition<Id, Path> {
  readonly method: HttpMethod;
  readonly expectedStatuses: readonly number[];
  readonly timeoutMs: number;
}

/** Whether a status alone does not tell what any of these replies is: its content is checked, or it may lead on. */
export function checksContent(endpoints: readonly Pick<Endpoint, 'check' | 'redirects'>[]): boolean {
  return endpoints.some(({ check, redirects }) => check !== undefined || redirects === 'follow');
}

/** Set where a script is bundled for the users of a test: the copy that k6 reads has checked what they are told. */
declare const IS_COPY_OF_USER: true | undefined;

export const DEFAULT_TIMEOUT_MS = 30_000;

const USUAL_STATUSES: readonly number[] = [200];

const SAFE_METHODS: ReadonlySet<HttpMethod> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Safe methods (RFC 9110 §9.2.1) may be sent at rest, outside the load. */
export function isSafe(endpoint: Pick<Endpoint, 'method'>): boolean {
  return SAFE_METHODS.has(endpoint.method);
}

/**
 * Fills in the defaults of an endpoint and checks what k6 would only stumble over later.
 * @throws UserError for an id that cannot be a k6 tag value, a path that is not one, or an impossible number.
 */
export function defineEndpoint<const Id extends string, const Path extends string>(
  definition: EndpointDefinition<Id, Path>,
): Endpoint<Id, Path> {
  const endpoint = {
    ...definition,
    method: definition.method ?? 'GET',
    expectedStatuses: definition.expectedStatuses ?? USUAL_STATUSES,
    timeoutMs: definition.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
  if (typeof IS_COPY_OF_USER === 'undefined') expectEndpointFacts(endpoint);
  return endpoint;
}

/** @throws UserError for an id that cannot be a k6 tag value, a path that is not one, or an impossible number */
export function expectEndpointFacts(endpoint: Endpoint): void {
  checkId(endpoint.id);
  checkPath(endpoint.id, endpoint.path);
  checkNumbers(endpoint);
}

/**
 * Checks that a list of endpoints can be told apart and returns it unchanged.
 * @throws UserError when two endpoints share an id.
 */
export function defineEndpoints<const List extends readonly Endpoint[]>(endpoints: List): List {
  const seen = new Set<string>();
  for (const { id } of endpoints) {
    if (seen.has(id)) {
      throw new UserError({
        what: 'Two endpoints share one id.',
        received: `"${id}" twice`,
        expected: 'a different id for each endpoint',
      });
    }
    seen.add(id);
  }
  return endpoints;
}

function checkId(id: string): void {
  const broken =
    whyNoTag(id) ?? (id === NOT_DECLARED ? 'it is the name of requests that belong to no endpoint' : undefined);
  if (broken !== undefined) {
    throw new UserError({
      what: `The endpoint id cannot be a k6 tag value: ${broken}.`,
      received: shownName(id),
      expected: 'a short name such as "system-stats"',
    });
  }
}

/** k6 can send no request to a path with a control character or half an encoding. */
function isPath(path: string): boolean {
  const isSent = /^\/([^?#\s{}%]|%[\da-f]{2}|\{[a-z_]\w*\})*$/i.test(path);
  return isSent && [...path].every((character) => character > ' ' && character !== '\u007f');
}

function checkPath(id: string, path: string): void {
  if (typeof path !== 'string' || !isPath(path)) {
    throw new UserError({
      what: `The path of endpoint "${id}" is not a path.`,
      received: typeof path === 'string' ? kindOfText(path) : kindOfValue(path),
      expected:
        'a path that starts with "/", without query string, fragment, spaces, controls or a % that encodes nothing, such as "/api/system/stats"; braces only around the name of a parameter, as in "/orders/{id}"',
    });
  }
}

function checkNumbers({ id, expectedStatuses, timeoutMs, rateLimit }: Endpoint): void {
  const expect = (holds: boolean, what: string, received: unknown, expected: string) => {
    if (!holds)
      throw new UserError({
        what: `The ${what} of endpoint "${id}" is impossible.`,
        received: kindOfValue(received),
        expected,
      });
  };
  const isStatus = (status: number) => Number.isInteger(status) && status >= 100 && status <= 599;
  expect(
    expectedStatuses.length > 0 && expectedStatuses.every(isStatus),
    'list of expected statuses',
    expectedStatuses,
    'at least one HTTP status, such as [200]',
  );
  expect(
    timeoutMs > 0 && timeoutMs <= LONGEST_SECONDS * 1000,
    'timeout',
    timeoutMs,
    'milliseconds above 0, at most a year',
  );
  if (rateLimit !== undefined) {
    expect(
      typeof rateLimit === 'object' && rateLimit !== null,
      'rate limit',
      rateLimit,
      '{ requests, windowSeconds, algorithm }, or none',
    );
    expect(
      Number.isInteger(rateLimit.requests) && rateLimit.requests > 0,
      'rate limit',
      rateLimit.requests,
      'a whole number of requests above 0',
    );
    expect(
      rateLimit.windowSeconds > 0 && Number.isFinite(rateLimit.windowSeconds),
      'rate-limit window',
      rateLimit.windowSeconds,
      'seconds above 0',
    );
    expect(
      rateLimit.algorithm === 'sliding-window' || rateLimit.algorithm === 'fixed-window',
      'algorithm of the rate limit',
      rateLimit.algorithm,
      '"sliding-window" or "fixed-window"',
    );
  }
}
