import { customMetricOf } from '../judge/custom-metrics.ts';
import { whetherHolds } from '../judge/holds.ts';
import { metricInWords } from '../judge/k6-summary/k6-words.ts';
import { customLimitInWords } from '../judge/k6-summary/words-of-custom.ts';
import { journeyMetricInWords, ofJourney } from '../judge/k6-summary/words-of-journeys.ts';
import { definitionOf, type Metric } from '../judge/metrics.ts';
import type { StoredThreshold } from '../judge/threshold.ts';
import { OWN_METRICS } from '../measure/k6-metrics.ts';
import { countSent } from '../measure/outcome.ts';
import { present } from '../spec/present.ts';
import type { Expression } from './idle-threshold.ts';
import { baseOf, type K6File, type K6FileMetric, tagsOf } from './k6-file.ts';
import { measureRequests } from './measure-requests.ts';
import { endpointOf } from './read-endpoints.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What a file of our own says of a threshold. */
interface OwnFinding {
  readonly metric: K6FileMetric;
  /** Whether the figures of the metric can be. */
  readonly isSound: boolean;
  /** What the run was found to do. */
  readonly holds: boolean;
}

/** What a threshold of our own is on. */
interface OwnLimit extends Pick<StoredThreshold, 'endpoint' | 'journey' | 'custom'> {
  readonly metric: Metric;
}

/**
 * A threshold of k6-verdict that its own file says in k6's words, as summary.json has it. Undefined for any other. Its
 * verdict is made of its figure anew, and never better than the one that was stored.
 */
export function readOwnThreshold(
  file: K6File,
  name: string,
  { metric, isSound, holds }: OwnFinding,
  { statistic, operator, limit }: Expression,
): StoredThreshold | undefined {
  const own = ownLimit(name, statistic, operator);
  if (own === undefined) return undefined;
  const { unit, operator: ours } = definitionOf(own.metric);
  if (ours !== operator) return undefined;
  const samples = samplesOf(file, own, unit, metric);
  const actual = samples === 0 || isOfOtherKind(own, metric) ? undefined : metric.values[statistic];
  const isHeld = whetherHolds(present({ low: actual, high: actual }), ours, limit) ?? false;
  const judged = isHeld && holds ? (isSound ? 'pass' : 'no_data') : 'fail';
  const verdict = actual === undefined ? 'no_data' : judged;
  return {
    ...own,
    limit,
    operator: ours,
    unit: unit === 'value' && metric.isTime ? 'ms' : unit,
    ...present({ samples, actual, toTell: isHeld && holds && !isSound ? 'this figure cannot be' : undefined }),
    verdict,
  };
}

/** Every threshold of our own file is one of ours: what is on no request and on no journey is on a metric of the author's. */
function ownLimit(name: string, statistic: string, operator: string): OwnLimit | undefined {
  const [base, tags] = [baseOf(name), tagsOf(name)];
  const { journey } = tags;
  const ofRequests = metricInWords(base, tags, statistic);
  if (ofRequests !== undefined) return { metric: ofRequests, ...present({ endpoint: endpointOf(name) }) };
  const ofJourneys = journeyMetricInWords(base, statistic);
  if (ofJourneys !== undefined && journey !== undefined)
    return { metric: ofJourneys, journey: withoutSecrets(journey) };
  return customLimitInWords(base, tags, statistic, operator);
}

/** A limit for a counter is on nothing where the metric is a trend. What there is in a second is told as a gauge. */
function isOfOtherKind({ metric, custom }: OwnLimit, { kind }: K6FileMetric): boolean {
  if (custom === undefined || metric === 'customPerSecondAtLeast') return false;
  return customMetricOf(metric)?.kind !== kind;
}

/** Undefined for a counter of the author's: the file does not say how often it was added to. */
function samplesOf(
  file: K6File,
  own: OwnLimit,
  unit: StoredThreshold['unit'],
  metric: K6FileMetric,
): number | undefined {
  const { count = 0, passes = 0, fails = 0 } = metric.values;
  if (isOfOtherKind(own, metric)) return 0;
  if (metric.kind === 'trend') return count;
  if (unit === 'share') return passes + fails;
  if (own.custom !== undefined) return Object.keys(metric.values).length === 0 ? 0 : undefined;
  if (own.journey !== undefined)
    return file.metrics.get(ofJourney(OWN_METRICS.journeyStarted, own.journey))?.values.count ?? 0;
  return samplesOfRequests(file, own);
}

/** What never left the machine is no sample of a count. */
function samplesOfRequests(file: K6File, { endpoint }: OwnLimit): number {
  const requests = measureRequests(file, present({ endpoint }) as Record<string, string>);
  return requests === undefined ? 0 : countSent(requests);
}
