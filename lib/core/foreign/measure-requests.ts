import type { Measured } from '../measure/measured.ts';
import { addOutcomes, countRequests, type OutcomeCounts } from '../measure/outcome.ts';
import { LADDER_PERCENTILES, type Latency, latencyAt } from '../measure/quantile-ladder.ts';
import { causesOf } from './count-causes.ts';
import { findMetric, type K6File, type Tags } from './k6-file.ts';
import { type OwnRequests, ownRequests } from './own-summary.ts';

/** Requests as far as k6's summary tells. */
export interface CountedRequests extends Measured {
  /** Whether it tells of each of them that it failed or did not. */
  readonly isFailureKnown: boolean;
  /** Whether not one was ok: k6 took all for failed, or counted errors that its script told it to expect. */
  readonly isNeverOk: boolean;
}

/** Nothing was counted at all: k6 leaves a metric out that has no samples. */
export const NO_REQUESTS: CountedRequests = {
  requests: 0,
  outcomes: {},
  latencyMs: { all: { count: 0 }, ok: { count: 0 } },
  isFailureKnown: true,
  isNeverOk: false,
};

/** The requests with these tags, or all of them; undefined where the file has no count of them. */
export function measureRequests(file: K6File, tags: Tags = {}): CountedRequests | undefined {
  const requests = countTagged(file, tags);
  if (requests === undefined) return undefined;
  const own = ownRequests(file, tags, requests);
  if (own !== undefined) return measureOwn(file, tags, requests, own);
  const failures = failuresOf(file, tags, requests);
  const outcomes = outcomesOf(requests, failures, causesOf(file, tags));
  const { ok = 0, unknown = 0 } = outcomes;
  const all = findMetric(file, 'http_req_duration', tags)?.values;
  const expected = findMetric(file, 'http_req_duration', { ...tags, expected_response: 'true' })?.values;
  // The times of expected replies are those of ok ones, unless the script told k6 to expect errors.
  const hasSameTimes = failures !== undefined && ok === failures.judged - failures.failed;
  return {
    requests,
    outcomes,
    latencyMs: {
      all: readLatency(all, requests),
      ok: readLatency(ok === requests ? all : hasSameTimes ? expected : undefined, ok),
    },
    isFailureKnown: unknown === 0,
    isNeverOk: requests > 0 && failures !== undefined && ok + unknown === 0,
  };
}

function measureOwn(file: K6File, tags: Tags, requests: number, { outcomes, okTimes }: OwnRequests): CountedRequests {
  const { ok = 0 } = outcomes;
  const all = findMetric(file, 'http_req_duration', tags)?.values;
  const latencyMs = { all: readLatency(all, all?.count ?? requests), ok: readLatency(okTimes, ok) };
  return { requests, outcomes, latencyMs, isFailureKnown: true, isNeverOk: requests > 0 && ok === 0 };
}

export function countTagged(file: K6File, tags: Tags): number | undefined {
  const rate = findMetric(file, 'http_req_failed', tags)?.values;
  const count =
    findMetric(file, 'http_reqs', tags)?.values.count ??
    findMetric(file, 'http_req_duration', tags)?.values.count ??
    (rate?.passes === undefined && rate?.fails === undefined ? undefined : (rate.passes ?? 0) + (rate.fails ?? 0));
  return count === undefined ? undefined : asCount(count);
}

/** Of a figure that cannot be a count, the nearest that can; impossible.ts says it. */
function asCount(figure: number): number {
  return Math.max(0, Math.round(figure));
}

/** What k6 took for failed. */
interface Failures {
  readonly failed: number;
  /** So many requests it judged: a script can take all judgement from it. */
  readonly judged: number;
}

/** Undefined where the file does not say which of these requests failed. */
function failuresOf(file: K6File, tags: Tags, requests: number): Failures | undefined {
  const rate = findMetric(file, 'http_req_failed', tags)?.values;
  const own = rate === undefined ? undefined : failuresOfRate(rate, requests);
  if (own !== undefined) return own;
  const ok =
    countTagged(file, { ...tags, expected_response: 'true' }) ??
    minus(requests, countTagged(file, { ...tags, expected_response: 'false' })) ??
    sameForAll(file, requests);
  return ok === undefined ? undefined : { failed: Math.max(0, requests - ok), judged: requests };
}

/** k6's http_req_failed is a rate of failures: what it calls `passes` failed. */
function failuresOfRate(
  { passes, fails, rate }: Readonly<Record<string, number>>,
  requests: number,
): Failures | undefined {
  const judged = passes === undefined || fails === undefined ? requests : Math.min(requests, asCount(passes + fails));
  const failed = passes ?? (fails === undefined ? (rate ?? Number.NaN) * requests : requests - fails);
  return Number.isNaN(failed) ? undefined : { failed: Math.min(judged, asCount(failed)), judged };
}

function minus(whole: number, part: number | undefined): number | undefined {
  return part === undefined ? undefined : whole - part;
}

/** Where all requests of a run failed, or none, those of each endpoint did the same. */
function sameForAll(file: K6File, requests: number): number | undefined {
  const rate = findMetric(file, 'http_req_failed', {})?.values;
  const all = countTagged(file, {});
  if (rate === undefined || all === undefined) return undefined;
  if (rate.fails === all) return requests;
  return rate.passes === all ? 0 : undefined;
}

/**
 * What became of requests, of which k6 says how many it took for failed, and how many had which status or error. A
 * script can tell k6 to expect errors. Of those, replies of class 4xx can be what was asked for, and count as ok as far
 * as k6 surely expected them; those of class 5xx, and requests without a reply, never do.
 */
function outcomesOf(requests: number, failures: Failures | undefined, causes: OutcomeCounts): OutcomeCounts {
  const { rate_limited: _, not_found: __, client_error: ___, unexpected_status: ____, ...errors } = causes;
  const causeCount = countRequests(causes);
  // Of figures that cannot be, nothing is taken.
  const known = causeCount > requests ? {} : causes;
  if (failures === undefined) return addOutcomes([known, { unknown: requests - countRequests(known) }]);
  const { failed, judged } = failures;
  if (countRequests(known) <= failed) return withRest(requests, judged, failed, known);
  // All that k6 took for failed can be among the replies of class 4xx: then none of those is surely ok.
  if (countRequests(errors) > failed) return withRest(requests, Math.max(judged, causeCount), causeCount, known);
  return withRest(requests, judged, failed, errors);
}

function withRest(requests: number, judged: number, failed: number, causes: OutcomeCounts): OutcomeCounts {
  const rest = { ok: judged - failed, unclassified: failed - countRequests(causes), unknown: requests - judged };
  return addOutcomes([causes, rest]);
}

/** k6 writes 0 for every figure of a trend without samples: only a count says that there is something. */
function readLatency(values: Readonly<Record<string, number>> | undefined, count: number): Latency {
  if (values === undefined || count === 0) return { count };
  const percentiles = LADDER_PERCENTILES.map((percentile) => values[`p(${percentile})`]);
  const ladder = [values.min, ...percentiles, values.max];
  const { avg } = values;
  if (avg !== undefined && isWhole(ladder)) return latencyAt(count, avg, ladder);
  return {
    count,
    ...defined({
      min: values.min,
      avg,
      p50: values.med ?? values['p(50)'],
      p90: values['p(90)'],
      p95: values['p(95)'],
      p99: values['p(99)'],
      max: values.max,
    }),
  };
}

function isWhole(values: readonly (number | undefined)[]): values is readonly number[] {
  return values.every((value) => value !== undefined);
}

function defined(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** As a report has them. */
export function withoutDoubt<Requests extends CountedRequests>({
  isFailureKnown: _,
  isNeverOk: __,
  ...measured
}: Requests): Omit<Requests, 'isFailureKnown' | 'isNeverOk'> {
  return measured;
}
