import http from 'k6/http';
import { countedRequest, isLeftToRecorder, type Requests, type Sending } from './iteration.ts';
import type { Requester } from './request.ts';

/** The load of a test. @param countsTimeouts whether a limit on timeouts ends the run */
export function loadOf(requesters: readonly Requester[], countsTimeouts: boolean): Requests {
  if (!countsTimeouts && requesters.every(isPlain)) return new PlainRequests(requesters);
  return new EachRequest(requesters.map((requester) => countedRequest(requester, countsTimeouts)));
}

/** Requests each of which is sent in a way of its own. */
export class EachRequest implements Requests {
  readonly count: number;
  private readonly each: readonly Sending[];

  constructor(each: readonly Sending[]) {
    this.each = each;
    this.count = each.length;
  }

  send(at: number): unknown {
    return this.each[at]?.send();
  }
}

/** Of most tests: every user holds its requests, and of these two lists are enough. */
class PlainRequests implements Requests {
  readonly count: number;
  private readonly urls: readonly string[];
  private readonly params: readonly Requester['params'][];

  constructor(requesters: readonly Requester[]) {
    this.count = requesters.length;
    this.urls = requesters.map(({ url }) => url);
    this.params = requesters.map(({ params }) => params);
  }

  send(at: number): unknown {
    return http.get(this.urls[at] as string, this.params[at]);
  }
}

function isPlain(requester: Requester): boolean {
  const { endpoint, body } = requester;
  return endpoint.method === 'GET' && body === null && isLeftToRecorder(requester);
}
