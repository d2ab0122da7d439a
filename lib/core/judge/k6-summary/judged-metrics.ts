import { OWN_METRICS, outcomeMetric } from '../../measure/k6-metrics.ts';
import type { JourneySummary, K6SummaryMetric, Measured } from '../../measure/measured.ts';
import { OBSERVED_OUTCOMES } from '../../measure/outcome.ts';
import { customMetricOf } from '../custom-metrics.ts';
import type { JudgedThreshold } from '../threshold.ts';
import { VERDICTS, type Verdict } from '../verdict-rank.ts';
import { k6WordsOf, OK_REPLIES, okLatencyName, tagged, verdictName } from './k6-words.ts';
import { alike, counter, rate, trend } from './summary-metrics.ts';
import { ofJourney } from './words-of-journeys.ts';

/** Metrics of a summary of k6's, by their names. */
export type Metrics = Record<string, K6SummaryMetric>;

/** Requests of the load, or of one endpoint. What k6 takes for expected are the `ok` replies and those of wrong content. */
export function metricsOfRequests(
  { requests, outcomes, latencyMs }: Measured,
  endpoint: string | undefined,
  checksContent: boolean,
): Metrics {
  const ok = outcomes.ok ?? 0;
  const others = OBSERVED_OUTCOMES.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [[tagged(outcomeMetric(outcome), endpoint), counter(count)] as const];
  });
  return {
    [tagged('http_reqs', endpoint)]: counter(requests),
    [tagged('http_req_failed', endpoint)]: rate(requests - ok - (outcomes.check_failed ?? 0), requests),
    [tagged('http_req_duration', endpoint)]: trend(latencyMs.all),
    [okLatencyName(endpoint, checksContent)]: trend(latencyMs.ok),
    [tagged(OK_REPLIES, endpoint)]: counter(ok),
    ...Object.fromEntries(others),
  };
}

/** Journeys of one name: each that was started, and how long those took that completed. */
export function metricsOfJourney({ name, started, durationMs }: JourneySummary): Metrics {
  return {
    [ofJourney(OWN_METRICS.journeyStarted, name)]: counter(started),
    [ofJourney(OWN_METRICS.journeyCompleted, name)]: trend(durationMs),
  };
}

/** So that nobody who looks for crossed thresholds takes a run for good that was cut short, say, or that sent too little. */
export function metricsOfVerdict(own: Verdict): Metrics {
  const all = VERDICTS.map((verdict): [string, K6SummaryMetric] => {
    const count = verdict === own ? 1 : 0;
    const thresholds = { 'count<=0': { ok: count === 0 } };
    return [verdictName(verdict), { ...counter(count), ...(verdict === 'pass' ? {} : { thresholds }) }];
  });
  return Object.fromEntries(all);
}

/** A figure that nothing else in the file says, such as a share of timeouts, is there for the threshold on it. */
export function addThresholds(metrics: Metrics, thresholds: readonly JudgedThreshold[], checksContent: boolean): void {
  for (const threshold of thresholds) {
    const words = k6WordsOf(threshold, checksContent);
    if (words === undefined) continue;
    const known = metrics[words.metric];
    // A script can have a metric of its own by this name: what is judged wins.
    const isInFile = threshold.unit === 'ms' || words.metric === threshold.custom;
    const metric = isInFile && known !== undefined ? known : metricOfThreshold(threshold);
    const held = { [words.expression]: { ok: threshold.verdict === 'pass' } };
    metrics[words.metric] = { ...metric, thresholds: { ...known?.thresholds, ...held } };
  }
}

function metricOfThreshold({ metric, custom, actual, samples, unit }: JudgedThreshold): K6SummaryMetric {
  // Nothing was measured, and how often a metric was added to, no file of k6's shape says.
  if (custom !== undefined && actual === undefined)
    return { type: customMetricOf(metric)?.kind ?? 'counter', contains: 'default', values: {} };
  if (unit === 'share') return rate(Math.round((actual ?? 0) * samples), samples);
  // Without a figure there is nothing that a reader could take for one.
  if (actual === undefined && samples > 0) return { type: 'counter', contains: 'default', values: {} };
  if (unit === 'perSecond') return { type: 'gauge', contains: 'default', values: alike(actual ?? 0) };
  return counter(actual ?? 0);
}
