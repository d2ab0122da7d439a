import type { Measured } from '../measure/measured.ts';
import { countSent } from '../measure/outcome.ts';
import type { QuestionMetric, Questions } from '../questions/question.ts';
import { questionMetric, questionMetricNames, type StudyMetric } from '../questions/table.ts';
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

/** What thresholds on requests and on answers of questions have in common. */
type Described = Pick<QuestionMetric, 'title' | 'operator' | 'unit'>;

export interface MetricDefinition extends Described {
  readonly samples: (subject: Subject) => number;
  /** Only called with samples. */
  readonly actual: (subject: Subject) => number | undefined;
}

/** What never left this machine is no sample of the service. */
const sentRequests = (subject: Subject): number => countSent(subject);
const count = (subject: Subject, ...outcomes: (keyof Subject['outcomes'])[]): number =>
  sum(outcomes.map((outcome) => subject.outcomes[outcome] ?? 0));
const notLimited = (subject: Subject): number => sentRequests(subject) - subject.limitedAsDeclared;

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
    samples: sentRequests,
    actual: (subject) => count(subject, 'timeout') / sentRequests(subject),
  },
  serverErrors: {
    title: 'server errors (5xx)',
    operator: '<=',
    unit: 'count',
    samples: sentRequests,
    actual: (subject) => count(subject, 'server_error'),
  },
  refusedOrReset: {
    title: 'connections refused or reset',
    operator: '<=',
    unit: 'count',
    samples: sentRequests,
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
    samples: sentRequests,
    actual: (subject) => count(subject, 'ok'),
  },
  acceptedBeyondLimit: {
    title: 'requests accepted beyond the declared rate limit',
    operator: '<=',
    unit: 'count',
    samples: sentRequests,
    actual: (subject) => subject.acceptedBeyondLimit,
  },
};

export const METRIC_NAMES = Object.keys(METRICS) as (keyof Budget)[];

/** Every metric that a threshold can be on. */
export function metricNames(questions?: Questions): string[] {
  return [...METRIC_NAMES, ...questionMetricNames(questions)];
}

/** Whether a metric is one of ours, on requests or on the answer of a question. */
export function isMetric(name: string, questions?: Questions): name is Metric {
  return Object.hasOwn(METRICS, name) || isOfStudy(name, questions);
}

/** Whether a metric is of the answer of a question. */
export function isOfStudy(name: string, questions?: Questions): name is StudyMetric {
  return questionMetric(name, questions) !== undefined;
}

export function titleOfMetric(metric: Metric, questions?: Questions): string {
  return definitionOf(metric, questions).title;
}

export function definitionOf(metric: Metric, questions?: Questions): Described {
  const definition = questionMetric(metric, questions) ?? METRICS[metric as keyof Budget];
  if (definition === undefined) throw new Error(`There is no metric "${metric}"`);
  return definition;
}
