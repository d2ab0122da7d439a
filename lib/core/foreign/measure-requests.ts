import type { Measured } from '../measure/measured.ts';
import { addOutcomes, classifyReply, countRequests, type Outcome, type OutcomeCounts } from '../measure/outcome.ts';
import { LADDER_PERCENTILES, type Latency, latencyAt } from '../measure/quantile-ladder.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { areSame, baseOf, findMetric, type K6File, type Tags, tagsOf } from './k6-file.ts';

/** The tags by which scripts tell their endpoints apart; the first one is the most deliberate. */
export const ENDPOINT_TAGS = ['endpoint', 'name', 'url'] as const;

/** Requests as far as k6's summary tells. */
export interface CountedRequests extends Measured {
  /** Whether it tells of each of them that it failed or did not. */
  readonly isFailureKnown: boolean;
  /** Whether k6 took every single one for failed. */
  readonly isNeverOk: boolean;
}

/** The requests with these tags, or all of them; undefined where the file has no count of them. */
export function measureRequests(file: K6File, tags: Tags = {}): CountedRequests | undefined {
  const requests = countTagged(file, tags);
  if (requests === undefined) return undefined;
  const { ok, failed } = splitByFailure(file, tags, requests);
  const causes = classify(countCauses(file, tags), Math.min(requests, failed ?? countFailed(file) ?? requests));
  const unclassified = requests - (ok ?? 0) - countRequests(causes);
  const all = findMetric(file, 'http_req_duration', tags)?.values;
  const okTrend = findMetric(file, 'http_req_duration', { ...tags, expected_response: 'true' })?.values;
  return {
    requests,
    outcomes: addOutcomes([{ ok: ok ?? 0 }, causes, { unclassified }]),
    latencyMs: { all: readLatency(all, requests), ok: readLatency(ok === requests ? all : okTrend, ok ?? 0) },
    isFailureKnown: failed !== undefined || unclassified === 0,
    isNeverOk: requests > 0 && failed === requests,
  };
}

export function countTagged(file: K6File, tags: Tags): number | undefined {
  const rate = findMetric(file, 'http_req_failed', tags)?.values;
  return (
    findMetric(file, 'http_reqs', tags)?.values.count ??
    findMetric(file, 'http_req_duration', tags)?.values.count ??
    (rate === undefined ? undefined : (rate.passes ?? 0) + (rate.fails ?? 0))
  );
}

interface Split {
  readonly ok?: number;
  readonly failed?: number;
}

/** k6's http_req_failed is a rate of failures: what it calls `passes` failed. */
function splitByFailure(file: K6File, tags: Tags, requests: number): Split {
  const rate = findMetric(file, 'http_req_failed', tags)?.values;
  if (rate !== undefined) return { ok: rate.fails ?? 0, failed: rate.passes ?? 0 };
  const ok =
    countTagged(file, { ...tags, expected_response: 'true' }) ??
    minus(requests, countTagged(file, { ...tags, expected_response: 'false' })) ??
    sameForAll(file, requests);
  return present({ ok, failed: minus(requests, ok) });
}

function minus(whole: number, part: number | undefined): number | undefined {
  return part === undefined ? undefined : whole - part;
}

/** Of all requests of the run. */
function countFailed(file: K6File): number | undefined {
  return findMetric(file, 'http_req_failed', {})?.values.passes;
}

/** Where all requests of a run failed, or none, those of each endpoint did the same. */
function sameForAll(file: K6File, requests: number): number | undefined {
  const rate = findMetric(file, 'http_req_failed', {})?.values;
  const all = countTagged(file, {});
  if (rate === undefined || all === undefined) return undefined;
  if (rate.fails === all) return requests;
  return rate.passes === all ? 0 : undefined;
}

type CauseTag = 'status' | 'error_code';

/** Requests by a tag that says what became of them. */
interface Cause {
  readonly tag: CauseTag;
  readonly value: number;
  readonly count: number;
}

interface TaggedCause extends Cause {
  readonly tags: Tags;
}

/** What the sub-metrics of http_reqs say of these requests; of all requests, also what they say of each endpoint. */
function countCauses(file: K6File, tags: Tags): Cause[] {
  const tagged = taggedCauses(file);
  const own = tagged.filter((cause) => areSame(cause.tags, tags));
  if (Object.keys(tags).length > 0) return own;
  const others = tagged.filter((cause) => !own.some((known) => isSameReply(known, cause)));
  const unique = others.filter((cause, i) => others.findIndex((first) => isSameReply(first, cause)) === i);
  return [
    ...own,
    ...unique.map(({ tag, value }) => ({ tag, value, count: countOverEndpoints(others, { tag, value }) })),
  ];
}

function taggedCauses({ metrics }: K6File): TaggedCause[] {
  return [...metrics].flatMap(([name, { values }]) => {
    if (baseOf(name) !== 'http_reqs') return [];
    const { status, error_code: code, ...tags } = tagsOf(name);
    if ((status === undefined) === (code === undefined)) return [];
    const tag: CauseTag = status === undefined ? 'error_code' : 'status';
    return [{ tag, value: Number(status ?? code), count: values.count ?? 0, tags }];
  });
}

type Reply = Pick<Cause, 'tag' | 'value'>;

function isSameReply(one: Reply, other: Reply): boolean {
  return one.tag === other.tag && one.value === other.value;
}

/** Tags can tell the same endpoints apart in several ways: the one that counts most tells most. */
function countOverEndpoints(causes: readonly TaggedCause[], reply: Reply): number {
  const sums = ENDPOINT_TAGS.map((tag) =>
    sum(causes.filter((cause) => isSameReply(cause, reply) && isOnly(cause.tags, tag)).map(({ count }) => count)),
  );
  return Math.max(...sums);
}

function isOnly(tags: Tags, tag: string): boolean {
  return Object.keys(tags).length === 1 && tag in tags;
}

/** Figures that are more than what failed say that k6 was told to expect some of it: then no cause is sure. */
function classify(causes: readonly Cause[], failed: number): OutcomeCounts {
  // The same replies can be counted by their status, and by k6's error code for that status.
  const byReply = new Map<string, { readonly outcome: Outcome; readonly count: number }>();
  for (const cause of causes) {
    const status = statusOf(cause);
    const outcome = status === undefined ? outcomeOfCode(cause.value) : outcomeOfStatus(status);
    const key = status === undefined ? `code ${cause.value}` : `status ${status}`;
    const count = Math.max(cause.count, byReply.get(key)?.count ?? 0);
    if (outcome !== undefined) byReply.set(key, { outcome, count });
  }
  const outcomes = addOutcomes([...byReply.values()].map(({ outcome, count }) => ({ [outcome]: count })));
  return countRequests(outcomes) > failed ? {} : outcomes;
}

function statusOf({ tag, value }: Cause): number | undefined {
  if (tag === 'status') return value;
  return value >= 1400 && value < 1600 ? value - 1000 : undefined;
}

/** Below 400 k6 takes a reply for expected, unless it was told otherwise. */
function outcomeOfStatus(status: number): Outcome | undefined {
  return status >= 400 ? classifyReply({ status, errorCode: 0 }) : undefined;
}

/** 1000 is whatever k6 has no code for: a connection that the server closed, among others. */
function outcomeOfCode(errorCode: number): Outcome | undefined {
  return errorCode > 1000 ? classifyReply({ status: 0, errorCode }) : undefined;
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
