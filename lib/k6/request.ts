import http, { type RefinedParams, type RefinedResponse, type ResponseType } from 'k6/http';
import { classifyReply, type ObservedOutcome } from '../core/measure/outcome.ts';
import type { BaseUrl } from '../core/spec/base-url.ts';
import { checksContent, type Endpoint } from '../core/spec/endpoint.ts';
import { present } from '../core/spec/present.ts';
import { headersOf } from './headers.ts';

export type Reply = RefinedResponse<ResponseType>;

/** Requests to one endpoint. What they have in common is made once, so that an iteration does not make it again. */
export interface Requester {
  readonly endpoint: Endpoint;
  readonly send: () => Reply;
  readonly outcomeOf: (reply: Reply) => ObservedOutcome | 'ok';
  /** What the check of its content returned last, if it has one. */
  readonly checkSaid: () => unknown;
  /** Whether each `ok` reply of the load is counted here, since k6 cannot tell them from those of wrong content. */
  readonly countsOk: boolean;
  /** Whether outcomes are counted here that k6's own tags tell: where nothing records them, or a limit on them ends the run. */
  readonly countsCauses: boolean;
}

/** What of the replies to a request is counted in the script. */
export type Counting = Pick<Requester, 'countsOk' | 'countsCauses'>;

/**
 * Prepares the requests to an endpoint. Only its own statuses are expected ones, so k6's `expected_response:true` is
 * exactly `ok` (before content checks); a body is read only where it is checked.
 */
export function requesterOf(
  endpoint: Endpoint,
  { href, credentials }: BaseUrl,
  tags: Record<string, string>,
  counting: Counting = { countsOk: endpoint.check !== undefined, countsCauses: true },
): Requester {
  const { method, check, timeoutMs } = endpoint;
  const url = href + endpoint.path;
  const body = endpoint.body ?? null;
  const params: RefinedParams<ResponseType> = present({
    tags,
    timeout: timeoutMs,
    responseType: check === undefined ? ('none' as const) : ('text' as const),
    responseCallback: expectedStatuses(endpoint.expectedStatuses),
    headers: headersOf(endpoint, credentials),
  });
  return {
    endpoint,
    send: method === 'GET' ? () => http.get(url, params) : () => http.request(method, url, body, params),
    ...outcomeOf(endpoint),
    ...counting,
  };
}

/** The requests to several endpoints, each tagged with its own. */
export function requestersOf(
  endpoints: readonly Endpoint[],
  target: BaseUrl,
  tag: string,
  countsCauses = true,
): Requester[] {
  const counting = { countsOk: checksContent(endpoints), countsCauses };
  return endpoints.map((endpoint) => requesterOf(endpoint, target, { [tag]: endpoint.id }, counting));
}

const callbacks = new Map<string, ReturnType<typeof http.expectedStatuses>>();

/** Nearly all endpoints expect the same statuses, and every user prepares them all. */
function expectedStatuses(statuses: readonly number[]): ReturnType<typeof http.expectedStatuses> {
  const key = statuses.join();
  const callback = callbacks.get(key) ?? http.expectedStatuses(...statuses);
  callbacks.set(key, callback);
  return callback;
}

/** Runs for replies that are not as usual, and where a content is checked. */
function outcomeOf({ expectedStatuses, check }: Endpoint): Pick<Requester, 'outcomeOf' | 'checkSaid'> {
  let said: unknown;
  const outcomeOf: Requester['outcomeOf'] = (reply) => {
    const { status } = reply;
    if (!expectedStatuses.includes(status)) {
      return classifyReply({ status, errorCode: reply.error_code, error: reply.error });
    }
    if (check === undefined) return 'ok';
    said = check({ status, body: String(reply.body ?? '') });
    return said === true ? 'ok' : 'check_failed';
  };
  return { outcomeOf, checkSaid: check === undefined ? saidNothing : () => said };
}

function saidNothing(): undefined {}
