import http, { type BatchRequests } from 'k6/http';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Carried, Credentials } from '../auth/auth.ts';
import type { Call, Send, SendAll } from './call.ts';
import type { Dialogue } from './dialogue.ts';
import { JourneyStop } from './journey-stop.ts';
import type { JourneyReply } from './reply.ts';
import type { Connect, SocketEndpoint } from './socket-endpoint.ts';
import type { Step } from './step.ts';

/** Finds the step of an endpoint. @throws Error for one that may not be asked */
export type FindStep = (endpoint: Endpoint) => Step;

/** Who sends: what requests carry, and what is done about a 401. */
export type Sender = Pick<Credentials, 'carried' | 'renew' | 'carries' | 'renewAtMs'>;

/** Sees each reply, but not one for which the request was sent again. */
export type SeeReply = (endpoint: Endpoint, reply: JourneyReply) => void;

const NOTHING: Carried = {};

/** Nothing is known of who sends. */
export const ANYBODY: Sender = {
  carried: () => NOTHING,
  renew: () => false,
  carries: NOTHING,
  renewAtMs: Number.POSITIVE_INFINITY,
};

const UNAUTHORISED = 401;

/** A `send` for someone. */
export function sendFor(stepOf: FindStep, sender: Sender, seen?: SeeReply): Send {
  const send = (endpoint: Endpoint, call?: Call): JourneyReply => {
    const step = stepOf(endpoint);
    const reply = settled(step, call, sender, step.send(call, sender.carried()));
    if (seen !== undefined) seen(endpoint, reply);
    return reply;
  };
  return Object.assign(send, {
    orStop: (endpoint: Endpoint, call?: Call) => okOrStop(endpoint, send(endpoint, call)),
  }) as Send;
}

/** A request that was answered 401 is sent once more, where its sender can log in again. */
export function settled(step: Step, call: Call | undefined, sender: Sender, reply: JourneyReply): JourneyReply {
  return isRefused(reply) && sender.renew() ? step.send(call, sender.carried()) : reply;
}

/** The same for several requests at once: after one login, those that were answered 401 are sent once more, together. */
export function sendAllFor(stepOf: FindStep, sender: Sender, seen?: SeeReply): SendAll {
  const sendAll = (...requests: readonly (readonly [Endpoint, Call?])[]): JourneyReply[] => {
    const asked = requests.map(([endpoint, call]): Asked => [stepOf(endpoint), call]);
    let replies = sendTogether(asked, sender.carried());
    if (replies.some(isRefused) && sender.renew()) {
      const refused = asked.filter((_, i) => isRefused(replies[i] as JourneyReply));
      const again = sendTogether(refused, sender.carried()).values();
      replies = replies.map((reply) => (isRefused(reply) ? (again.next().value as JourneyReply) : reply));
    }
    for (const [i, reply] of replies.entries()) seen?.((asked[i] as Asked)[0].endpoint, reply);
    return replies;
  };
  return sendAll as unknown as SendAll;
}

type Asked = readonly [step: Step, call: Call | undefined];

function sendTogether(asked: readonly Asked[], carried: Carried): JourneyReply[] {
  const batch = asked.map(([step, call]) => step.request(call, carried));
  const answers = http.batch(batch as unknown as BatchRequests) as unknown as Parameters<Step['taken']>[0][];
  return answers.map((reply, i) => (asked[i] as Asked)[0].taken(reply));
}

/** How many dialogues go on: a journey that ends before them has not awaited them. */
export interface HeldDialogues {
  count: number;
}

/** A `connect` for someone. */
export function connectFor(stepOf: FindStep, sender: Sender, held: HeldDialogues, seen?: SeeReply): Connect {
  const connect = async (endpoint: SocketEndpoint, call: Call, dialogue: (socket: Dialogue) => unknown) => {
    held.count += 1;
    try {
      const reply = await endpoint.holdDialogue(stepOf(endpoint), call, sender.carried(), dialogue);
      seen?.(endpoint, reply);
      return reply;
    } finally {
      held.count -= 1;
    }
  };
  return connect as Connect;
}

/** A `send` whose every reply must be `ok`. */
export function sendOrStop(stepOf: FindStep, carried: Carried, seen?: SeeReply): Send {
  const send = (endpoint: Endpoint, call?: Call) => {
    const reply = stepOf(endpoint).send(call, carried);
    if (seen !== undefined) seen(endpoint, reply);
    return okOrStop(endpoint, reply);
  };
  return Object.assign(send, { orStop: send }) as Send;
}

/** An endpoint may expect its 401. */
function isRefused(reply: JourneyReply): boolean {
  return !reply.ok && reply.status === UNAUTHORISED;
}

/** @throws JourneyStop for a reply that is not `ok` */
export function okOrStop({ id }: Endpoint, reply: JourneyReply): JourneyReply {
  if (reply.ok) return reply;
  throw new JourneyStop(id, reply.status > 0 ? `status ${reply.status}` : reply.outcome);
}
