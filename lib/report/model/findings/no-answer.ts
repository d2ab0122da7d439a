import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatDuration, formatMs, formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import type { EndpointEvidence } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

/** Requests of which it was not recorded why they failed: only in data that others made. */
export const causeNotRecorded: Rule = ({ totals, endpoints, runs }) => {
  const count = countOutcomes(totals.outcomes, 'unclassified');
  if (count === 0) return [];
  const isByHand = runs.some(({ source }) => source === 'hand-made');
  const affected = endpoints.filter(({ outcomes }) => countOutcomes(outcomes, 'unclassified') > 0);
  const bounds = affected.map((endpoint) => ({ endpoint, most: mostTimeouts(endpoint) }));
  const isBounded = affected.length > 0 && bounds.every(({ most }) => most !== undefined);
  const most = sum(bounds.map((bound) => bound.most ?? 0));
  const timeoutMs = affected[0]?.timeoutMs ?? 0;
  const aboutTwoSeconds = affected.filter(
    ({ outcomes, requests, latencyMs }) =>
      countOutcomes(outcomes, 'unclassified') === requests && isNear(latencyMs.all.avg, WINDOWS_REFUSAL_MS),
  );
  return [
    {
      id: 'cause-not-recorded',
      title: isByHand
        ? 'Requests got no response, for an unrecorded reason'
        : 'Requests failed for an unrecorded reason',
      severity: count / totals.requests >= 0.05 ? 'critical' : 'high',
      impact: 'high',
      area: isByHand ? 'availability' : 'measurement',
      summary: `${formatShare(count / totals.requests, totals.requests)} of all requests (${counted(count, 'request')}) failed without a recorded cause${
        isBounded && most < count
          ? `, of which at most ${formatCount(most)} can have lasted ${formatDuration(timeoutMs / 1000)}`
          : ''
      }.`,
      description: `These figures do not tell timeouts, refused connections and resets apart, and each has another remedy.${
        isBounded && most < count
          ? ` The averages and percentiles of their endpoints leave room for at most ${counted(most, 'request')} as long as the timeout of ${formatDuration(timeoutMs / 1000)}: the other ${counted(count - most, 'request')} ended earlier, so they were no timeouts.`
          : ''
      }`,
      endpoints: idsOf(affected),
      evidence: bounds.map(({ endpoint, most: own }) => {
        const { path, outcomes, requests, latencyMs } = endpoint;
        const average = latencyMs.all.avg === undefined ? '' : `, average of all ${formatMs(latencyMs.all.avg)}`;
        const bound = own === undefined ? '' : `: at most ${counted(own, 'timeout')}`;
        return `${path}: ${formatCount(countOutcomes(outcomes, 'unclassified'))} of ${counted(requests, 'request')} without a cause${average}${bound}`;
      }),
      hypotheses: rankHypotheses([
        hypothesis(
          'Most were refused connections: nothing was listening. From Windows a refusal takes about 2 s, since it tries three times.',
          {
            for: [
              aboutTwoSeconds.length > 0 &&
                `${counted(aboutTwoSeconds.length, 'endpoint')} without any response average ${formatMs(Math.min(...averages(aboutTwoSeconds)), 3)} to ${formatMs(Math.max(...averages(aboutTwoSeconds)), 3)}`,
            ],
          },
        ),
        hypothesis('They were timeouts.', {
          for: [isBounded && most > 0 && `up to ${counted(most, 'request')} can have lasted so long`],
          against: [isBounded && most < count && `the other ${counted(count - most, 'request')} cannot`],
        }),
      ]),
      recommendations: [
        {
          urgency: isByHand ? 'must' : 'should',
          text: 'Run the test with k6-verdict, which records the cause of every failed request.',
        },
        ...(isByHand
          ? [
              {
                urgency: 'must' as const,
                text: 'Read the log of the server process.',
              },
            ]
          : []),
      ],
    },
  ];
};

/** Three attempts to connect, half a second and a second apart. */
const WINDOWS_REFUSAL_MS = 2030;

function isNear(ms: number | undefined, wantedMs: number): boolean {
  return ms !== undefined && Math.abs(ms - wantedMs) <= 0.02 * wantedMs;
}

function averages(endpoints: readonly EndpointEvidence[]): number[] {
  return endpoints.flatMap(({ latencyMs }) => latencyMs.all.avg ?? []);
}

/**
 * The most of an endpoint's unexplained requests that can have lasted its whole timeout: together they cannot have
 * taken longer than all its requests did, and where a percentile lies below the timeout, no more than what is above it
 * (of rank q(n-1), between two replies: the slower of them may be a timeout).
 * Undefined where that cannot be told.
 */
export function mostTimeouts({ outcomes, requests, latencyMs, timeoutMs }: EndpointEvidence): number | undefined {
  const { avg, p50, p90, p95, p99 } = latencyMs.all;
  if (timeoutMs === undefined || avg === undefined) return undefined;
  const above = ([quantile, ms]: readonly [number, number | undefined]) =>
    ms !== undefined && ms < timeoutMs ? [Math.ceil((requests - 1) * (1 - quantile) - 1e-9)] : [];
  const percentiles = (
    [
      [0.5, p50],
      [0.9, p90],
      [0.95, p95],
      [0.99, p99],
    ] as const
  ).flatMap(above);
  return Math.min(countOutcomes(outcomes, 'unclassified'), Math.floor((requests * avg) / timeoutMs), ...percentiles);
}
