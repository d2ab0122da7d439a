import type { LimitEvent } from '../../core/questions/rate-limit/limit-event.ts';
import { present } from '../../core/spec/present.ts';
import { counterOf } from '../iteration.ts';
import type { Reply, Requester } from '../request.ts';
import { retryAfterSeconds } from '../retry-after.ts';
import { note, sinceStartMs } from './note.ts';

/** The attempt that a request belongs to. */
export type Round = Pick<LimitEvent, 'way' | 'round'>;

/** Sends the ordinary request, notes it, and returns what came. */
export type Send = (purpose: LimitEvent['purpose'], round?: Round) => Pick<LimitEvent, 'status' | 'retryAfterSeconds'>;

/** Only what the first client sends is load. */
export function senderOf(requester: Requester, client: LimitEvent['client']): Send {
  const count = client === 1 ? counterOf(requester) : (reply: Reply) => requester.outcomeOf(reply);
  return (purpose, round = {}) => {
    const sentAtMs = sinceStartMs();
    const reply = requester.send();
    const doneAtMs = sinceStartMs();
    const event: LimitEvent = present({
      client,
      purpose,
      ...round,
      sentAtMs,
      doneAtMs,
      status: reply.status,
      isOk: count(reply) === 'ok',
      retryAfterSeconds: reply.status === 429 ? retryAfterSeconds(reply, Date.now()) : undefined,
    });
    note(event);
    return event;
  };
}

/** Sends until the limit is used up; gives up on one that is not enforced. @returns what Retry-After says then */
export function useUp(plain: Send, requests: number, round: Round): number | undefined {
  for (let sent = 0; sent < 2 * requests + 2; sent += 1) {
    const { status, retryAfterSeconds: said } = plain('control', round);
    if (status === 429) return said;
  }
  return undefined;
}

export function repeat(times: number, action: () => void): void {
  for (let i = 0; i < times; i += 1) action();
}
