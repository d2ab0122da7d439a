import { whetherHolds } from '../judge/holds.ts';
import { metricInWords } from '../judge/k6-summary/k6-words.ts';
import { METRICS } from '../judge/metrics.ts';
import type { StoredThreshold } from '../judge/threshold.ts';
import { countSent } from '../measure/outcome.ts';
import { present } from '../spec/present.ts';
import type { Expression } from './idle-threshold.ts';
import { baseOf, type K6File, type K6FileMetric, tagsOf } from './k6-file.ts';
import { measureRequests } from './measure-requests.ts';
import { endpointOf } from './read-endpoints.ts';

/** What a file of our own says of a threshold. */
interface OwnFinding {
  readonly metric: K6FileMetric;
  /** Whether the figures of the metric can be. */
  readonly isSound: boolean;
  /** What the run was found to do. */
  readonly holds: boolean;
}

/**
 * A threshold of k6-verdict that its own file says in k6's words, as summary.json has it. Undefined for any other. Its
 * verdict is made of its figure anew, and never better than the one that was stored.
 */
export function readOwnThreshold(
  file: K6File,
  name: string,
  { metric: { values }, isSound, holds }: OwnFinding,
  { statistic, operator, limit }: Expression,
): StoredThreshold | undefined {
  const metric = metricInWords(baseOf(name), tagsOf(name), statistic);
  if (metric === undefined || METRICS[metric].operator !== operator) return undefined;
  const { unit, operator: own } = METRICS[metric];
  const endpoint = endpointOf(name);
  const samples = samplesOf(file, unit, endpoint, values);
  const actual = samples > 0 ? values[statistic] : undefined;
  const isHeld = whetherHolds(present({ low: actual, high: actual }), own, limit) ?? false;
  const judged = isHeld && holds ? (isSound ? 'pass' : 'no_data') : 'fail';
  const verdict = actual === undefined ? 'no_data' : judged;
  return {
    metric,
    ...present({ endpoint }),
    limit,
    operator: own,
    unit,
    samples,
    ...present({ actual, toTell: isHeld && holds && !isSound ? 'this figure cannot be' : undefined }),
    verdict,
  };
}

/** What never left the machine is no sample of a count. */
function samplesOf(
  file: K6File,
  unit: StoredThreshold['unit'],
  endpoint: string | undefined,
  { count = 0, passes = 0, fails = 0 }: K6FileMetric['values'],
): number {
  if (unit === 'ms') return count;
  if (unit === 'share') return passes + fails;
  const requests = measureRequests(file, present({ endpoint }) as Record<string, string>);
  return requests === undefined ? 0 : countSent(requests);
}
