import { NO_ANSWER } from '../../../core/measure/outcome.ts';
import { describeLimit } from '../../../core/measure/rate-limit.ts';
import type { Finding } from '../../../core/spec/document/finding.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatMs, formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import { groupOf } from '../endpoint-rows.ts';
import { type Evidence, successShare, withoutStatuses } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, onPaths } from './rule.ts';

/** What was shown to work, each with the numbers that show it. */
export function positives(evidence: Evidence): Finding[] {
  if (withoutStatuses(evidence.runs).length > 0)
    return [...limitsEnforced(evidence), ...noneFailed(evidence), ...fastEndpoints(evidence)];
  return [...limitsEnforced(evidence), ...stayedUp(evidence), ...fastEndpoints(evidence), ...allSucceeded(evidence)];
}

/** What k6's own summary shows at most: its script says what k6 takes for failed. */
function noneFailed({ totals: { requests, outcomes } }: Evidence): Finding[] {
  if (requests === 0 || (outcomes.ok ?? 0) < requests) return [];
  return [
    {
      id: 'none-failed',
      title: 'k6 counted no failed request',
      summary: `k6 counted ${requests === 1 ? 'the one request' : `every one of ${counted(requests, 'request')}`} as expected.`,
      description:
        'Which statuses k6 expects is up to the script, by default those from 200 to 399. The statuses are not stored of every response, so whether there were server errors all the same is not known.',
      endpoints: [],
      evidence: [`0 of ${counted(requests, 'request')} in http_req_failed`],
    },
  ];
}

function limitsEnforced({ endpoints }: Evidence): Finding[] {
  const enforced = endpoints.filter(({ limit, outcomes }) => limit?.state === 'enforced' && (outcomes.ok ?? 0) > 0);
  if (enforced.length === 0) return [];
  const limited = sum(enforced.map(({ limit }) => limit?.limited ?? 0));
  return [
    {
      id: 'rate-limits-enforced',
      title: 'Rate limits are enforced as declared',
      summary: `${counted(enforced.length, 'declared rate limit')} held (${counted(limited, 'response with 429', 'responses with 429')}).`,
      description:
        'No more was accepted than declared, and the rest got 429. Bypasses, and what happens at the border of a window, are not tested here.',
      endpoints: idsOf(enforced),
      evidence: enforced.flatMap(({ path, limit, requests }) =>
        limit === undefined
          ? []
          : `${path}: ${describeLimit(limit.declared)}; of ${counted(requests, 'request')}, ${formatCount(limit.limited)} answered 429 (${formatShare(limit.limited / requests, requests)})`,
      ),
    },
  ];
}

function stayedUp({ totals }: Evidence): Finding[] {
  const failed = countOutcomes(totals.outcomes, ...NO_ANSWER, 'server_error', 'unknown');
  if (totals.requests === 0 || failed > 0) return [];
  return [
    {
      id: 'stayed-up',
      title: 'The service answered every request',
      summary: `Every one of ${counted(totals.requests, 'request')} was answered, none with a server error.`,
      description: 'No connection was refused or reset, nothing timed out, and no response was of class 5xx.',
      endpoints: [],
      evidence: [
        `${counted(totals.requests, 'request')}, as many responses`,
        'no 5xx, timeout, refused or reset connection',
      ],
    },
  ];
}

function fastEndpoints(evidence: Evidence): Finding[] {
  const fast = evidence.endpoints.filter((endpoint) => {
    const limits = endpoint.thresholds.filter(({ metric }) => metric === 'okP95Ms');
    const group = groupOf(endpoint, evidence);
    return (
      limits.length > 0 &&
      limits.every(({ verdict }) => verdict === 'pass') &&
      (group === 'healthy' || group === 'limited')
    );
  });
  if (fast.length === 0) return [];
  return [
    {
      id: 'fast-endpoints',
      title: 'Endpoints meet their latency budget under load',
      summary: `${fast.length} of ${counted(evidence.endpoints.length, 'endpoint')} meet their p95 budget and their success rate.`,
      description: 'Judged on successful responses, for endpoints whose success rate holds too.',
      endpoints: idsOf(fast),
      evidence: fast.map(
        ({ path, latencyMs }) =>
          `${path}: p95 ${latencyMs.ok.p95 === undefined ? 'not known' : formatMs(latencyMs.ok.p95)} (${counted(latencyMs.ok.count, 'successful response', 'successful responses')})`,
      ),
    },
  ];
}

function allSucceeded({ totals, setAside, endpoints, runs }: Evidence): Finding[] {
  const judged = totals.requests - setAside;
  if (judged === 0 || successShare(totals.outcomes, judged) !== 1) return [];
  return [
    {
      id: 'all-succeeded',
      title: 'Every request succeeded (excluding expected 429s)',
      summary: `All ${counted(judged, 'request')} succeeded (expected 429s excluded).`,
      description: runs.every(({ source }) => source === 'k6-verdict')
        ? 'A successful response has an expected status, and passed its content check where there is one.'
        : 'The file says which responses are successful; whether their content was checked is not known.',
      endpoints: [],
      evidence: [
        `${formatCount(judged)} of ${formatCount(judged)} ok${onPaths(endpoints.filter(({ requests }) => requests > 0))}`,
      ],
    },
  ];
}
