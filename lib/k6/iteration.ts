import { sleep } from 'k6';
import type { ObservedOutcome } from '../core/measure/outcome.ts';
import { type LoadShape, modelOf } from '../core/spec/load-shape.ts';
import { takeTurns } from './endpoint-rotation.ts';
import {
  failedIterations,
  noRetryAfter,
  notOkDuration,
  okDuration,
  outcomeCounters,
  timeouts,
  undecidedChecks,
} from './metrics.ts';
import type { Reply, Requester } from './request.ts';
import { saysWhenToRetry } from './retry-after.ts';

/** One iteration is one request, so that k6 can let each of them end in time, and the pause after it. */
export function iterationOf(shape: LoadShape, requests: readonly (() => void)[]): () => void {
  const nextRequest = takeTurns(modelOf(shape), requests);
  const pause = pauseOf(shape);
  return () => {
    const startedAtMs = pause.countsFromStart ? Date.now() : 0;
    try {
      nextRequest()();
    } catch (error) {
      failedIterations.add(1);
      // k6 would start the next iteration at once: thousands of them a second, each with its line in the log.
      sleep(1);
      throw error;
    }
    pause.take(startedAtMs);
  };
}

/** Runs for every request of the load: of a good reply nothing is read but its status, and not even that where it need not be. */
export function countedRequest(requester: Requester, countsTimeouts: boolean): () => void {
  const { send } = requester;
  if (!countsTimeouts && isLeftToRecorder(requester)) return send;
  const count = counterOf(requester);
  if (!countsTimeouts) {
    const usualStatus = statusThatSaysAll(requester);
    return () => {
      const reply = send();
      if (reply.status !== usualStatus) count(reply);
    };
  }
  return () => {
    const outcome = count(send());
    if (outcome !== 'not_sent') timeouts.add(outcome === 'timeout');
  };
}

/** Whether the script has nothing to say of a reply that k6's own tags do not tell: each look at one costs. */
function isLeftToRecorder({ endpoint, countsOk, countsCauses }: Requester): boolean {
  return !countsOk && !countsCauses && endpoint.check === undefined && endpoint.rateLimit === undefined;
}

/** The status of a reply of which nothing is left to count; undefined where there is none. */
function statusThatSaysAll({ endpoint, countsOk }: Requester): number | undefined {
  return countsOk || endpoint.check !== undefined ? undefined : endpoint.expectedStatuses[0];
}

/**
 * Counts a reply of the load. Every user holds one of these for each endpoint, and each function costs it memory: what is
 * not needed for a good reply is shared.
 */
export function counterOf(requester: Requester): (reply: Reply) => ObservedOutcome | 'ok' {
  const { endpoint, countsOk } = requester;
  const usualStatus = endpoint.check === undefined ? endpoint.expectedStatuses[0] : undefined;
  return (reply) => {
    const outcome = reply.status === usualStatus ? 'ok' : countedOutcome(requester, reply);
    if (outcome === 'ok' && countsOk) okDuration.add(reply.timings.duration, { endpoint: endpoint.id });
    return outcome;
  };
}

/** What became of a request, counted unless it is `ok`. */
function countedOutcome(requester: Requester, reply: Reply): ObservedOutcome | 'ok' {
  const { endpoint, outcomeOf, checkSaid } = requester;
  const tags = { endpoint: endpoint.id };
  let outcome: ObservedOutcome | 'ok';
  try {
    outcome = outcomeOf(reply);
  } catch (error) {
    // A check that throws has not found the content to be right.
    countNotOk(requester, 'check_failed', reply);
    throw error;
  }
  if (outcome === 'ok') return outcome;
  countNotOk(requester, outcome, reply);
  if (outcome === 'check_failed' && typeof checkSaid() !== 'boolean') undecidedChecks.add(1, tags);
  if (outcome === 'rate_limited' && endpoint.rateLimit !== undefined && !saysWhenToRetry(reply))
    noRetryAfter.add(1, tags);
  return outcome;
}

function countNotOk({ endpoint, countsCauses }: Requester, outcome: ObservedOutcome, reply: Reply): void {
  // The recorder sees everything but what a check says.
  if (!countsCauses && outcome !== 'check_failed') return;
  const tags = { endpoint: endpoint.id };
  notOkDuration.add(reply.timings.duration, tags);
  outcomeCounters[outcome].add(1, tags);
}

/**
 * Users think for half to one and a half of the think time. With the same time for all of them, users who started
 * together would go on sending together, in a burst per think time.
 */
function pauseOf(shape: LoadShape): {
  readonly countsFromStart: boolean;
  readonly take: (startedAtMs: number) => void;
} {
  const { thinkTimeSeconds, pacingSeconds } = { thinkTimeSeconds: 0, pacingSeconds: 0, ...shape };
  if (pacingSeconds > 0) {
    const take = (startedAtMs: number) =>
      sleep(Math.max(thinkTimeSeconds * (0.5 + Math.random()), pacingSeconds - (Date.now() - startedAtMs) / 1000));
    return { countsFromStart: true, take };
  }
  return {
    countsFromStart: false,
    take: thinkTimeSeconds > 0 ? () => sleep(thinkTimeSeconds * (0.5 + Math.random())) : () => {},
  };
}
