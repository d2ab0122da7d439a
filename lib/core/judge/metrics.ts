import type { Measured } from '../measure/measured.ts';
import { countSent } from '../measure/outcome.ts';
import type { QuestionMetric, Questions } from '../questions/question.ts';
import { questionMetric, questionMetricNames, type StudyMetric } from '../questions/table.ts';
import type { Budget } from '../spec/budget.ts';
import { sum } from '../spec/sum.ts';
import { CUSTOM_METRIC_NAMES, type CustomMetric, customMetricOf } from './custom-metrics.ts';
import { JOURNEY_METRIC_NAMES, type JourneyMetric, journeyMetricOf } from './journey-metrics.ts';
import { OK_LATENCIES, type OkLatencyMetric } from './ok-latencies.ts';

export type Metric = keyof Budget | StudyMetric | JourneyMetric | CustomMetric;

/** The requests a threshold looks at. */
export interface Subject extends Measured {
  /** 429 replies of endpoints that declare a limit. */
  readonly limitedAsDeclared: number;
  /** Unknown for endpoints that declare no limit, and where the load came from several clients. */
  readonly acceptedBeyondLimit?: number;
  /** How long the load lasted; absent where that is not known. */
  readonly windowSeconds?: number;
}

/** What thresholds on requests and on answers of questions have in common. */
type Described = Pick<QuestionMetric, 'title' | 'operator'> & { readonly unit: QuestionMetric['unit'] | 'value' };

export interface MetricDefinition extends Pick<QuestionMetric, 'title' | 'operator' | 'unit'> {
  readonly samples: (subject: Subject) => number;
  /** Only called with samples. */
  readonly actual: (subject: Subject) => number | undefined;
}

/** What never left this machine is no sample of the service. */
const sentRequests = (subject: Subject): number => countSent(subject);
const count = (subject: Subject, ...outcomes: (keyof Subject['outcomes'])[]): number =>
  sum(outcomes.map((outcome) => subject.outcomes[outcome] ?? 0));
const notLimited = (subject: Subject): number => sentRequests(subject) - subject.limitedAsDeclared;

function okLatency(metric: OkLatencyMetric): MetricDefinition {
  const { title, of } = OK_LATENCIES[metric];
  const ok = ({ latencyMs }: Subject) => latencyMs.ok;
  return { title, operator: '<', unit: 'ms', samples: (each) => ok(each).count, actual: (each) => of(ok(each)) };
}

function perSecond(replies: number, windowSeconds = 0): number | undefined {
  return windowSeconds > 0 ? replies / windowSeconds : undefined;
}

/** The figures that can be judged, each defined once. */
export const METRICS: Readonly<Record<keyof Budget, MetricDefinition>> = {
  okP95Ms: okLatency('okP95Ms'),
  okP50Ms: okLatency('okP50Ms'),
  okP99Ms: okLatency('okP99Ms'),
  okMeanMs: okLatency('okMeanMs'),
  perSecond: {
    title: 'successful responses per second',
    operator: '>=',
    unit: 'perSecond',
    samples: sentRequests,
    actual: (subject) => perSecond(count(subject, 'ok'), subject.windowSeconds),
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
    title: 'success rate (excluding expected 429s)',
    operator: '>=',
    unit: 'share',
    samples: notLimited,
    actual: (subject) => count(subject, 'ok') / notLimited(subject),
  },
  okReplies: {
    title: 'successful responses',
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
  return [...METRIC_NAMES, ...JOURNEY_METRIC_NAMES, ...CUSTOM_METRIC_NAMES, ...questionMetricNames(questions)];
}

/** Whether a metric is one of ours, whatever it is on. */
export function isMetric(name: string, questions?: Questions): name is Metric {
  return describedAs(name, questions) !== undefined;
}

/** Whether a metric is of the answer of a question. */
export function isOfStudy(name: string, questions?: Questions): name is StudyMetric {
  return questionMetric(name, questions) !== undefined;
}

export function titleOfMetric(metric: Metric, questions?: Questions): string {
  return definitionOf(metric, questions).title;
}

export function definitionOf(metric: Metric, questions?: Questions): Described {
  const definition = describedAs(metric, questions);
  if (definition === undefined) throw new Error(`There is no metric "${metric}"`);
  return definition;
}

function describedAs(name: string, questions: Questions | undefined): Described | undefined {
  if (Object.hasOwn(METRICS, name)) return METRICS[name as keyof Budget];
  return journeyMetricOf(name) ?? customMetricOf(name) ?? questionMetric(name, questions);
}
