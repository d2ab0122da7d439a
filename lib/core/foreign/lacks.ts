import type { StoredRun, SummarySource } from '../judge/run-summary.ts';
import { formatCount } from '../spec/units.ts';
import type { K6File } from './k6-file.ts';
import type { CountedRequests } from './measure-requests.ts';
import type { TaggedEndpoints } from './read-endpoints.ts';

/** One of k6's own shapes. */
export type K6Shape = Exclude<SummarySource, 'k6-verdict' | 'hand-made'>;

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
    "k6's exit code is not stored: whether the run was cut short, or its script threw exceptions, cannot be told.",
    'The planned load is not stored: whether all of it was sent cannot be told, except for iterations that k6 dropped.',
    ...lacksOfOutcomes(totals),
    ...lacksOfLatency(shape, totals),
    ...lacksOfEndpoints(tagged),
    ...unread.map(
      ({ metric, threshold, ok }) =>
        `The threshold "${threshold}" on ${metric} cannot be read; k6 says that it ${ok ? 'holds' : 'was crossed'}.`,
    ),
    'The service was not looked at before the load: what is always broken cannot be told from what breaks under load.',
    ...(file.durationSeconds === undefined
      ? ['How long the run lasted is not stored.']
      : ["The requests per second are over k6's whole run, with its setup and teardown."]),
    `${file.endedAt === undefined ? 'When the run was made, t' : 'T'}he address of the service and the machine that made the load are not stored.`,
  ];
}

function lacksOfOutcomes({ requests, outcomes, isFailureKnown }: CountedRequests): string[] {
  if (!isFailureKnown) return ['It does not say which requests failed (there is no http_req_failed).'];
  const { unclassified = 0 } = outcomes;
  if (requests === 0 || unclassified === 0) return [];
  return [
    `Why ${formatCount(unclassified)} of ${formatCount(requests)} requests failed is not stored: k6 counts failures, not their causes (timeout, refused, 5xx, ...).`,
  ];
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
