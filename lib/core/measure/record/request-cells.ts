import { groupBy } from '../../spec/group-by.ts';
import { NOT_DECLARED } from '../../spec/not-declared.ts';
import { sum } from '../../spec/sum.ts';
import { LOAD_PHASE, OWN_METRICS, REQUESTS } from '../k6-metrics.ts';
import { classifyReply, type ObservedOutcome } from '../outcome.ts';
import type { Tags } from './record-format.ts';
import type { RecordedSeries } from './recorded-series.ts';
import { mergeTrends, type RecordedTrend } from './trend.ts';

export type TrendSeries = Extract<RecordedSeries, { readonly kind: 'trend' }>;

export function isTrend(series: RecordedSeries): series is TrendSeries {
  return series.kind === 'trend';
}

/** Whether the status was one that was asked for. A content check may still find otherwise. */
export function isExpected(tags: Tags): boolean {
  return tags.expected_response === 'true';
}

/** What became of requests that were not as expected. */
export function outcomeOfCell({ status = '0', error_code = '0', error = '' }: Tags): ObservedOutcome {
  return classifyReply({ status: Number(status), errorCode: Number(error_code), error });
}

/** The requests of the load: those before it do not carry its tag. */
export function loadRequests(series: readonly RecordedSeries[]): TrendSeries[] {
  return series.filter(isTrend).filter(({ metric, tags }) => metric === REQUESTS && tags.phase === LOAD_PHASE.phase);
}

export function byEndpoint(series: readonly TrendSeries[]): Map<string, TrendSeries[]> {
  return groupBy(series, ({ tags }) => endpointOf(tags));
}

/** The row of a request of the load. One that the library has not sent has no endpoint. */
export function endpointOf({ endpoint = NOT_DECLARED }: Tags): string {
  return endpoint;
}

/**
 * The replies that are ok. k6 knows nothing of contents: where they are checked, the script says what is ok of all that
 * the library has sent.
 */
export function okReplies(series: readonly RecordedSeries[], checksContent: boolean): TrendSeries[] {
  const expected = loadRequests(series).filter(({ tags }) => isExpected(tags));
  if (!checksContent) return expected;
  const checked = series.filter(isTrend).filter(({ metric }) => metric === OWN_METRICS.okDuration);
  return [...checked, ...expected.filter(({ tags }) => tags.endpoint === undefined)];
}

export function trendOf(series: readonly TrendSeries[]): RecordedTrend {
  return mergeTrends(series.map(({ trend }) => trend));
}

export function countOfTrends(series: readonly TrendSeries[]): number {
  return sum(series.map(({ trend }) => trend.count));
}
