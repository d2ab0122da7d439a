import { OWN_METRICS, outcomeMetric } from '../../measure/k6-metrics.ts';
import type { K6Metrics, K6SummaryMetric, LoadRecord, Measured } from '../../measure/measured.ts';
import { OBSERVED_OUTCOMES } from '../../measure/outcome.ts';
import { LADDER_TREND_STATS, type Latency } from '../../measure/quantile-ladder.ts';
import { sum } from '../../spec/sum.ts';
import type { K6Measurement } from '../measurement.ts';
import type { CustomFigures, RunSummary } from '../run-summary.ts';
import type { JudgedThreshold } from '../threshold.ts';
import { VERDICTS, type Verdict } from '../verdict-rank.ts';
import { type K6Group, rootGroupOf } from './k6-groups.ts';
import { k6WordsOf, OK_REPLIES, okLatencyName, tagged, verdictName } from './k6-words.ts';

/** What k6 hands to `handleSummary`, as far as it is the same whoever measured: `k6-summary.json`. */
export interface K6SummaryData {
  readonly root_group: K6Group;
  readonly options: {
    readonly summaryTrendStats: readonly string[];
    readonly summaryTimeUnit: '';
    readonly noColor: true;
  };
  readonly state: {
    readonly isStdOutTTY: false;
    readonly isStdErrTTY: false;
    /** Of the whole run. */
    readonly testRunDurationMs: number;
  };
  readonly metrics: Readonly<Record<string, K6SummaryMetric>>;
}

type Metrics = Record<string, K6SummaryMetric>;

/**
 * The data of k6's `handleSummary` with the figures and the thresholds by which a run was judged, for whoever reads k6's
 * summaries. All requests in it are of the load. Of k6's data there is neither what `setup()` returned nor any other
 * option: both can hold secrets.
 */
export function k6SummaryOf(
  summary: RunSummary,
  { metrics, checksContent = false }: Pick<K6Measurement, 'metrics' | 'checksContent'>,
): K6SummaryData {
  const { durationSeconds, custom, totals, endpoints, load, thresholds, verdict } = summary;
  const counted = [
    metricsOfCustom(custom),
    metricsOfLoad(load, metrics),
    ...[{ ...totals, id: undefined }, ...endpoints].map(({ id, ...measured }) =>
      metricsOfRequests(measured, id, checksContent),
    ),
    metricsOfVerdict(verdict),
  ];
  const found: Metrics = Object.assign({}, ...counted);
  addThresholds(found, thresholds, checksContent);
  return {
    root_group: rootGroupOf(custom?.checks ?? []),
    options: { summaryTrendStats: [...LADDER_TREND_STATS, 'med'], summaryTimeUnit: '', noColor: true },
    state: { isStdOutTTY: false, isStdErrTTY: false, testRunDurationMs: durationSeconds * 1000 },
    metrics: Object.fromEntries(Object.entries(found).map(([name, each]) => [name, withRate(each, durationSeconds)])),
  };
}

/** Requests of the load, or of one endpoint. What k6 takes for expected are the `ok` replies and those of wrong content. */
function metricsOfRequests(
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

function metricsOfLoad({ iterations, windowSeconds }: LoadRecord, measured: K6Metrics): Metrics {
  const { completed, failed, dropped } = iterations;
  const kept = (['vus', 'vus_max', 'iteration_duration'] as const).flatMap((name) => {
    const values = measured[name]?.values;
    const isTime = name === 'iteration_duration';
    const kind = { type: isTime ? 'trend' : 'gauge', contains: isTime ? 'time' : 'default' } as const;
    return values === undefined ? [] : [[name, { ...kind, values }] as const];
  });
  return {
    ...Object.fromEntries(kept),
    iterations: counter(completed + failed),
    dropped_iterations: counter(dropped),
    [OWN_METRICS.failedIterations]: counter(failed),
    [OWN_METRICS.loadWindow]: { type: 'gauge', contains: 'time', values: alike(windowSeconds * 1000) },
  };
}

function metricsOfCustom(custom: CustomFigures | undefined): Metrics {
  const checks = custom?.checks ?? [];
  const passes = sum(checks.map((check) => check.passes));
  const total = passes + sum(checks.map((check) => check.fails));
  const figures = (custom?.figures ?? []).map(({ metric, kind, isTime, values }): [string, K6SummaryMetric] => [
    metric,
    { type: kind, contains: isTime ? 'time' : 'default', values },
  ]);
  return { ...Object.fromEntries(figures), ...(total > 0 ? { checks: rate(passes, total) } : {}) };
}

/** So that nobody who looks for crossed thresholds takes a run for good that was cut short, say, or that sent too little. */
function metricsOfVerdict(own: Verdict): Metrics {
  const all = VERDICTS.map((verdict): [string, K6SummaryMetric] => {
    const count = verdict === own ? 1 : 0;
    const thresholds = { 'count<=0': { ok: count === 0 } };
    return [verdictName(verdict), { ...counter(count), ...(verdict === 'pass' ? {} : { thresholds }) }];
  });
  return Object.fromEntries(all);
}

/** A figure that nothing else in the file says, such as a share of timeouts, is there for the threshold on it. */
function addThresholds(metrics: Metrics, thresholds: readonly JudgedThreshold[], checksContent: boolean): void {
  for (const threshold of thresholds) {
    const words = k6WordsOf(threshold, checksContent);
    if (words === undefined) continue;
    const known = metrics[words.metric];
    // A script can have a metric of its own by this name: what is judged wins.
    const metric = threshold.unit === 'ms' && known !== undefined ? known : metricOfThreshold(threshold);
    const held = { [words.expression]: { ok: threshold.verdict === 'pass' } };
    metrics[words.metric] = { ...metric, thresholds: { ...known?.thresholds, ...held } };
  }
}

function metricOfThreshold({ actual, samples, unit }: JudgedThreshold): K6SummaryMetric {
  if (unit === 'share') return rate(Math.round((actual ?? 0) * samples), samples);
  // Without a figure there is nothing that a reader could take for one.
  if (actual === undefined && samples > 0) return { type: 'counter', contains: 'default', values: {} };
  if (unit === 'perSecond') return { type: 'gauge', contains: 'default', values: alike(actual ?? 0) };
  return counter(actual ?? 0);
}

function counter(count: number): K6SummaryMetric {
  return { type: 'counter', contains: 'default', values: { count } };
}

function rate(passes: number, total: number): K6SummaryMetric {
  const values = { rate: total > 0 ? passes / total : 0, passes, fails: total - passes };
  return { type: 'rate', contains: 'default', values };
}

function alike(value: number): K6SummaryMetric['values'] {
  return { value, min: value, max: value };
}

/** k6 writes 0 for every figure of a trend without samples. */
function trend({ count, avg = 0, p50 = 0, ladder = [] }: Latency): K6SummaryMetric {
  const empty = Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, 0]));
  const points = Object.fromEntries(ladder.map(([quantile, ms]) => [statOf(quantile), ms]));
  return { type: 'trend', contains: 'time', values: { ...empty, count, avg, ...points, med: p50 } };
}

function statOf(quantile: number): string {
  if (quantile === 0) return 'min';
  return quantile === 1 ? 'max' : `p(${Number((quantile * 100).toFixed(4))})`;
}

/** k6 divides each count by the duration of the run. */
function withRate(metric: K6SummaryMetric, seconds: number): K6SummaryMetric {
  const { count } = metric.values;
  if (metric.type !== 'counter' || count === undefined) return metric;
  return { ...metric, values: { count, rate: seconds > 0 ? count / seconds : 0 } };
}
