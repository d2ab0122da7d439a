import { OWN_METRICS } from '../../measure/k6-metrics.ts';
import type { K6Metrics, K6SummaryMetric, LoadRecord } from '../../measure/measured.ts';
import { LADDER_TREND_STATS } from '../../measure/quantile-ladder.ts';
import { sum } from '../../spec/sum.ts';
import type { K6Measurement } from '../measurement.ts';
import type { CustomFigures, K6Check, RunSummary } from '../run-summary.ts';
import {
  addThresholds,
  type Metrics,
  metricsOfJourney,
  metricsOfRequests,
  metricsOfVerdict,
} from './judged-metrics.ts';
import { type K6Group, rootGroupOf } from './k6-groups.ts';
import { alike, counter, rate, withRates } from './summary-metrics.ts';

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

/**
 * The data of k6's `handleSummary` with the figures and the thresholds by which a run was judged, for whoever reads k6's
 * summaries. All requests in it are of the load. Of k6's data there is neither what `setup()` returned nor any other
 * option: both can hold secrets.
 */
export function k6SummaryOf(
  summary: RunSummary,
  { metrics, checksContent = false }: Pick<K6Measurement, 'metrics' | 'checksContent'>,
): K6SummaryData {
  const { durationSeconds, custom, totals, endpoints, journeys = [], load, thresholds, verdict } = summary;
  const counted = [
    metricsOfCustom(custom),
    metricsOfLoad(load, metrics),
    ...[{ ...totals, id: undefined }, ...endpoints].map(({ id, ...measured }) =>
      metricsOfRequests(measured, id, checksContent),
    ),
    ...journeys.map(metricsOfJourney),
    metricsOfVerdict(verdict),
  ];
  const found: Metrics = Object.assign({}, ...counted);
  addThresholds(found, thresholds, checksContent);
  return k6SummaryData(withRates(found, durationSeconds), custom?.checks ?? [], durationSeconds);
}

/** @param durationSeconds of the whole run */
export function k6SummaryData(
  metrics: K6SummaryData['metrics'],
  checks: readonly K6Check[],
  durationSeconds: number,
): K6SummaryData {
  return {
    root_group: rootGroupOf(checks),
    options: { summaryTrendStats: [...LADDER_TREND_STATS, 'med'], summaryTimeUnit: '', noColor: true },
    state: { isStdOutTTY: false, isStdErrTTY: false, testRunDurationMs: durationSeconds * 1000 },
    metrics,
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
