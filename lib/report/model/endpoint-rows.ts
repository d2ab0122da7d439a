import { OK_LATENCIES, OK_LATENCY_METRICS, okLatencyOf } from '../../core/judge/ok-latencies.ts';
import type { AtRest, StoredEndpoint } from '../../core/measure/measured.ts';
import { countSent, NO_ANSWER, type Outcome, type OutcomeCounts } from '../../core/measure/outcome.ts';
import { type OutcomeRow, outcomeRows } from '../../core/measure/outcome-rows.ts';
import { describeLimit } from '../../core/measure/rate-limit.ts';
import { medianOf } from '../../core/spec/median.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount, formatFactor, formatMs, formatShare } from '../../core/spec/units.ts';
import { USUAL_SUCCESS_SHARE } from '../../core/spec/usual-success.ts';
import { counted } from '../../core/spec/words.ts';
import { type CauseRow, causeWords } from './causes.ts';
import { type EndpointEvidence, type Evidence, isBrokenAtRest, isTurnedAway, successShare } from './evidence.ts';
import { countOutcomes, figuresOf, type ReportFigures } from './figures.ts';
import type { LimitCheck } from './rate-limits.ts';

/** What happened to an endpoint, worst first; the first that fits decides. */
export const ENDPOINT_GROUPS = ['broken', 'failing', 'slow', 'limited', 'unknown', 'healthy', 'unmeasured'] as const;
export type EndpointGroup = (typeof ENDPOINT_GROUPS)[number];

export interface EndpointRow extends ReportFigures {
  readonly id: string;
  readonly method?: StoredEndpoint['method'];
  readonly path: string;
  readonly category: string;
  readonly timeoutMs?: number;
  readonly group: EndpointGroup;
  /** One line. */
  readonly assessment: string;
  readonly limit?: LimitCheck;
  /** `ok` among the requests that were not rate limited as declared. */
  readonly successShare?: number;
  /** Why requests failed, the commonest first; absent where nothing failed, and where nothing recorded it. */
  readonly causes?: readonly CauseRow[];
  /** Absent when the endpoint was not met at rest. */
  readonly atRest?: AtRestFigures;
  /** Median of `ok` replies under load as a multiple of that at rest. */
  readonly loadFactor?: number;
}

export interface AtRestFigures {
  readonly requests: number;
  readonly outcomes: readonly OutcomeRow[];
  readonly okReplies: number;
  readonly medianOkMs?: number;
  readonly causes: readonly string[];
  readonly isBroken: boolean;
}

export function endpointRow(endpoint: EndpointEvidence, evidence: Evidence): EndpointRow {
  const { id, method, path, category, timeoutMs, limit, atRest, causes } = endpoint;
  const group = groupOf(endpoint, evidence);
  return present({
    id,
    method,
    path,
    category,
    timeoutMs,
    group,
    assessment: ASSESSMENTS[group](endpoint),
    limit,
    successShare: successShare(endpoint.outcomes, endpoint.judgedRequests),
    ...figuresOf(endpoint),
    causes: causes?.map((cause) => ({ ...cause, words: causeWords(cause) })),
    atRest: atRest && atRestFigures(atRest, isBrokenAtRest(endpoint)),
    loadFactor: loadFactor(endpoint),
  });
}

function atRestFigures({ requests, outcomes, okMs, causes }: AtRest, isBroken: boolean): AtRestFigures {
  return present({
    requests,
    outcomes: outcomeRows(outcomes),
    okReplies: okMs.length,
    medianOkMs: medianOf(okMs),
    causes: causes ?? [],
    isBroken,
  });
}

/** Below a millisecond a factor says more of the clock than of the service. */
const LEAST_MS_AT_REST = 0.05;

export function loadFactor({ atRest, latencyMs }: EndpointEvidence): number | undefined {
  const rest = medianOf(atRest?.okMs ?? []);
  const load = latencyMs.ok.p50;
  return rest === undefined || load === undefined || rest < LEAST_MS_AT_REST ? undefined : load / rest;
}

export function groupOf(endpoint: EndpointEvidence, { thresholds: ofRuns }: Evidence): EndpointGroup {
  const { outcomes, thresholds, judgedRequests, latencyMs, limit } = endpoint;
  if (countSent(endpoint) === 0) return isBrokenAtRest(endpoint) ? 'broken' : 'unmeasured';
  if (isBrokenAtRest(endpoint) || isTurnedAway(endpoint)) return 'broken';
  const isCrossed = (metric: string, ofTheEndpoint = true) =>
    (ofTheEndpoint ? thresholds : ofRuns).some(
      (threshold) => threshold.metric === metric && threshold.verdict === 'fail',
    );
  const happened = (...kinds: Outcome[]) => countOutcomes(outcomes, ...kinds) > 0;
  const success = successShare(outcomes, judgedRequests);
  // One that only warns takes nothing back of what is usual.
  const hasOwnLimit = thresholds.some(({ metric, level }) => metric === 'successShare' && level !== 'warn');
  const isFailing =
    (hasOwnLimit ? isCrossed('successShare') : success !== undefined && success < USUAL_SUCCESS_SHARE) ||
    ((outcomes.ok ?? 0) === 0 && !happened('unknown')) ||
    mostOk(outcomes, judgedRequests) < USUAL_SUCCESS_SHARE ||
    (happened('server_error') && isCrossed('serverErrors', false)) ||
    (happened('refused', 'reset') && isCrossed('refusedOrReset', false)) ||
    // A service that refuses connections is not well, unless a threshold says how many it may refuse.
    (happened('refused') && !ofRuns.some(({ metric }) => metric === 'refusedOrReset')) ||
    (happened('timeout') && isCrossed('timeoutRate', false)) ||
    limit?.state === 'not enforced';
  if (isFailing) return 'failing';
  if (happened('unknown')) return 'unknown';
  const isOverOverall = ofRuns.some(
    ({ metric, endpoint: of, verdict, limit: most }) =>
      metric === 'okP95Ms' && of === undefined && verdict === 'fail' && (latencyMs.ok.p95 ?? 0) >= most,
  );
  if (OK_LATENCY_METRICS.some((metric) => isCrossed(metric)) || isOverOverall) return 'slow';
  return happened('rate_limited') ? 'limited' : 'healthy';
}

/** The share that was ok if all of which it is not known were. */
function mostOk(outcomes: OutcomeCounts, judgedRequests: number): number {
  return countOutcomes(outcomes, 'unknown') === 0
    ? 1
    : countOutcomes(outcomes, 'ok', 'unknown') / Math.max(1, judgedRequests);
}

const ASSESSMENTS: Readonly<Record<EndpointGroup, (endpoint: EndpointEvidence) => string>> = {
  broken: (endpoint) => {
    const { atRest } = endpoint;
    if (isBrokenAtRest(endpoint) && atRest !== undefined) {
      const causes = atRest.causes ?? [];
      const what =
        causes.length > 0
          ? causes.join(', ')
          : outcomeRows(atRest.outcomes)
              .map(({ label }) => label)
              .join(', ');
      return `Fails even without load: ${what}.`;
    }
    const seen = outcomeRows(endpoint.outcomes).filter(({ outcome }) => !NO_ANSWER.some((none) => none === outcome));
    return `Every response that came was ${seen.map(({ label }) => label).join(' or ')}, so load is not the cause.${unanswered(endpoint)}`;
  },
  failing: (endpoint) => {
    const { outcomes, judgedRequests, limit } = endpoint;
    if (limit?.state === 'not enforced') return notEnforced(limit);
    const undeclared = judgedRequests - (countSent(endpoint) - countOutcomes(outcomes, 'rate_limited'));
    const bad = outcomeRows({ ...outcomes, ok: 0, not_sent: 0, rate_limited: undeclared });
    const shares = bad
      .map(({ label, count }) => `${formatShare(count / judgedRequests, judgedRequests)} ${label}`)
      .join(', ');
    const limiting = limit === undefined || limit.limited === 0 ? '' : ` Its rate limit: ${limitWords(limit)}.`;
    if (bad.length === 0) return `No successful response: every request was rate limited.${limiting}`;
    const isNoneOk = countOutcomes(outcomes, 'ok', 'unknown') === 0;
    return `${isNoneOk ? 'No successful response' : 'Fails under this load'}: ${shares}${limit === undefined ? '' : ` (${undeclared > 0 ? 'expected ' : ''}429s excluded)`}.${limiting}`;
  },
  slow: (endpoint) => {
    const { latencyMs, thresholds } = endpoint;
    // Over several runs, what was measured in the one that is too slow.
    const crossed = thresholds.filter(({ metric, verdict }) => okLatencyOf(metric) !== undefined && verdict === 'fail');
    const metric = crossed[0]?.metric ?? 'okP95Ms';
    const over = crossed.flatMap((each) => (each.metric === metric ? (each.actual ?? []) : []));
    const latency = okLatencyOf(metric) ?? OK_LATENCIES.okP95Ms;
    const most = over.length > 0 ? Math.max(...over) : latency.of(latencyMs.ok);
    const factor = loadFactor(endpoint);
    const rest = factor === undefined ? '' : `, in the median ${formatFactor(factor)} its unloaded latency`;
    return `Answers, but too slowly: ${latency.title} ${most === undefined ? 'not known' : formatMs(most)}${rest}.`;
  },
  limited: ({ limit, outcomes, thresholds, latencyMs: { ok } }) => {
    if (limit === undefined) {
      return `Answers ${counted(countOutcomes(outcomes, 'rate_limited'), 'request')} with 429, though it declares no limit.`;
    }
    const isJudged = thresholds.some(({ metric, verdict }) => metric === 'okP95Ms' && verdict === 'pass');
    const speed =
      ok.p95 === undefined
        ? 'the latency of accepted requests is not known'
        : `accepted requests ${isJudged ? 'are within budget, p95' : 'have a p95 of'} ${formatMs(ok.p95)}`;
    return `Rate limiting: ${limitWords(limit)}; ${speed}.`;
  },
  unknown: ({ latencyMs: { all } }) =>
    `Which of these requests were ok is not stored${all.p95 === undefined ? '' : `; p95 of all of them ${formatMs(all.p95)}`}.`,
  healthy: ({ latencyMs, judgedRequests, outcomes }) => {
    const share = successShare(outcomes, judgedRequests) ?? 0;
    const p95 = latencyMs.ok.p95 === undefined ? 'latency not known' : `p95 ${formatMs(latencyMs.ok.p95)}`;
    return share === 1 ? `All responses successful, ${p95}.` : `${formatShare(share)} ok, ${p95}.`;
  },
  unmeasured: ({ requests }) =>
    requests === 0
      ? 'No request was counted, so nothing is known.'
      : 'No request left the load generator, so nothing is known.',
};

function unanswered({ outcomes }: EndpointEvidence): string {
  const count = countOutcomes(outcomes, ...NO_ANSWER);
  return count === 0 ? '' : ` ${counted(count, 'more request')} got no answer.`;
}

function notEnforced({ declared, accepted, mostAccepted = 0 }: LimitCheck): string {
  return `Declares ${describeLimit(declared)} and does not enforce it: ${counted(accepted, 'request')} accepted where at most ${formatCount(mostAccepted)} fit.`;
}

export function limitWords(limit: LimitCheck): string {
  const declared = describeLimit(limit.declared);
  switch (limit.state) {
    case 'enforced':
      return `${declared} enforced (${counted(limit.limited, 'response with 429', 'responses with 429')})`;
    case 'too strict':
      return `stricter than the declared ${declared}`;
    case 'not enforced':
      return `${declared} declared and not enforced`;
    case 'not reached':
      return `${declared} not reached by this load`;
    case 'unknown':
      return `${declared} declared; not known whether it is enforced`;
  }
}
