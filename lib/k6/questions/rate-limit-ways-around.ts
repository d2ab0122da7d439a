import { BYPASS_WAYS, type BypassWay, type LimitEvent } from '../../core/questions/rate-limit/limit-event.ts';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import { requesterOf } from '../request.ts';
import { variantsFor } from './bypass-variants.ts';
import type { LimitedEndpoint } from './limited-endpoint.ts';
import { note, sinceStartMs } from './note.ts';
import { repeat, type Send, senderOf, useUp } from './rate-limit-sender.ts';
import type { StudyContext } from './study-definition.ts';

/** So many attempts for each variant of each way. */
const ROUNDS = 3;
/** A user has one connection, and now and then a second one, where a request came before the first was free again. */
const MOST_IDLE_CONNECTIONS = 3;

/** Uses the limit up and then tries to get around it, in every way and each of them several times. */
export function tryWaysAround(endpoint: LimitedEndpoint, context: StudyContext, plain: Send): void {
  const leave = connectionLeaver(endpoint, context);
  for (const way of BYPASS_WAYS) {
    for (const variant of variantsFor(way, endpoint)) {
      for (let round = 1; round <= ROUNDS; round += 1) {
        useUp(plain, endpoint.rateLimit.requests, { way, round });
        if (way === 'fresh-connection') repeat(MOST_IDLE_CONNECTIONS, () => leave('control', { way, round }));
        attempt(variant(), context, way, round);
        plain('control', { way, round });
      }
    }
  }
}

/** Sends ordinary requests that close their connection: the request after one of them opens a new one. */
function connectionLeaver(endpoint: Endpoint, context: StudyContext): Send {
  const closing = { ...endpoint, headers: { ...endpoint.headers, Connection: 'close' } };
  return senderOf(requesterOf(closing, context, { endpoint: endpoint.id }), 1);
}

/** An attempt is no load: it is in no figure of the endpoint. Only its status is looked at. */
function attempt(variant: Endpoint, context: StudyContext, way: BypassWay, round: number): void {
  const { check: _, ...unchecked } = variant;
  const sentAtMs = sinceStartMs();
  const { status } = requesterOf(unchecked, context, { phase: 'attempt' }).send();
  note({
    client: 1,
    purpose: 'attempt',
    way,
    round,
    sentAtMs,
    doneAtMs: sinceStartMs(),
    status,
    isOk: variant.expectedStatuses.includes(status),
  } satisfies LimitEvent);
}
