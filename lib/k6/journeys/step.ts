import http, { type RefinedParams, type RequestBody, type ResponseType } from 'k6/http';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import { CONTENT_KINDS, type Content } from '../../core/spec/request/content.ts';
import { fillPath } from '../../core/spec/request/path-parameters.ts';
import { queryString } from '../../core/spec/request/query.ts';
import type { Carried } from '../auth/auth.ts';
import { contentOf } from '../content-of-request.ts';
import { headersOf } from '../headers.ts';
import type { Reply, Requester } from '../request.ts';
import type { RunEndpoint } from '../run-endpoint.ts';
import type { Call } from './call.ts';
import type { CountReply } from './count-replies.ts';
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
export class Step {
  readonly endpoint: RunEndpoint;
  readonly server: BaseUrl;
  private readonly requester: Requester;
  private readonly count: CountReply | undefined;
  private readonly follow: Follow | undefined;

  /**
   * @param count says what became of a request, and counts it; undefined where nothing is left to count in the script
   * @param follow of an endpoint whose redirects are followed
   */
  constructor(server: BaseUrl, requester: Requester, count: CountReply | undefined, follow: Follow | undefined) {
    this.endpoint = requester.endpoint;
    this.server = server;
    this.requester = requester;
    // A journey reads what it is answered.
    this.requester.params.responseType = 'text';
    this.count = count;
    this.follow = follow;
  }

  send(call: Call, carried: Carried): JourneyReply {
    const request = this.request(call, carried);
    if (this.follow !== undefined) return this.taken(this.follow(request));
    const { method, url, body, params } = request;
    return this.taken(http.request(method, url, body, params));
  }

  /** Its URL, without what a call says. */
  get place(): string {
    return this.server.href + this.endpoint.path;
  }

  request(call: Call, { headers, jar }: Carried): StepRequest {
    const { method } = this.endpoint;
    const { params, body, url } = this.requester;
    const content = contentIn(call, this.endpoint);
    const isAsDeclared = headers === undefined && call.headers === undefined && content === this.endpoint;
    const sent = isAsDeclared ? { body, params } : this.withSaid(content, call, headers);
    const own = jar === undefined ? sent.params : { ...sent.params, jar };
    const isDeclaredUrl = call.path === undefined && call.query === undefined && !this.endpoint.path.includes('{');
    return { method, url: isDeclaredUrl ? url : this.urlOf(call), body: sent.body, params: own };
  }

  /** Counts a reply with what became of its request. */
  taken(reply: Reply): JourneyReply {
    const outcome = this.count?.(reply) ?? this.requester.outcomeOf(reply);
    return new JourneyReply(this.endpoint, reply, outcome);
  }

  private urlOf({ path, query }: Call): string {
    const { endpoint, server } = this;
    const filled = fillPath(`endpoint "${endpoint.id}"`, endpoint.path, path);
    return server.href + filled + queryString({ ...endpoint.query, ...query });
  }

  private withSaid(content: Content, call: Call, carried: Carried['headers']): Pick<StepRequest, 'body' | 'params'> {
    const { endpoint, server, requester } = this;
    const { body, type } = contentOf(content);
    const typed = type === undefined ? undefined : { 'Content-Type': type };
    const ofServer = headersOf({}, server.credentials);
    const headers = layeredHeaders(call.headers, endpoint.headers, carried, typed, ofServer);
    return { body, params: { ...requester.params, headers } };
  }
}

function contentIn(call: Call, endpoint: RunEndpoint): Content {
  if (call.variables !== undefined) return { json: { ...(endpoint.json as object), variables: call.variables } };
  return CONTENT_KINDS.some((kind) => call[kind] !== undefined) ? call : endpoint;
}
