import type { ThresholdVerdict } from '../../core/judge/threshold.ts';
import { byVerdict } from '../../core/judge/threshold-order.ts';
import { formatActual, formatLimit } from '../../core/spec/figure-text.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatMs, formatShare } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { Criterion, CriterionStatus } from './criterion.ts';
import { type Evidence, successShare } from './evidence.ts';
import { countOutcomes } from './figures.ts';
import { noCrash } from './no-crash.ts';
import type { ThresholdRow } from './thresholds.ts';

export type { Criterion, CriterionStatus } from './criterion.ts';

export interface Criteria {
  readonly rows: readonly Criterion[];
  readonly passed: number;
  readonly failed: number;
  readonly notMeasured: number;
  readonly notJudged: number;
}

/** How much of the test there was: of one that was cut short, nothing passes, and of its cut runs nothing fails. */
export type Wholeness = 'whole' | 'partly cut' | 'cut';

export function judgeCriteria(
  evidence: Evidence,
  thresholds: readonly ThresholdRow[],
  wholeness: Wholeness = 'whole',
): Criteria {
  const rows = [
    limitsEnforced(evidence),
    noCrash(evidence),
    latency(evidence, thresholds),
    noErrorsFromLimiting(evidence),
    success(evidence, thresholds),
    everyThreshold(thresholds),
  ];
  return countCriteria(rows, wholeness);
}

/** Of runs with a question of their own alone: what a release must show is what their thresholds say. */
export function judgeAnswers(thresholds: readonly ThresholdRow[], wholeness: Wholeness = 'whole'): Criteria {
  return countCriteria([everyThreshold(thresholds)], wholeness);
}

/** The counts are of these rows, so they fit the table. */
export function countCriteria(judged: readonly Criterion[], wholeness: Wholeness = 'whole'): Criteria {
  const lost: Readonly<Record<Wholeness, readonly CriterionStatus[]>> = {
    whole: [],
    'partly cut': ['pass'],
    cut: ['pass', 'fail'],
  };
  const rows = judged.map((row) =>
    lost[wholeness].includes(row.status) ? { ...row, status: 'not judged' as const } : row,
  );
  const count = (status: CriterionStatus) => rows.filter((row) => row.status === status).length;
  return {
    rows,
    passed: count('pass'),
    failed: count('fail'),
    notMeasured: count('not measured'),
    notJudged: count('not judged'),
  };
}

function limitsEnforced({ endpoints }: Evidence): Criterion {
  const limits = endpoints.flatMap(({ limit }) => limit ?? []);
  const notKept = limits.filter(({ state }) => state === 'not enforced').length;
  const shown = limits.filter(({ state }) => state === 'enforced' || state === 'too strict').length;
  const named = {
    id: 'rate-limits',
    criterion: 'Rate limits enforced',
    target: 'no more requests accepted than the declared limits allow',
  };
  if (limits.length === 0)
    return { ...named, actual: 'no endpoint of this test declares a limit', status: 'not measured' };
  if (notKept > 0) {
    return {
      ...named,
      actual: `${notKept} of ${counted(limits.length, 'declared limit')} not enforced`,
      status: 'fail',
    };
  }
  if (shown === 0) return { ...named, actual: 'the load reached no declared limit', status: 'not measured' };
  return {
    ...named,
    actual: `${shown} of ${counted(limits.length, 'declared limit')} enforced${shown < limits.length ? ', the others not reached or not known' : ''}`,
    status: 'pass',
  };
}

function latency({ totals }: Evidence, thresholds: readonly ThresholdRow[]): Criterion {
  const named = { id: 'p95', criterion: 'Response times acceptable' };
  const own = thresholds.filter(({ metric, endpoint }) => metric === 'okP95Ms' && endpoint === undefined);
  const worst = worstOf(own);
  const { ok, all } = totals.latencyMs;
  if (worst === undefined) {
    const actual = ok.p95 === undefined ? 'not measured' : `p95 of successful responses ${formatMs(ok.p95)}`;
    return { ...named, target: 'no threshold on the p95 of all successful responses', actual, status: 'not measured' };
  }
  const target = `p95 of successful responses ${worst.operator} ${formatLimit(worst.limit, 'ms')}`;
  if (worst.actual === undefined) {
    const instead = all.p95 === undefined ? '' : `; p95 of all requests ${formatMs(all.p95)}`;
    return { ...named, target, actual: `not known for successful responses${instead}`, status: 'not measured' };
  }
  return {
    ...named,
    target,
    actual: `${formatActual(worst.actual, worst.limit, 'ms')} in ${worst.scenario}`,
    status: worst.verdict === 'pass' ? 'pass' : 'fail',
  };
}

function noErrorsFromLimiting({ endpoints }: Evidence): Criterion {
  const named = {
    id: 'no-errors-from-limiting',
    criterion: 'Proper error handling',
    target: 'no 5xx from endpoints while they rate limit',
  };
  const limiting = endpoints.filter(
    ({ rateLimit, outcomes }) => rateLimit !== undefined && (outcomes.rate_limited ?? 0) > 0,
  );
  if (limiting.length === 0) return { ...named, actual: 'no endpoint was rate limiting', status: 'not measured' };
  const errors = sum(limiting.map(({ outcomes }) => countOutcomes(outcomes, 'server_error')));
  return {
    ...named,
    actual: `${counted(errors, 'server error')} on ${counted(limiting.length, 'endpoint')}`,
    status: errors === 0 ? 'pass' : 'fail',
  };
}

function success({ totals, setAside, runs }: Evidence, thresholds: readonly ThresholdRow[]): Criterion {
  const own = thresholds.filter(({ metric, endpoint }) => metric === 'successShare' && endpoint === undefined);
  const worst = worstOf(own);
  const judged = totals.requests - setAside;
  const share = successShare(totals.outcomes, judged);
  const named = { id: 'success', criterion: 'Success rate' };
  const actual =
    share === undefined
      ? judged > 0
        ? 'not stored which requests were successful'
        : 'nothing was measured'
      : `${worst === undefined ? formatShare(share) : formatActual(share, worst.limit, 'share')}: ${formatCount(totals.outcomes.ok ?? 0)} of ${formatCount(judged)} (expected 429s excluded)`;
  if (worst === undefined)
    return { ...named, target: 'no threshold on the success rate', actual, status: 'not measured' };
  return {
    ...named,
    target: `${worst.operator} ${formatLimit(worst.limit, 'share')} excluding expected 429s`,
    actual:
      runs.length > 1 && worst.actual !== undefined
        ? `${formatActual(worst.actual, worst.limit, 'share')} in ${worst.scenario}; over all runs ${actual}`
        : actual,
    status: STATUS[worst.verdict],
  };
}

function everyThreshold(thresholds: readonly ThresholdRow[]): Criterion {
  const count = (...verdicts: ThresholdVerdict[]) =>
    thresholds.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const held = count('pass');
  const excused = count('warn', 'waived');
  const idle = count('idle');
  return {
    id: 'thresholds',
    criterion: 'Thresholds',
    target: 'every threshold of every run holds',
    actual:
      thresholds.length === 0
        ? 'there is none'
        : `${formatCount(held)} of ${formatCount(thresholds.length)} hold${excused === 0 ? '' : `, ${formatCount(excused)} only warn or are waived`}${idle === 0 ? '' : `, ${formatCount(idle)} cannot be crossed`}`,
    status:
      count('fail') > 0 ? 'fail' : held + excused + idle === thresholds.length && held > 0 ? 'pass' : 'not measured',
  };
}

/** What only warns, or is waived, is not met either. */
const STATUS = {
  pass: 'pass',
  fail: 'fail',
  no_data: 'not measured',
  warn: 'fail',
  waived: 'fail',
  idle: 'not measured',
} as const;

/** Over several runs: one that fails, else one that was not measured, else the one nearest to its limit. */
function worstOf(rows: readonly ThresholdRow[]): ThresholdRow | undefined {
  return [...rows].sort((a, b) => byVerdict(a, b) || (a.margin ?? 0) - (b.margin ?? 0))[0];
}
