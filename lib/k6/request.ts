import http, { type RefinedParams, type RefinedResponse, type RequestBody, type ResponseType } from 'k6/http';
import { classifyReply, type ObservedOutcome } from '../core/measure/outcome.ts';
import { checksContent, type Endpoint } from '../core/spec/endpoint.ts';
import { queryString } from '../core/spec/request/query.ts';
import { contentOf } from './content-of-request.ts';
import { headersOf } from './headers.ts';
import { type RunEndpoint, tagsOf } from './run-endpoint.ts';
import { type Places, serverOf } from './server-of-endpoint.ts';

export type Reply = RefinedResponse<ResponseType>;

/** What of the replies to a request is counted in the script. */
export interface Counting {
  /** Whether each `ok` reply of the load is counted here, since k6 cannot tell them from those of wrong content. */
  readonly countsOk: boolean;
  /** Whether outcomes are counted here that k6's own tags tell: where nothing records them, or a limit on them ends the run. */
  readonly countsCauses: boolean;
}

/**
 * Requests to one endpoint. What they have in common is made once, so that an iteration does not make it again; and
 * it has no functions of its own, since users may hold one for each endpoint.
 */
export class Requester {
  readonly endpoint: Endpoint;
  readonly counting: Counting;
  /** What the check of its content returned last, if it has one. */
  said: unknown;
  readonly url: string;
  readonly params: RefinedParams<ResponseType>;
  readonly body: RequestBody | null;

  constructor(
    endpoint: Endpoint,
    counting: Counting,
    url: string,
    params: RefinedParams<ResponseType>,
    body: RequestBody | null,
  ) {
    this.endpoint = endpoint;
    this.counting = counting;
    this.url = url;
    this.params = params;
    this.body = body;
  }

  send(): Reply {
    const { method } = this.endpoint;
    if (method === 'GET' && this.body === null) return http.get(this.url, this.params);
    return http.request(method, this.url, this.body, this.params);
  }

  /** Runs for replies that are not as usual, and where a content is checked. */
  outcomeOf(reply: Reply): ObservedOutcome | 'ok' {
    const { expectedStatuses, check } = this.endpoint;
    const { status } = reply;
    if (!expectedStatuses.includes(status)) {
      return classifyReply({ status, errorCode: reply.error_code, error: reply.error });
    }
    if (check === undefined) return 'ok';
    this.said = check({ status, body: String(reply.body ?? ''), headers: reply.headers });
    return this.said === true ? 'ok' : 'check_failed';
  }
}

/**
 * Prepares the requests to an endpoint. Only its own statuses are expected ones, so k6's `expected_response:true` is
 * exactly `ok` (before content checks); a body is read only where it is checked.
 */
export function requesterOf(
  endpoint: RunEndpoint,
  places: Places,
  tags: Record<string, string>,
  counting: Counting = { countsOk: endpoint.check !== undefined, countsCauses: true },
): Requester {
  // k6 takes each member apart again with every request, and every user holds it: none is here without need.
  const params: RefinedParams<ResponseType> = { tags: tagsOf(endpoint, tags), timeout: endpoint.timeoutMs };
  // A test of ours discards bodies that nobody asks for.
  if (endpoint.check !== undefined) params.responseType = 'text';
  const callback = unlessUsual(endpoint.expectedStatuses);
  if (callback !== undefined) params.responseCallback = callback;
  const { href, credentials } = serverOf(places, endpoint);
  const { body, type } = contentOf(endpoint);
  const headers = headersOf(endpoint, credentials, type);
  if (headers !== undefined) params.headers = headers;
  const { path, query } = endpoint;
  return new Requester(endpoint, counting, href + path + (query ? queryString(query) : ''), params, body);
}

/** The requests to several endpoints, each tagged with its own. */
export function requestersOf(
  endpoints: readonly RunEndpoint[],
  places: Places,
  tag: string,
  countsCauses = true,
): Requester[] {
  const counting = { countsOk: checksContent(endpoints), countsCauses };
  return endpoints.map((endpoint) => requesterOf(endpoint, places, { [tag]: endpoint.id }, counting));
}

let usual: string | undefined;

/**
 * Makes the statuses that all of these endpoints expect the expected ones of every request of this user: k6 takes each
 * parameter of a request apart again, every time. The load of a bundle is that of its last test, which comes here last.
 */
export function expectUsually(endpoints: readonly Endpoint[]): void {
  const [first, ...others] = endpoints.map(({ expectedStatuses }) => expectedStatuses);
  if (first === undefined || others.some((each) => each.join() !== first.join())) return;
  usual = first.join();
  http.setResponseCallback(http.expectedStatuses(...first));
}

function unlessUsual(statuses: readonly number[]): ReturnType<typeof http.expectedStatuses> | undefined {
  return statuses.join() === usual ? undefined : http.expectedStatuses(...statuses);
}
