import type { ObservedOutcome } from '../../core/measure/outcome.ts';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Reply } from '../request.ts';
import { JourneyStop } from './journey-stop.ts';

/** A reply as a journey sees it. */
export class JourneyReply {
  /** What became of the request, as it is counted. */
  declare readonly outcome: ObservedOutcome | 'ok';
  declare private readonly endpoint: Endpoint;
  declare private readonly reply: Reply;

  /** One is made for every request, and k6 makes a literal in half the time that it needs for `new`. */
  static of(endpoint: Endpoint, reply: Reply, outcome: ObservedOutcome | 'ok'): JourneyReply {
    return { __proto__: JourneyReply.prototype, endpoint, reply, outcome } as unknown as JourneyReply;
  }

  /** Whether its status was expected and its content right. */
  get ok(): boolean {
    return this.outcome === 'ok';
  }

  /** Whether a limit that the endpoint declares answered it. */
  get isLimited(): boolean {
    return this.outcome === 'rate_limited' && this.endpoint.rateLimit !== undefined;
  }

  /** 0 where there was no reply. */
  get status(): number {
    return this.reply.status;
  }

  /** As text; empty where there was none. */
  get body(): string {
    // k6 makes the text anew with each look at it.
    const { body } = this.reply;
    return typeof body === 'string' ? body : '';
  }

  /** By their canonical names, such as `Content-Type`. */
  get headers(): Readonly<Record<string, string>> {
    return this.reply.headers;
  }

  /** A header, however its name is spelled; undefined where the reply has none. */
  header(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return Object.entries(this.headers).find(([each]) => each.toLowerCase() === wanted)?.[1];
  }

  /** The body as JSON. Where it is none the journey ends here, and is counted as stopped at this endpoint. */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.body) as T;
    } catch {
      throw new JourneyStop(this.endpoint.id, `its response is not JSON (status ${this.status})`);
    }
  }
}
