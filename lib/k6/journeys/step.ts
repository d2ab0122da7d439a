import http, { type RefinedParams, type RequestBody, type ResponseType } from 'k6/http';
import type { ObservedOutcome } from '../../core/measure/outcome.ts';
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

/** What is done about the requests of a step, besides sending them. */
export interface StepSpecials {
  /** Says what became of a request, and counts it; undefined where nothing is left to count in the script. */
  readonly count: CountReply | undefined;
  /** Of an endpoint whose redirects are followed. */
  readonly follow: Follow | undefined;
  /** Is told that a request is sent now. */
  readonly sends: (() => void) | undefined;
}

const NO_CALL: Call = {};

/**
 * Requests of journeys to one endpoint. Those of the load are sent in Go where they can be: `module/sending` reads what
 * they have in common from here, does what `request` does, and asks these methods for what is rare.
 */
export class Step {
  readonly endpoint: RunEndpoint;
  /** The URL of its server, without a path. */
  readonly server: string;
  readonly template: PathTemplate;
  /** The query that the endpoint declares, as it is sent. */
  readonly query: string;
  /** What it declares to send. */
  readonly declared: ReturnType<typeof contentOf>;
  readonly params: StepRequest['params'];
  /** Whether a status never says all of what became of a request. */
  readonly judgesAll: boolean;
  private readonly requester: Requester;
  private readonly credentials: string | undefined;
  private readonly specials: StepSpecials;
  /** What was sent last: hardly a request carries anything else than the one before. */
  private last: {
    readonly carried: Carried;
    readonly type: string | undefined;
    readonly params: StepRequest['params'];
  };

  constructor({ href, credentials }: BaseUrl, requester: Requester, specials: StepSpecials) {
    const { endpoint, params } = requester;
    this.endpoint = endpoint;
    this.server = href;
    this.template = new PathTemplate(`endpoint "${endpoint.id}"`, endpoint.path);
    this.query = endpoint.query === undefined ? '' : queryString(endpoint.query);
    this.declared = contentOf(endpoint);
    this.params = params;
    this.judgesAll = specials.count !== undefined || endpoint.check !== undefined;
    this.requester = requester;
    this.credentials = credentials;
    this.specials = specials;
    this.last = { carried: {}, type: undefined, params };
  }

  /** Whether all there is to its requests is to send each and to say what became of it. */
  get isPlain(): boolean {
    return this.specials.follow === undefined && this.specials.sends === undefined;
  }

  /** Its URL, without what a call says. */
  get place(): string {
    return this.server + this.endpoint.path;
  }

  send(call: Call | undefined, carried: Carried): JourneyReply {
    const { follow } = this.specials;
    const request = this.request(call, carried);
    if (follow !== undefined) return this.taken(follow(request));
    const { method, url, body, params } = request;
    return this.taken(http.request(method, url, body, params));
  }

  request(call: Call = NO_CALL, carried: Carried): StepRequest {
    this.specials.sends?.();
    const { body, type } = this.contentOf(call);
    const url = this.server + this.template.fill(call.path) + this.queryOf(call);
    return { method: this.endpoint.method, url, body, params: this.paramsOf(type, carried, call.headers) };
  }

  /** A reply as journeys see it, counted with what became of its request. */
  taken(reply: Reply): JourneyReply {
    return JourneyReply.of(this.endpoint, reply, this.outcomeOf(reply));
  }

  /** What became of a request, which is counted where the script has to. */
  outcomeOf(reply: Reply): ObservedOutcome | 'ok' {
    const { count } = this.specials;
    return count === undefined ? this.requester.outcomeOf(reply) : count(reply);
  }

  contentOf({ json, form, body, variables }: Call): ReturnType<typeof contentOf> {
    if (json !== undefined) return contentOf({ json });
    if (variables !== undefined) return contentOf({ json: { ...(this.endpoint.json as object), variables } });
    return form === undefined && body === undefined ? this.declared : contentOf({ form, body } as Call);
  }

  /** @param own those of one call */
  headersOf(type: string | undefined, carried: Carried, own: Call['headers']): Record<string, string> {
    const typed = type === undefined ? undefined : { 'Content-Type': type };
    const ofServer = headersOf({}, this.credentials);
    return layeredHeaders(own, this.endpoint.headers, carried.headers, typed, ofServer);
  }

  private queryOf({ query }: Call): string {
    return query === undefined ? this.query : queryString({ ...this.endpoint.query, ...query });
  }

  private paramsOf(type: string | undefined, carried: Carried, own: Call['headers']): StepRequest['params'] {
    const { last } = this;
    if (own === undefined && carried === last.carried && type === last.type) return last.params;
    const headers = this.headersOf(type, carried, own);
    const params = { ...this.params, headers, ...(carried.jar && { jar: carried.jar }) };
    if (own === undefined) this.last = { carried, type, params };
    return params;
  }
}
