import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RateLimit } from '../../core/spec/endpoint.ts';
import { requesterOf } from '../request.ts';
import type { LimitedEndpoint } from './limited-endpoint.ts';
import { sinceStartMs } from './note.ts';
import { repeat, type Send, senderOf, useUp } from './rate-limit-sender.ts';
import { tryWaysAround } from './rate-limit-ways-around.ts';
import type { StudyContext } from './study-definition.ts';

/** In windows of the limit: when the second burst and the other client have their turn, and when the probing ends. */
const SECOND_BURST = 0.4;
const OTHER_CLIENT = 0.6;
const PROBING_ENDS = 1.5;
/** The ways around it come after that, and then as long as Retry-After says, which is a window at most. */
export const WINDOWS_NEEDED = 2.7;
/** Share of the limit that the first burst takes: two bursts tell a sliding window from a fixed one. */
const FIRST_BURST = 0.6;
const PROBES_PER_WINDOW = 120;
const LEAST_PROBE_SECONDS = 0.02;
/** Far enough apart that some of them meet a time in which the first client is refused, whatever the limiter. */
const REQUESTS_OF_OTHER_CLIENT = 10;
const BETWEEN_THEM = 0.08;

/** What a user does. k6 gives its users the local addresses in turn: every second one is the other client. */
export function clientsOf(endpoint: LimitedEndpoint, context: StudyContext): () => void {
  const [requester] = context.requesters;
  if (requester === undefined) throw new Error('There is no request for the endpoint');
  const plain = senderOf(requester, 1);
  const other = senderOf(requesterOf(endpoint, context, { phase: 'other-client' }), 2);
  const firstClient = () => {
    measureLimit(plain, endpoint.rateLimit);
    tryWaysAround(endpoint, context, plain);
    bePatient(plain, endpoint.rateLimit);
  };
  return () => {
    if (context.order.hasSecondClient && exec.vu.idInTest % 2 === 0) otherClient(other, endpoint.rateLimit);
    else firstClient();
  };
}

/** Two bursts, the second of which uses the limit up, and then a look every moment whether it lets something through. */
function measureLimit(plain: Send, { requests, windowSeconds }: RateLimit): void {
  repeat(Math.ceil(FIRST_BURST * requests), () => plain('measure'));
  sleepUntil(SECOND_BURST * windowSeconds);
  // Enough to use the limit up, and a few more; where nothing is refused, twice as many show it.
  for (let sent = 0, refused = 0; sent < 2 * requests && refused < 3; sent += 1) {
    if (plain('measure').status === 429) refused += 1;
  }
  const pauseSeconds = Math.max(LEAST_PROBE_SECONDS, windowSeconds / PROBES_PER_WINDOW);
  while (sinceStartMs() < PROBING_ENDS * windowSeconds * 1000) {
    plain('measure');
    sleep(pauseSeconds);
  }
}

/** Whether another client is refused because the first one used up its limit. */
function otherClient(other: Send, { requests, windowSeconds }: RateLimit): void {
  sleepUntil(OTHER_CLIENT * windowSeconds);
  repeat(Math.min(REQUESTS_OF_OTHER_CLIENT, requests), () => {
    other('measure');
    sleep(BETWEEN_THEM * windowSeconds);
  });
}

/** Comes back when it is told to, and not before. */
function bePatient(plain: Send, { requests, windowSeconds }: RateLimit): void {
  const told = useUp(plain, requests, {});
  if (told === undefined || told > windowSeconds + 1) return;
  sleep(told + 0.02);
  plain('patient');
}

function sleepUntil(secondsSinceStart: number): void {
  sleep(Math.max(0, secondsSinceStart - sinceStartMs() / 1000));
}
