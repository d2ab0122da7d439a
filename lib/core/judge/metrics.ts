import type { Measured } from '../measure/measured.ts';
import { STUDY_METRIC_NAMES, STUDY_METRICS, type StudyMetric } from '../questions/study-budget.ts';
import type { Budget } from '../spec/budget.ts';
import { sum } from '../spec/sum.ts';

export type Metric = keyof Budget | StudyMetric;

/** The requests a threshold looks at. */
export interface Subject extends Measured {
  /** 429 replies of endpoints that declare a limit. */
  readonly limitedAsDeclared: number;
  /** Unknown for endpoints that declare no limit, and where the load came from several clients. */
  readonly acceptedBeyondLimit?: number;
}

export interface MetricDefinition {
  readonly title: string;
  /** How what was measured must stand to the limit. */
  readonly operator: '<' | '<=' | '>=';
  readonly unit: 'ms' | 'share' | 'count' | 'perSecond' | 'seconds';
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

export const METRIC_NAMES = Object.keys(METRICS) as (keyof Budget)[];

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
