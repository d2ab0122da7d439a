import { NOT_DECLARED } from '../../spec/not-declared.ts';
import { sum } from '../../spec/sum.ts';
import {
  endpointLatencyMetric,
  outcomeMetric,
  outcomeSubMetric,
  overallLatencyMetric,
  REQUESTS,
} from '../k6-metrics.ts';
import type { K6SummaryMetric } from '../measured.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../outcome.ts';
import { mergeAlike } from './merge-records.ts';
import type { RecordTotals } from './read-record.ts';
import type { RecordedSeries } from './recorded-series.ts';
import {
  byEndpoint,
  countOfTrends,
  isExpected,
  isTrend,
  loadRequests,
  okReplies,
  outcomeOfCell,
  type TrendSeries,
  trendOf,
} from './request-cells.ts';
import type { RecordedTrend } from './trend.ts';
import { trendValues } from './trend-quantiles.ts';

export type RecordedMetric = K6SummaryMetric;

type Metrics = Record<string, RecordedMetric>;

/** What must be known of a test to read its record. */
export interface RecordedTest {
  readonly endpoints: readonly { readonly id: string }[];
  /** Whether the script counts the `ok` replies itself, since their contents are checked. */
  readonly checksContent?: boolean;
}

/**
 * The metrics of a record as k6's own summary would have them: every metric, and those sub-metrics that the figures of
 * a test are read from. So whoever reads k6's summary reads a record as well.
 */
export function metricsOfRecord(record: RecordTotals, test: RecordedTest): Metrics {
  const seconds = (record.lastAtMs - record.startedAtMs) / 1000;
  const requests = record.series.filter(isTrend).filter(({ metric }) => metric === REQUESTS);
  const others = record.series.filter(({ metric }) => metric !== REQUESTS);
  return {
    ...metricsOfSeries(others, seconds),
    ...metricsOfRequests(requests, seconds),
    ...metricsOfEndpoints(record.series, test, seconds),
  };
}

/** Each metric as a whole, and by each of its tags. */
export function metricsOfSeries(all: readonly RecordedSeries[], seconds: number): Metrics {
  const groups = new Map<string, RecordedSeries[]>();
  for (const series of all) {
    const { metric, tags } = series;
    const names = [metric, ...Object.entries(tags).map(([tag, value]) => `${metric}{${tag}:${value}}`)];
    for (const name of names) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [series]);
      else group.push(series);
    }
  }
  return Object.fromEntries([...groups].map(([name, group]) => [name, metricOf(mergeAlike(group), seconds)]));
}

/** What k6's summary says of a series. @param seconds how long it was recorded */
export function metricOf(series: RecordedSeries, seconds: number): K6SummaryMetric {
  const { contains } = series;
  switch (series.kind) {
    case 'counter':
      return counter(series.sum, seconds, contains);
    case 'gauge':
      return { type: 'gauge', contains, values: { value: series.last, min: series.min, max: series.max } };
    case 'rate':
      return rate(series.trues, series.total, contains);
    case 'trend':
      return trend(series.trend, contains);
  }
}

function counter(count: number, seconds: number, contains = 'default'): K6SummaryMetric {
  return { type: 'counter', contains, values: { count, rate: seconds > 0 ? count / seconds : 0 } };
}

function rate(passes: number, total: number, contains = 'default'): K6SummaryMetric {
  const values = { rate: total > 0 ? passes / total : 0, passes, fails: total - passes };
  return { type: 'rate', contains, values };
}

function trend(recorded: RecordedTrend, contains = 'time'): K6SummaryMetric {
  return { type: 'trend', contains, values: trendValues(recorded) };
}

/** What k6 says of all requests, also of those before the load. */
function metricsOfRequests(requests: readonly TrendSeries[], seconds: number): Metrics {
  if (requests.length === 0) return {};
  const failed = requests.filter(({ tags }) => !isExpected(tags));
  const total = countOfTrends(requests);
  return {
    [REQUESTS]: trend(trendOf(requests)),
    [`${REQUESTS}{expected_response:true}`]: trend(trendOf(requests.filter(({ tags }) => isExpected(tags)))),
    http_reqs: counter(total, seconds),
    http_req_failed: rate(countOfTrends(failed), total),
  };
}

function metricsOfEndpoints(
  series: readonly RecordedSeries[],
  { endpoints, checksContent = false }: RecordedTest,
  seconds: number,
): Metrics {
  const load = loadRequests(series);
  if (load.length === 0) return {};
  const own = byEndpoint(load);
  return {
    [overallLatencyMetric('all', checksContent)]: trend(trendOf(load)),
    [overallLatencyMetric('ok', checksContent)]: trend(trendOf(okReplies(series, checksContent))),
    ...outcomesOf(load, outcomeMetric, seconds),
    ...Object.assign(
      {},
      ...endpoints.map(({ id }) => metricsOfEndpoint(id, own.get(id) ?? [], checksContent, seconds)),
      metricsOfEndpoint(NOT_DECLARED, own.get(NOT_DECLARED) ?? [], false, seconds),
    ),
  };
}

function metricsOfEndpoint(
  id: string,
  series: readonly TrendSeries[],
  checksContent: boolean,
  seconds: number,
): Metrics {
  if (series.length === 0) return {};
  const expected = series.filter(({ tags }) => isExpected(tags));
  return {
    [endpointLatencyMetric('all', id)]: trend(trendOf(series)),
    ...(checksContent ? {} : { [endpointLatencyMetric('ok', id)]: trend(trendOf(expected)) }),
    ...outcomesOf(series, (outcome) => outcomeSubMetric(outcome, id), seconds),
  };
}

/** By what k6 says of each request. What a check found is not among it: the script counts that. */
function outcomesOf(
  series: readonly TrendSeries[],
  nameOf: (outcome: ObservedOutcome) => string,
  seconds: number,
): Metrics {
  const others = series.filter(({ tags }) => !isExpected(tags));
  return Object.fromEntries(
    OBSERVED_OUTCOMES.filter((outcome) => outcome !== 'check_failed').map((outcome) => {
      const counts = others.filter(({ tags }) => outcomeOfCell(tags) === outcome).map((each) => each.trend.count);
      return [nameOf(outcome), counter(sum(counts), seconds)];
    }),
  );
}
