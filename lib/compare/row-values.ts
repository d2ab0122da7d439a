import { METRICS } from '../core/judge/metrics.ts';
import type { StoredRun } from '../core/judge/run-summary.ts';
import type { Measured } from '../core/measure/measured.ts';
import type { Outcome } from '../core/measure/outcome.ts';
import { shareNotBelow } from '../core/measure/percentile-stability.ts';
import type { Latency } from '../core/measure/quantile-ladder.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import type { RowFamily, RowMetric } from './comparison.ts';
import { DECIDING_PERCENTILES, decidingPercentile } from './deciding-percentile.ts';
import type { Share } from './estimate.ts';
import type { PercentileMetric, RowDefinition } from './row-definition.ts';
import { geometricMeanOf, ofEachRun } from './row-figure.ts';
import { subjectIn } from './row-subject.ts';
import { rowsOfJourney } from './rows-of-journeys.ts';
import { goodputOf, percentileRow } from './rows-of-subject.ts';

/** Every row of a comparison: what decides first, then journey by journey, and endpoint by endpoint. */
export function rowsOf(
  { endpoints, journeys }: ComparedSubjects,
  limitsMs: ReadonlyMap<string | undefined, number>,
  compared: readonly StoredRun[],
): RowDefinition[] {
  const ofEndpoints = endpoints.flatMap((endpoint) => rowsOfSubject(endpoint, limitsMs.get(endpoint), compared));
  return [
    geometricMean(ofEndpoints.filter(({ family }) => family === 'endpoint latency')),
    ...rowsOfSubject(undefined, limitsMs.get(undefined), compared),
    ...journeys.flatMap((journey) => rowsOfJourney(journey, compared)),
    ...ofEndpoints,
  ];
}

/** What there are rows of beside all endpoints together. */
export interface ComparedSubjects {
  readonly endpoints: readonly string[];
  readonly journeys: readonly string[];
}

/** Over the percentiles that decide, each of its own endpoint. */
function geometricMean(deciding: readonly RowDefinition[]): RowDefinition {
  const metrics = DECIDING_PERCENTILES.filter((each) => deciding.some(({ metric }) => metric === each));
  return {
    metric: 'p95-geomean',
    title: `${metrics.join(' or ') || 'p95'} (geometric mean)`,
    unit: 'ms',
    worse: 'higher',
    family: 'primary',
    figure: geometricMeanOf(deciding),
  };
}

/** Of an endpoint the percentile that decides stands first; those that everybody looks for follow. */
function latencyRows(endpoint: string | undefined, compared: readonly StoredRun[]): RowDefinition[] {
  const subject = present({ endpoint });
  const row = (metric: PercentileMetric) => percentileRow(subject, metric, 'successful responses');
  const usual: readonly PercentileMetric[] = ['p95', 'p50', 'p99'];
  if (endpoint === undefined) return usual.map(row);
  const { metric: decides, because } = decidingPercentile(row, compared) ?? { metric: 'p95' as const };
  return [
    { ...row(decides), family: 'endpoint latency', ...present({ decidesBecause: because }) },
    ...usual.filter((each) => each !== decides).map(row),
  ];
}

function rowsOfSubject(
  endpoint: string | undefined,
  limitMs: number | undefined,
  compared: readonly StoredRun[],
): RowDefinition[] {
  const subject = present({ endpoint });
  const isOverall = endpoint === undefined;
  const share = (
    metric: RowMetric,
    title: string,
    shareOf: (subject: Measured, run: StoredRun) => Share | undefined,
    family: RowFamily = 'information',
    worse: RowDefinition['worse'] = 'higher',
  ): RowDefinition => ({
    ...subject,
    metric,
    title,
    unit: 'share',
    worse,
    family,
    share: (run) => {
      const measured = subjectIn(run, subject);
      const found = measured === undefined ? undefined : shareOf(measured, run);
      return found === undefined || found.total === 0 ? undefined : found;
    },
  });
  const ofRequests =
    (...outcomes: Outcome[]) =>
    ({ outcomes: counts, requests }: Measured): Share => ({
      count: sum(outcomes.map((outcome) => counts[outcome] ?? 0)),
      total: requests,
    });
  return [
    {
      ...subject,
      metric: 'goodput',
      title: 'goodput',
      unit: 'per second',
      worse: 'lower',
      family: isOverall ? 'primary' : 'information',
      figure: ofEachRun((run) => goodputOf(run, subject)),
    },
    share('failures', 'failures (excluding expected 429s)', failuresOf, isOverall ? 'primary' : 'endpoint failures'),
    ...latencyRows(endpoint, compared),
    ...(limitMs === undefined
      ? []
      : [
          share('over-limit', `successful responses of ${limitMs} ms or more`, ({ latencyMs }) =>
            beyond(latencyMs.ok, limitMs),
          ),
        ]),
    share('timeouts', 'timeouts', ofRequests('timeout')),
    share('refused', 'connections refused or reset', ofRequests('refused', 'reset')),
    share('server-errors', 'server errors (5xx)', ofRequests('server_error')),
    share('rate-limited', 'responses with 429', ofRequests('rate_limited'), 'information', 'either'),
  ];
}

/** What the threshold on success leaves, by the same definition. */
export function failuresOf(subject: Measured & { readonly id?: string }, run: StoredRun): Share {
  const limitedAsDeclared = sum(
    run.endpoints
      .filter(({ id, rateLimit }) => rateLimit !== undefined && (subject.id === undefined || subject.id === id))
      .map(({ outcomes }) => outcomes.rate_limited ?? 0),
  );
  const total = METRICS.successShare.samples({ ...subject, limitedAsDeclared });
  return { count: total - (subject.outcomes.ok ?? 0), total };
}

function beyond({ count, ladder }: Latency, limitMs: number): Share | undefined {
  if (ladder === undefined || count === 0) return undefined;
  return { count: Math.round(shareNotBelow({ count, ladder }, limitMs) * count), total: count };
}
