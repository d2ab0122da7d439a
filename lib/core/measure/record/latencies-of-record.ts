import { NOT_DECLARED } from '../../spec/not-declared.ts';
import { OWN_METRICS } from '../k6-metrics.ts';
import { LADDER_QUANTILES, type Latency, latencyAt } from '../quantile-ladder.ts';
import type { RecordedTest } from './metrics-of-record.ts';
import type { RecordTotals } from './read-record.ts';
import { byEndpoint, isTrend, loadRequests, okReplies, trendOf } from './request-cells.ts';
import type { RecordedTrend } from './trend.ts';
import { certainBounds, quantilesOf } from './trend-quantiles.ts';

/** The latency of a set of requests, of all of them and of the `ok` ones, in milliseconds. */
export interface RecordedLatencies {
  readonly all: RecordedTrend;
  readonly ok: RecordedTrend;
}

/** The same of all endpoints, and of each. */
export interface LatenciesOfRecord {
  readonly totals: RecordedLatencies;
  readonly endpoints: ReadonlyMap<string, RecordedLatencies>;
}

/** What `measureRun` takes for the latencies of a test, as it was recorded. */
export function latenciesOfRecord(
  { series }: Pick<RecordTotals, 'series'>,
  { endpoints, checksContent = false }: RecordedTest,
): LatenciesOfRecord {
  const load = loadRequests(series);
  const ok = okReplies(series, checksContent);
  const [allOf, okOf] = [byEndpoint(load), byEndpoint(ok)];
  return {
    totals: { all: trendOf(load), ok: trendOf(ok) },
    endpoints: new Map(
      [...endpoints.map(({ id }) => id), NOT_DECLARED].map((id) => [
        id,
        { all: trendOf(allOf.get(id) ?? []), ok: trendOf(okOf.get(id) ?? []) },
      ]),
    ),
  };
}

/** How long the completed journeys of one name took. */
export function durationOfJourneys({ series }: Pick<RecordTotals, 'series'>, journey: string): RecordedTrend {
  const ofJourney = series.filter(
    ({ metric, tags }) => metric === OWN_METRICS.journeyCompleted && tags.journey === journey,
  );
  return trendOf(ofJourney.filter(isTrend));
}

/** A recorded latency as a summary has it, with the range in which each percentile of the samples surely lies. */
export function bracketedLatency(trend: RecordedTrend): Latency {
  const { count, sum, min, max } = trend;
  if (count === 0) return { count };
  // A sum is rounded: the average of equal samples could come out above them.
  const avg = Math.min(Math.max(sum / count, min), max);
  const latency = latencyAt(count, avg, quantilesOf(trend, LADDER_QUANTILES));
  const bracket = (quantile: number, ms = Number.NaN) => {
    const [low, high] = certainBounds(trend, quantile);
    // The figure is rounded to nanoseconds: it stays within what is said of it.
    return [Math.min(low, ms), Math.max(high, ms)] as const;
  };
  const { p50, p95, p99 } = latency;
  return { ...latency, brackets: { p50: bracket(0.5, p50), p95: bracket(0.95, p95), p99: bracket(0.99, p99) } };
}
