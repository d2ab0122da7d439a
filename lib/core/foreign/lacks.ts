import type { StoredRun, SummarySource } from '../judge/run-summary.ts';
import { sum } from '../spec/sum.ts';
import { formatCount } from '../spec/units.ts';
import { counted, named } from '../spec/words.ts';
import { repliesByStatus } from './count-causes.ts';
import { baseOf, type K6File } from './k6-file.ts';
import type { CountedRequests } from './measure-requests.ts';
import type { ReadChecks } from './read-checks.ts';
import type { TaggedEndpoints } from './read-endpoints.ts';
import { isJudgedOnAll } from './read-thresholds.ts';

/** One of k6's own shapes. */
export type K6Shape = Exclude<SummarySource, 'k6-verdict' | 'script' | 'hand-made'>;

/** How a file of each shape comes about. */
export const SHAPE_TITLES: Readonly<Record<K6Shape, string>> = {
  handleSummary: "data of k6's handleSummary",
  'summary-export': "k6's --summary-export",
  'machine-readable': "k6's --new-machine-readable-summary",
};

/** What to do for a summary that can be judged. */
export const HOW_TO_GET_THRESHOLDS: Readonly<Record<K6Shape, string>> = {
  handleSummary: 'give the k6 script thresholds, or run it with k6-verdict',
  'summary-export': 'give the k6 script thresholds, or run it with k6-verdict',
  'machine-readable':
    "k6 leaves them out of this format; write handleSummary's data or use --summary-export instead, or run with k6-verdict",
};

/** What of a k6 summary a reader must know to be missing, one sentence each. */
export function lacksOf(
  shape: K6Shape,
  file: K6File,
  totals: CountedRequests,
  tagged: TaggedEndpoints,
  unread: StoredRun['k6Thresholds'],
): string[] {
  return [
    `The figures are ${SHAPE_TITLES[shape]}: what k6 does not write there is not in this report.`,
    ...(shape === 'machine-readable' ? ['It has no thresholds, so there is nothing to judge the run by.'] : []),
    "k6's exit code is not stored, so it is not known whether the run was cut short or its script threw exceptions.",
    'The planned load is not stored, so it is not known whether all of it was sent. Only iterations that k6 dropped are counted.',
    ...(totals.requests === 0 ? [NO_HTTP] : []),
    ...lacksOfOutcomes(totals),
    ...whatWasExpected(file, totals),
    ...judgedOnAll(file, totals),
    ...lacksOfLatency(shape, totals),
    ...lacksOfEndpoints(tagged),
    ...unread.map(
      ({ metric, threshold, ok }) =>
        `The threshold "${threshold}" on ${metric} cannot be read; k6 says that it ${ok ? 'holds' : 'was crossed'}.`,
    ),
    'No unloaded baseline was measured, so what always fails cannot be told from what fails under load.',
    ...(file.durationSeconds === undefined
      ? ['How long the run lasted is not stored.']
      : ["The requests per second are over k6's whole run, with its setup and teardown."]),
    `${file.endedAt === undefined ? 'When the run was made, t' : 'T'}he address of the service and the load generator are not stored.`,
  ];
}

const NO_HTTP =
  'There was no HTTP request in this run: it is judged by its thresholds alone, without endpoints, responses and latencies.';

/** In k6's thresholds on durations, a failure that comes at once passes for a fast reply. */
function judgedOnAll({ metrics }: K6File, { requests, outcomes: { ok = 0 } }: CountedRequests): string[] {
  const judged = [...metrics].filter(([name, { thresholds }]) => thresholds.length > 0 && isJudgedOnAll(name));
  if (judged.length === 0 || ok === requests) return [];
  const names = [...new Set(judged.map(([name]) => baseOf(name)))];
  return [
    `k6 judges ${named(names)} on all requests, failed ones too: failures that come at once make ${names.length === 1 ? 'it' : 'them'} look better than what users got.`,
  ];
}

function lacksOfOutcomes({ requests, outcomes, isFailureKnown }: CountedRequests): string[] {
  const { unclassified = 0, unknown = 0 } = outcomes;
  if (!isFailureKnown)
    return [
      unknown === requests
        ? 'It does not say which requests failed (there is no http_req_failed).'
        : `It does not say of ${counted(unknown, 'request')} whether they failed.`,
    ];
  if (requests === 0 || unclassified === 0) return [];
  return [
    `Why ${formatCount(unclassified)} of ${counted(requests, 'request')} failed is not stored: k6 counts failures, not their causes (timeout, refused, 5xx, ...).`,
  ];
}

/** A script can tell k6 which statuses to expect: that a reply did not fail says nothing of its status. */
function whatWasExpected(file: K6File, { requests, outcomes }: CountedRequests): string[] {
  const statuses = repliesByStatus(file);
  const count = (from: number, to: number) =>
    sum(statuses.filter(({ status }) => status >= from && status <= to).map((each) => each.count));
  const expectedErrors = count(500, 599) - failedOf(file);
  const expected =
    count(400, 499) - (outcomes.rate_limited ?? 0) - (outcomes.not_found ?? 0) - (outcomes.client_error ?? 0);
  const ok = outcomes.ok ?? 0;
  return [
    ...(expectedErrors > 0
      ? [
          `The script told k6 to expect errors: ${counted(count(500, 599), 'response', 'responses')} of class 5xx beside ${counted(failedOf(file), 'failed request')}. They count as errors here.`,
        ]
      : []),
    ...(expected > 0 && expectedErrors <= 0
      ? [
          `Up to ${counted(expected, 'response', 'responses')} of class 4xx are ones that the script told k6 to expect: they count as ok here, as they do in k6.`,
        ]
      : []),
    ...(ok > 0 && count(100, 999) < requests
      ? [
          'A successful response is one that k6 took for expected: which statuses those are is up to the script (by default 200 to 399), and they are not stored of every response.',
        ]
      : []),
  ];
}

function failedOf({ metrics }: K6File): number {
  return metrics.get('http_req_failed')?.values.passes ?? 0;
}

const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;

function lacksOfLatency(shape: K6Shape, { latencyMs: { all } }: CountedRequests): string[] {
  if (all.count === 0) return [];
  const missing = PERCENTILES.filter((percentile) => all[percentile] === undefined);
  return [
    ...(missing.length > 0
      ? [
          `Latency percentiles that are not stored: ${missing.join(', ')}${shape === 'machine-readable' ? '' : " (see k6's summaryTrendStats)"}.`,
        ]
      : []),
    ...(all.ladder === undefined ? ['Of the latencies only single figures are stored, not their distribution.'] : []),
  ];
}

function lacksOfEndpoints({ endpoints, lacks }: TaggedEndpoints): string[] {
  const withoutCause = endpoints.filter(({ isFailureKnown }) => !isFailureKnown).map(({ id }) => id);
  return [
    ...(endpoints.length === 0
      ? [
          'There are no figures of single endpoints: k6 keeps them where a threshold names their tag, such as http_reqs{endpoint:orders}.',
        ]
      : ['Methods, categories, expected statuses and declared rate limits of the endpoints are not stored.']),
    ...(withoutCause.length > 0
      ? [
          `Which requests failed is not stored for ${withoutCause.join(', ')} (k6 keeps it where a threshold names http_req_failed{...}).`,
        ]
      : []),
    ...lacks,
  ];
}

/** Of what is neither requests nor thresholds, what is left out, and what cannot be. */
export function lacksOfOthers({ groups }: ReadChecks, left: number, impossible: readonly string[]): string[] {
  return [
    ...(groups.length > 0 ? [`Of ${named(groups)} the file has no more than the names of these groups.`] : []),
    ...(left > 0 ? [`${counted(left, 'more metric')} of the file ${left === 1 ? 'is' : 'are'} left out here.`] : []),
    ...impossible.map((text) => `The file holds what cannot be: ${text}`),
  ];
}
