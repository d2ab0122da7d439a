import http from 'k6/http';
import { parsePageUrl, requireConsent } from '../../core/spec/base-url.ts';
import type { Reply } from '../request.ts';
import type { StepRequest } from './step.ts';

/** RFC 9110 §15.4: statuses whose `Location` says where to go on. */
export const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** As many as k6 follows by default. */
const MOST_REDIRECTS = 10;

/**
 * Sends a request and follows where its replies lead, as far as load may be sent there.
 * @param passed is told each reply that leads on; the last one is returned
 * @param allowedHosts hosts that LOAD_ALLOW_HOSTS names
 * @throws UserError for a reply that leads to a host without consent
 */
export function sendAndFollow(
  request: StepRequest,
  passed: (reply: Reply) => void,
  allowedHosts: readonly string[],
): Reply {
  let now = request;
  let reply = ask(now);
  for (let followed = 0; followed < MOST_REDIRECTS; followed += 1) {
    const next = whereTo(now, reply);
    if (next === undefined) break;
    requireConsent(parsePageUrl(next.url, 'The Location of a response'), allowedHosts, 'a redirect');
    passed(reply);
    now = next;
    reply = ask(now);
  }
  return reply;
}

function ask({ method, url, body, params }: StepRequest): Reply {
  return http.request(method, url, body, params);
}

/** The request that a reply leads to; undefined where it leads nowhere. */
function whereTo({ method, url, body, params }: StepRequest, reply: Reply): StepRequest | undefined {
  const location = reply.headers.Location;
  if (!REDIRECTS.includes(reply.status) || location === undefined || location === '') return undefined;
  const target = resolved(location, url);
  // What says who somebody is goes to the server alone that it is for.
  const own = originOf(target) === originOf(url) ? params : withoutCredentials(params);
  const isSameAgain = reply.status === 307 || reply.status === 308 || method === 'GET' || method === 'HEAD';
  return isSameAgain
    ? { method, url: target, body, params: own }
    : { method: 'GET', url: target, body: null, params: own };
}

function withoutCredentials({ headers: _, jar: __, ...params }: StepRequest['params']): StepRequest['params'] {
  return params;
}

/** RFC 3986 §5.2, as far as servers make use of it; a fragment is not sent. */
function resolved(location: string, from: string): string {
  const [target = ''] = location.split('#');
  const origin = originOf(from);
  if (/^https?:\/\//i.test(target)) return target;
  if (target.startsWith('//')) return from.slice(0, from.indexOf('//')) + target;
  if (target.startsWith('/')) return origin + target;
  const [path = ''] = from.slice(origin.length).split('?');
  if (target.startsWith('?')) return origin + path + target;
  return `${origin}${path.slice(0, path.lastIndexOf('/') + 1)}${target}`;
}

function originOf(url: string): string {
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}
