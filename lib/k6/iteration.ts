import { sleep } from 'k6';
import type { ObservedOutcome } from '../core/measure/outcome.ts';
import { type LoadShape, modelOf } from '../core/spec/load-shape.ts';
import { turnsOf } from './endpoint-rotation.ts';
import { failedIterations } from './failed-iterations.ts';
import { type OutcomeMetrics, outcomeMetrics } from './outcome-metrics.ts';
import { pauseOf } from './pause.ts';
import type { Reply, Requester } from './request.ts';
import { saysWhenToRetry } from './retry-after.ts';

/** One request, whatever is done with its reply. */
export interface Sending {
  send(): unknown;
}

/** The requests that a stream sends in turn, by number. */
export interface Requests {
  readonly count: number;
  send(at: number): unknown;
}

/** One iteration is one request, so that k6 can let each of them end in time, and the pause after it. */
export function iterationOf(shape: LoadShape, requests: Requests): () => void {
  const nextTurn = turnsOf(modelOf(shape), requests.count);
  return withPause(shape, () => {
    try {
      requests.send(nextTurn());
    } catch (error) {
      failedIterations.add(1);
      // k6 would start the next iteration at once: thousands of them a second, each with its line in the log.
      sleep(1);
      throw error;
    }
  });
}

/** Runs for every request of the load: of a good reply nothing is read but its status, and not even that where it need not be. */
export function countedRequest(requester: Requester, countsTimeouts: boolean): Sending {
  const count = countingOf(requester, countsTimeouts);
  if (count === undefined) return requester;
  const usualStatus = countsTimeouts ? undefined : statusThatSaysAll(requester);
  return {
    send: () => {
      const reply = requester.send();
      if (reply.status !== usualStatus) count(reply);
    },
  };
}

/** Says what became of a request, and counts it. */
export type CountReply = (reply: Reply) => ObservedOutcome | 'ok';

/**
 * How replies of the load are counted in the script. Only before the load: k6 wants its metrics then.
 * @param countsTimeouts whether a limit on timeouts ends the run
 * @returns undefined where the recorder sees all there is to see
 */
export function countingOf(requester: Requester, countsTimeouts: boolean): CountReply | undefined {
  if (!countsTimeouts && isLeftToRecorder(requester)) return undefined;
  const count = counterOf(requester);
  if (!countsTimeouts) return count;
  const { timeouts } = outcomeMetrics();
  return (reply) => {
    const outcome = count(reply);
    if (outcome !== 'not_sent') timeouts.add(outcome === 'timeout');
    return outcome;
  };
}

/** Whether the script has nothing to say of a reply that k6's own tags do not tell: each look at one costs. */
export function isLeftToRecorder({ endpoint, counting: { countsOk, countsCauses } }: Requester): boolean {
  return !countsOk && !countsCauses && endpoint.check === undefined && endpoint.rateLimit === undefined;
}

/** The status of a reply of which nothing is left to count; undefined where there is none. */
function statusThatSaysAll({ endpoint, counting: { countsOk } }: Requester): number | undefined {
  return countsOk || endpoint.check !== undefined ? undefined : endpoint.expectedStatuses[0];
}

/**
 * Counts a reply of the load. Every user holds one of these for each endpoint, and each function costs it memory: what is
 * not needed for a good reply is shared.
 */
export function counterOf(requester: Requester): CountReply {
  const { endpoint, counting } = requester;
  const metrics = outcomeMetrics();
  const usualStatus = endpoint.check === undefined ? endpoint.expectedStatuses[0] : undefined;
  return (reply) => {
    const outcome = reply.status === usualStatus ? 'ok' : countedOutcome(requester, reply, metrics);
    if (outcome === 'ok' && counting.countsOk)
      metrics.okDuration.add(reply.timings.duration, { endpoint: endpoint.id });
    return outcome;
  };
}

/** What became of a request, counted unless it is `ok`. */
function countedOutcome(requester: Requester, reply: Reply, metrics: OutcomeMetrics): ObservedOutcome | 'ok' {
  const { endpoint } = requester;
  const tags = { endpoint: endpoint.id };
  let outcome: ObservedOutcome | 'ok';
  try {
    outcome = requester.outcomeOf(reply);
  } catch (error) {
    // A check that throws has not found the content to be right.
    countNotOk(requester, 'check_failed', reply, metrics);
    throw error;
  }
  if (outcome === 'ok') return outcome;
  countNotOk(requester, outcome, reply, metrics);
  if (outcome === 'check_failed' && typeof requester.said !== 'boolean') metrics.undecidedChecks.add(1, tags);
  if (outcome === 'rate_limited' && endpoint.rateLimit !== undefined && !saysWhenToRetry(reply))
    metrics.noRetryAfter.add(1, tags);
  return outcome;
}

function countNotOk(
  { endpoint, counting }: Requester,
  outcome: ObservedOutcome,
  reply: Reply,
  { notOkDuration, counters }: OutcomeMetrics,
): void {
  // The recorder sees everything but what a check says.
  if (!counting.countsCauses && outcome !== 'check_failed') return;
  const tags = { endpoint: endpoint.id };
  notOkDuration.add(reply.timings.duration, tags);
  counters[outcome].add(1, tags);
}

function withPause(shape: LoadShape, request: () => void): () => void {
  const pause = pauseOf(shape);
  if (pause === undefined) return request;
  return () => {
    const startedAtMs = Date.now();
    request();
    pause(startedAtMs);
  };
}
