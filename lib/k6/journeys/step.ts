import http, { type RefinedParams, type RequestBody, type ResponseType } from 'k6/http';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import { PathTemplate } from '../../core/spec/request/path-parameters.ts';
import { queryString } from '../../core/spec/request/query.ts';
import type { Carried } from '../auth/auth.ts';
import { contentOf } from '../content-of-request.ts';
import { headersOf } from '../headers.ts';
import type { CountReply } from '../iteration.ts';
import type { Reply, Requester } from '../request.ts';
import type { RunEndpoint } from '../run-endpoint.ts';
import type { Call } from './call.ts';
import { layeredHeaders } from './layered-headers.ts';
import { JourneyReply } from './reply.ts';

/** A request as k6 takes it. */
export interface StepRequest {
  readonly method: string;
  readonly url: string;
  readonly body: RequestBody | null;
  readonly params: RefinedParams<ResponseType>;
}

/** Sends a request, and goes on where its replies lead. */
export type Follow = (request: StepRequest) => Reply;

/** Requests of journeys to one endpoint. */
export interface Step {
  readonly endpoint: RunEndpoint;
  /** Its URL, without what a call says. */
  readonly place: string;
  readonly send: (call: Call | undefined, carried: Carried) => JourneyReply;
  readonly request: (call: Call | undefined, carried: Carried) => StepRequest;
  /** Counts a reply with what became of its request. */
  readonly taken: (reply: Reply) => JourneyReply;
}

const JSON_TYPE = 'application/json';

/**
 * Runs for every request of the load, in an interpreter for which a property of an object is dear and a variable cheap:
 * what requests have in common is made once, what two of them have in common is kept, and `send` asks nobody whom it
 * need not.
 * @param count says what became of a request, and counts it; undefined where nothing is left to count in the script
 * @param follow of an endpoint whose redirects are followed
 */
export function stepOf(
  server: BaseUrl,
  requester: Requester,
  count: CountReply | undefined,
  follow: Follow | undefined,
): Step {
  const { endpoint, url: declaredUrl, params: common } = requester;
  const { method, query: declaredQuery } = endpoint;
  const declared = contentOf(endpoint);
  const template = new PathTemplate(`endpoint "${endpoint.id}"`, endpoint.path);
  const isWhole = template.names.length === 0;
  const usualStatus = endpoint.check === undefined ? endpoint.expectedStatuses[0] : undefined;
  let lastParams = common;
  let lastCarried: Carried | undefined;
  let lastType: string | undefined;

  const urlOf = (path: Call['path'], query: Call['query']): string => {
    const filled = server.href + template.fill(path);
    if (query === undefined) return declaredQuery === undefined ? filled : filled + queryString(declaredQuery);
    return filled + queryString(declaredQuery === undefined ? query : { ...declaredQuery, ...query });
  };
  const paramsOf = (type: string | undefined, carried: Carried, own: Call['headers']): StepRequest['params'] => {
    const typed = type === undefined ? undefined : { 'Content-Type': type };
    const ofServer = headersOf({}, server.credentials);
    const headers = layeredHeaders(own, endpoint.headers, carried.headers, typed, ofServer);
    const params = { ...common, headers, ...(carried.jar && { jar: carried.jar }) };
    if (own !== undefined) return params;
    lastParams = params;
    lastCarried = carried;
    lastType = type;
    return params;
  };
  /** What is sent next: an object for it would be one more to make with every request. */
  let url = declaredUrl;
  let { body } = declared;
  let params = common;
  const prepare = (call: Call | undefined, carried: Carried): void => {
    let { type } = declared;
    let own: Call['headers'];
    url = declaredUrl;
    body = declared.body;
    if (call !== undefined) {
      const { json, path, query } = call;
      own = call.headers;
      if (!isWhole || path !== undefined || query !== undefined) url = urlOf(path, query);
      if (json !== undefined) {
        body = JSON.stringify(json);
        type = JSON_TYPE;
      } else if (call.form !== undefined || call.body !== undefined || call.variables !== undefined) {
        ({ body, type } = contentOf(withVariables(call, endpoint)));
      }
    } else if (!isWhole) url = urlOf(undefined, undefined);
    const isAsBefore = carried === lastCarried && own === undefined && type === lastType;
    params = isAsBefore ? lastParams : paramsOf(type, carried, own);
  };
  const request = (call: Call | undefined, carried: Carried): StepRequest => {
    prepare(call, carried);
    return { method, url, body, params };
  };
  const taken = (reply: Reply): JourneyReply => {
    if (count !== undefined) return JourneyReply.of(endpoint, reply, count(reply));
    return JourneyReply.of(endpoint, reply, reply.status === usualStatus ? 'ok' : requester.outcomeOf(reply));
  };
  const send = (call: Call | undefined, carried: Carried): JourneyReply => {
    if (follow !== undefined) return taken(follow(request(call, carried)));
    prepare(call, carried);
    return taken(http.request(method, url, body, params));
  };
  return { endpoint, place: server.href + endpoint.path, send, request, taken };
}

function withVariables(call: Call, { json }: RunEndpoint): Call {
  return call.variables === undefined ? call : { json: { ...(json as object), variables: call.variables } };
}
