import type { ObservedOutcome } from '../../core/measure/outcome.ts';
import { counterOf, isLeftToRecorder } from '../iteration.ts';
import { outcomeMetrics } from '../outcome-metrics.ts';
import type { Reply, Requester } from '../request.ts';

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
