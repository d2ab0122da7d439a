import { sum } from '../../spec/sum.ts';
import { classifyReply, type ObservedOutcome } from '../outcome.ts';
import type { Tags } from './record-format.ts';
import type { RecordedSeries } from './recorded-series.ts';
import { mergeTrends, type RecordedTrend } from './trend.ts';

/** k6's metric of requests: the recorder keeps one sample of each request, in it. */
export const REQUESTS = 'http_req_duration';

/** Of every request these tags say what became of it. */
export const OUTCOME_TAGS = ['status', 'error_code', 'error', 'expected_response'] as const;

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

export function trendOf(series: readonly TrendSeries[]): RecordedTrend {
  return mergeTrends(series.map(({ trend }) => trend));
}

export function countOfTrends(series: readonly TrendSeries[]): number {
  return sum(series.map(({ trend }) => trend.count));
}
