import type { CheckedReply } from '../../core/spec/endpoint.ts';
import type { CountReply } from '../iteration.ts';
import { Requester } from '../request.ts';
import type { RunEndpoint } from '../run-endpoint.ts';
import { REDIRECTS, sendAndFollow } from './redirects.ts';
import type { Follow } from './step.ts';

/**
 * The endpoint as it is sent where its redirects are followed: a reply that leads on is expected of it, but not as the
 * last one.
 */
export function expectingRedirects(endpoint: RunEndpoint): RunEndpoint {
  const { expectedStatuses: declared, check } = endpoint;
  return {
    ...endpoint,
    expectedStatuses: [...new Set([...declared, ...REDIRECTS])],
    check: (reply: CheckedReply) => declared.includes(reply.status) && (check === undefined || check(reply)),
  };
}

/** @param countOf how replies to a request are counted; undefined where nothing is left to count */
export function followingOf(
  requester: Requester,
  allowedHosts: readonly string[],
  countOf: (requester: Requester) => CountReply | undefined,
): Follow {
  const passed = countOf(withoutCheck(requester));
  return (request) => sendAndFollow(request, (reply) => passed?.(reply), allowedHosts);
}

/** A reply that leads on is as it should be, whatever is in it. */
function withoutCheck({ endpoint: { check: _, ...endpoint }, counting, url, params, body }: Requester): Requester {
  return new Requester(endpoint, counting, url, params, body);
}
