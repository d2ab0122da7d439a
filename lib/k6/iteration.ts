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

/** Runs for every request of the load. */
export function countedRequest(requester: Requester, countsTimeouts: boolean): () => void {
  const count = counterOf(requester);
  const { send } = requester;
  if (!countsTimeouts) return () => count(send());
  return () => {
    const outcome = count(send());
    if (outcome !== 'not_sent') timeouts.add(outcome === 'timeout');
  };
}

/** Counts a reply of the load: what is not needed for a good one waits until there is a bad one. */
export function counterOf({
  endpoint,
  outcomeOf,
  checkSaid,
  countsOk,
  countsCauses,
}: Requester): (reply: Reply) => ObservedOutcome | 'ok' {
  const tags = { endpoint: endpoint.id };
  const [usualStatus] = endpoint.expectedStatuses;
  const isChecked = endpoint.check !== undefined;
  const isLimited = endpoint.rateLimit !== undefined;
  const countOk = (reply: Reply) => {
    if (countsOk) okDuration.add(reply.timings.duration, tags);
    return 'ok' as const;
  };
  const countOther = (outcome: ObservedOutcome, reply: Reply) => {
    // The recorder sees everything but what a check says.
    if (!countsCauses && outcome !== 'check_failed') return;
    notOkDuration.add(reply.timings.duration, tags);
    outcomeCounters[outcome].add(1, tags);
  };
  return (reply) => {
    if (reply.status === usualStatus && !isChecked) return countOk(reply);
    let outcome: ObservedOutcome | 'ok';
    try {
      outcome = outcomeOf(reply);
    } catch (error) {
      // A check that throws has not found the content to be right.
      countOther('check_failed', reply);
      throw error;
    }
    if (outcome === 'ok') return countOk(reply);
    countOther(outcome, reply);
    if (outcome === 'check_failed' && typeof checkSaid() !== 'boolean') undecidedChecks.add(1, tags);
    if (outcome === 'rate_limited' && isLimited && !saysWhenToRetry(reply)) noRetryAfter.add(1, tags);
    return outcome;
  };
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
