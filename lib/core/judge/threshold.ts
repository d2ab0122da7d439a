import type { EndpointFacts, Measured, StoredLoad } from '../measure/measured.ts';
import { limitUseOf } from '../measure/rate-limit.ts';
import type { Study, StudyPlan } from '../questions/study.ts';
import {
  isAskedFor,
  STUDY_METRIC_NAMES,
  STUDY_METRICS,
  type StudyBudget,
  type StudyMetric,
} from '../questions/study-budget.ts';
import { UserError } from '../spec/errors.ts';
import type { Limit } from '../spec/limit.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { expectWaiver, isInForce, type Waiver } from '../spec/waiver.ts';

/** What a service may cost its users. Every member is optional: what is absent is not judged. */
export interface Budget {
  /** Milliseconds that the p95 of `ok` replies must stay below. */
  readonly okP95Ms?: Limit;
  /** Share (0-1) of all requests that time out; must stay below. */
  readonly timeoutRate?: Limit;
  /** Replies of class 5xx, at most. */
  readonly serverErrors?: Limit;
  /** Connections refused or reset, at most. */
  readonly refusedOrReset?: Limit;
  /** Share (0-1) of `ok` replies among the requests that were not rate limited as declared, at least. */
  readonly successShare?: Limit;
  /** `ok` replies, at least. */
  readonly okReplies?: Limit;
  /**
   * Requests that an endpoint let through beyond the rate limit that it declares, at most. Where it is absent, one is
   * too many and fails the run; it is here to warn, to be waived or to leave a margin. Not for all requests together.
   */
  readonly acceptedBeyondLimit?: Limit;
}

export type Metric = keyof Budget | StudyMetric;

/** Budgets of a whole test. `endpoints` names every endpoint, so that a new one without a budget does not compile. */
export interface Budgets<Id extends string = string> {
  /** For all requests together. */
  readonly overall: Budget;
  /** For each endpoint that says nothing else. */
  readonly everyEndpoint: Budget;
  /** What differs for one endpoint; `{}` for nothing. */
  readonly endpoints: Readonly<Record<Id, Budget>>;
  /** For scenarios with a question of their own. */
  readonly studies?: StudyBudget;
}

/** One limit on one figure, of one endpoint or (without `endpoint`) of all requests. */
export interface Threshold {
  readonly metric: Metric;
  readonly endpoint?: string;
  readonly limit: number;
  /** Absent for `fail`. */
  readonly level?: 'warn';
  readonly waiver?: Waiver;
}

/** A threshold with what was measured. `actual` is absent when there was nothing to measure it on. */
export interface JudgedThreshold extends Threshold {
  readonly operator: '<' | '<=' | '>=';
  readonly unit: 'ms' | 'share' | 'count' | 'perSecond' | 'seconds';
  readonly actual?: number;
  /** How many requests or replies `actual` is made of. */
  readonly samples: number;
  readonly verdict: ThresholdVerdict;
}

/** `warn`: it does not hold, or nothing was measured, and its level is `warn`. `waived`: it does not hold, and need not yet. */
export type ThresholdVerdict = 'pass' | 'fail' | 'no_data' | 'warn' | 'waived';

/** A threshold that was stored with its verdict; one of k6's has its own title. */
export interface StoredThreshold extends Omit<JudgedThreshold, 'metric' | 'operator' | 'unit' | 'samples'> {
  readonly metric: string;
  /** What is judged, where `metric` is not one of ours. */
  readonly title?: string;
  readonly operator: JudgedThreshold['operator'] | '>' | '==' | '!=';
  readonly unit: JudgedThreshold['unit'] | 'value';
  /** Absent where the file does not say. */
  readonly samples?: number;
}

/** The requests a threshold looks at. */
interface Subject extends Measured {
  /** 429 replies of endpoints that declare a limit. */
  readonly limitedAsDeclared: number;
  /** Unknown for endpoints that declare no limit, and where the load came from several clients. */
  readonly acceptedBeyondLimit?: number;
}

interface MetricDefinition {
  readonly title: string;
  readonly operator: JudgedThreshold['operator'];
  readonly unit: JudgedThreshold['unit'];
  readonly samples: (subject: Subject) => number;
  /** Only called with samples. */
  readonly actual: (subject: Subject) => number | undefined;
}

const allRequests = ({ requests }: Subject): number => requests;
const count = (subject: Subject, ...outcomes: (keyof Subject['outcomes'])[]): number =>
  sum(outcomes.map((outcome) => subject.outcomes[outcome] ?? 0));
const notLimited = (subject: Subject): number => subject.requests - subject.limitedAsDeclared;

/** The figures that can be judged, each defined once. */
export const METRICS: Readonly<Record<keyof Budget, MetricDefinition>> = {
  okP95Ms: {
    title: 'p95 of ok replies',
    operator: '<',
    unit: 'ms',
    samples: ({ latencyMs }) => latencyMs.ok.count,
    actual: ({ latencyMs }) => latencyMs.ok.p95,
  },
  timeoutRate: {
    title: 'timeouts',
    operator: '<',
    unit: 'share',
    samples: allRequests,
    actual: (subject) => count(subject, 'timeout') / subject.requests,
  },
  serverErrors: {
    title: 'server errors (5xx)',
    operator: '<=',
    unit: 'count',
    samples: allRequests,
    actual: (subject) => count(subject, 'server_error'),
  },
  refusedOrReset: {
    title: 'connections refused or reset',
    operator: '<=',
    unit: 'count',
    samples: allRequests,
    actual: (subject) => count(subject, 'refused', 'reset'),
  },
  successShare: {
    title: 'success, declared 429s aside',
    operator: '>=',
    unit: 'share',
    samples: notLimited,
    actual: (subject) => count(subject, 'ok') / notLimited(subject),
  },
  okReplies: {
    title: 'ok replies',
    operator: '>=',
    unit: 'count',
    samples: allRequests,
    actual: (subject) => count(subject, 'ok'),
  },
  acceptedBeyondLimit: {
    title: 'requests accepted beyond the declared rate limit',
    operator: '<=',
    unit: 'count',
    samples: allRequests,
    actual: (subject) => subject.acceptedBeyondLimit,
  },
};

const METRIC_NAMES = Object.keys(METRICS) as (keyof Budget)[];

/** Every metric that a threshold can be on. */
export const ALL_METRICS: readonly Metric[] = [...METRIC_NAMES, ...STUDY_METRIC_NAMES];

export function isMetric(name: string): name is Metric {
  return (ALL_METRICS as readonly string[]).includes(name);
}

/** Whether a metric is the answer of a study. */
export function isOfStudy(metric: Metric): metric is StudyMetric {
  return Object.hasOwn(STUDY_METRICS, metric);
}

export function titleOfMetric(metric: Metric): string {
  return (isOfStudy(metric) ? STUDY_METRICS[metric] : METRICS[metric]).title;
}

/** What the answers of a study must be. */
export function studyThresholdsOf({ studies = {} }: Pick<Budgets, 'studies'>, plan: StudyPlan): Threshold[] {
  return STUDY_METRIC_NAMES.flatMap((metric) => {
    const limit = studies[metric];
    return limit === undefined || !isAskedFor(metric, plan) ? [] : [{ metric, ...readLimit(metric, limit) }];
  });
}

/**
 * The limits that hold for these endpoints: first overall, then endpoint by endpoint.
 * @param limited the endpoints that declare a rate limit
 * @throws UserError for a waiver that is none, and for a rate limit of all requests together
 */
export function thresholdsOf(
  budgets: Budgets,
  endpointIds: readonly string[],
  limited: ReadonlySet<string> = new Set(),
): Threshold[] {
  if (budgets.overall.acceptedBeyondLimit !== undefined) {
    throw new UserError({
      what: 'acceptedBeyondLimit has no meaning for all requests together: rate limits are those of endpoints.',
      received: 'acceptedBeyondLimit in the overall budget',
      expected: 'acceptedBeyondLimit in everyEndpoint, or in the budget of one endpoint',
    });
  }
  return [
    ...limitsOf(budgets.overall),
    ...endpointIds.flatMap((endpoint) =>
      limitsOf({ ...budgets.everyEndpoint, ...budgets.endpoints[endpoint] })
        .filter(({ metric }) => metric !== 'acceptedBeyondLimit' || limited.has(endpoint))
        .map((limit) => ({ ...limit, endpoint })),
    ),
  ];
}

function limitsOf(budget: Budget): Threshold[] {
  return METRIC_NAMES.flatMap((metric) => {
    const limit = budget[metric];
    return limit === undefined ? [] : [{ metric, ...readLimit(metric, limit) }];
  });
}

function readLimit(metric: Metric, written: Limit): Omit<Threshold, 'metric'> {
  if (typeof written === 'number') return { limit: written };
  const { limit, level, waiver } = written;
  if (waiver !== undefined) expectWaiver(metric, waiver);
  return {
    limit,
    ...(level === 'warn' ? { level } : {}),
    ...present({ waiver: waiver && { reason: waiver.reason, until: waiver.until } }),
  };
}

/** Changes a budget for one scenario: what `changes` names replaces, the rest stays. */
export function overrideBudgets<Id extends string>(
  budgets: Budgets<Id>,
  changes: {
    readonly overall?: Budget;
    readonly everyEndpoint?: Budget;
    readonly endpoints?: Partial<Record<Id, Budget>>;
    readonly studies?: StudyBudget;
  },
): Budgets<Id> {
  const endpoints: Record<Id, Budget> = { ...budgets.endpoints };
  for (const id of Object.keys(changes.endpoints ?? {}) as Id[]) {
    endpoints[id] = { ...endpoints[id], ...changes.endpoints?.[id] };
  }
  return {
    overall: { ...budgets.overall, ...changes.overall },
    everyEndpoint: { ...budgets.everyEndpoint, ...changes.everyEndpoint },
    endpoints,
    ...(budgets.studies === undefined && changes.studies === undefined
      ? {}
      : { studies: { ...budgets.studies, ...changes.studies } }),
  };
}

/** What must be known of the load to judge what depends on it. */
export type JudgedLoad = Pick<StoredLoad, 'windowSeconds' | 'hasSeveralClients'>;

/** What must be known of an endpoint to judge it. */
export type JudgedEndpoint = Measured & Pick<EndpointFacts, 'id' | 'rateLimit'>;

/** What thresholds are held against. */
export interface JudgedFigures {
  readonly endpoints: readonly JudgedEndpoint[];
  readonly totals: Measured;
  /** How long the load lasted and where it came from: what a rate limit lets through depends on it. */
  readonly load?: JudgedLoad;
  readonly study?: Study;
}

/**
 * Holds one threshold against what was measured. Nothing measured is `no_data`, never a pass, and no waiver covers it.
 * @param today the day (UTC, `2026-12-31`) on which waivers must still be in force; without it none is
 */
export function judgeThreshold(threshold: Threshold, figures: JudgedFigures, today?: string): JudgedThreshold {
  const { operator, unit } = isOfStudy(threshold.metric) ? STUDY_METRICS[threshold.metric] : METRICS[threshold.metric];
  const { actual, samples } = measure(threshold, figures);
  const judged = { ...threshold, operator, unit, samples };
  if (actual === undefined) return { ...judged, verdict: threshold.level ?? 'no_data' };
  return {
    ...judged,
    actual,
    verdict: holds(actual, operator, threshold.limit) ? 'pass' : verdictOfCrossed(threshold, today),
  };
}

function measure(
  threshold: Threshold,
  { endpoints, totals, load, study }: JudgedFigures,
): { readonly actual: number | undefined; readonly samples: number } {
  const { metric } = threshold;
  if (isOfStudy(metric)) {
    const found = study === undefined ? undefined : STUDY_METRICS[metric].measure(study);
    return { actual: found?.actual, samples: found?.samples ?? 0 };
  }
  const { samples: samplesOf, actual: actualOf } = METRICS[metric];
  const subject = subjectOf(threshold, endpoints, totals, load);
  const samples = subject === undefined ? 0 : samplesOf(subject);
  return { samples, actual: subject === undefined || samples === 0 ? undefined : actualOf(subject) };
}

function verdictOfCrossed({ level, waiver }: Threshold, today: string | undefined): ThresholdVerdict {
  if (waiver !== undefined && today !== undefined && isInForce(waiver, today)) return 'waived';
  return level ?? 'fail';
}

/** Whether a threshold can fail a run on a day: k6 must not be asked about the others. */
export function isBinding({ level, waiver }: Pick<Threshold, 'level' | 'waiver'>, today: string): boolean {
  return level !== 'warn' && !(waiver !== undefined && isInForce(waiver, today));
}

function subjectOf(
  { endpoint: id }: Threshold,
  endpoints: readonly JudgedEndpoint[],
  totals: Measured,
  load: JudgedLoad | undefined,
): Subject | undefined {
  if (id === undefined) {
    return { ...totals, limitedAsDeclared: sum(endpoints.map(limitedAsDeclared)) };
  }
  const endpoint = endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) return undefined;
  const beyond = limitUseOf(endpoint, load ?? {})?.beyond;
  return {
    ...endpoint,
    limitedAsDeclared: limitedAsDeclared(endpoint),
    ...present({ acceptedBeyondLimit: beyond }),
  };
}

function limitedAsDeclared({ rateLimit, outcomes }: JudgedEndpoint): number {
  return rateLimit === undefined ? 0 : (outcomes.rate_limited ?? 0);
}

function holds(actual: number, operator: JudgedThreshold['operator'], limit: number): boolean {
  if (operator === '<') return actual < limit;
  return operator === '<=' ? actual <= limit : actual >= limit;
}

/**
 * How far the actual value is from the limit, as a share of the limit: positive on the good side, negative beyond.
 * Undefined where nothing was measured, for equalities, and for counts: their limits are least or most numbers, not
 * measures.
 */
export function marginOf({
  actual,
  limit,
  operator,
  unit,
}: Pick<StoredThreshold, 'actual' | 'limit' | 'operator' | 'unit'>): number | undefined {
  if (actual === undefined || limit === 0 || unit === 'count' || operator === '==' || operator === '!=')
    return undefined;
  return operator === '>=' || operator === '>' ? actual / limit - 1 : 1 - actual / limit;
}
