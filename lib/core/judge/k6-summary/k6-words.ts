import { OWN_METRICS, outcomeMetric } from '../../measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES } from '../../measure/outcome.ts';
import type { Budget } from '../../spec/budget.ts';
import type { Metric } from '../metrics.ts';
import { OK_LATENCIES, OK_LATENCY_METRICS, type OkLatencyMetric, okLatencyOf } from '../ok-latencies.ts';
import type { JudgedThreshold } from '../threshold.ts';
import type { Verdict } from '../verdict-rank.ts';
import { isWordOfCustom, wordsOfCustom } from './words-of-custom.ts';
import { isWordOfJourneys, wordsOfJourney } from './words-of-journeys.ts';

/** The `ok` replies of the load, or of an endpoint: k6 has no word for them, since it knows nothing of contents. */
export const OK_REPLIES = 'ok_replies';

/** Of each verdict, 1 where it is that of the run and 0 else. */
export const RUN_VERDICT = 'k6_verdict';

const DURATION = 'http_req_duration';
const EXPECTED = 'expected_response:true';

interface Word {
  readonly metric: string;
  readonly statistic: 'count' | 'rate' | 'value';
}

/** The metric that says what a limit is on, as a figure of the whole load and with the tag `endpoint`. */
const WORDS: Readonly<Record<Exclude<keyof Budget, OkLatencyMetric>, Word>> = {
  timeoutRate: { metric: OWN_METRICS.timeouts, statistic: 'rate' },
  serverErrors: { metric: outcomeMetric('server_error'), statistic: 'count' },
  refusedOrReset: { metric: 'refused_or_reset', statistic: 'count' },
  successShare: { metric: 'success_rate', statistic: 'rate' },
  okReplies: { metric: OK_REPLIES, statistic: 'count' },
  perSecond: { metric: 'ok_replies_per_second', statistic: 'value' },
  acceptedBeyondLimit: { metric: 'accepted_beyond_limit', statistic: 'count' },
};

/** A threshold in k6's words: `p(95)<500` on `http_req_duration{expected_response:true}`. */
export interface K6Words {
  readonly metric: string;
  readonly statistic: string;
  readonly expression: string;
}

/**
 * Undefined for what k6 has no words for: limits that only warn or that are waived, since its thresholds either hold or
 * do not, and limits on the answers of questions.
 */
export function k6WordsOf(threshold: JudgedThreshold, checksContent: boolean): K6Words | undefined {
  const { operator, limit, level, verdict } = threshold;
  if (level === 'warn' || verdict === 'warn' || verdict === 'waived' || verdict === 'idle') return undefined;
  const figure = figureOf(threshold, checksContent);
  return figure && { ...figure, expression: `${figure.statistic}${operator}${limit}` };
}

function figureOf(
  { metric, endpoint, journey, custom }: JudgedThreshold,
  checksContent: boolean,
): Omit<K6Words, 'expression'> | undefined {
  if (journey !== undefined) return wordsOfJourney(metric, journey);
  if (custom !== undefined) return isWordOfOurs(custom) ? undefined : wordsOfCustom(metric, custom);
  const latency = okLatencyOf(metric);
  if (latency !== undefined) return { metric: okLatencyName(endpoint, checksContent), statistic: latency.statistic };
  const word = wordOf(metric);
  return word && { metric: tagged(word.metric, endpoint), statistic: word.statistic };
}

/** Which of our limits a threshold in k6's words is; the opposite of k6WordsOf. */
export function metricInWords(
  base: string,
  tags: Readonly<Record<string, string>>,
  statistic: string,
): keyof Budget | undefined {
  const isOkLatency = base === OWN_METRICS.okDuration || (base === DURATION && tags.expected_response === 'true');
  if (isOkLatency) return OK_LATENCY_METRICS.find((name) => OK_LATENCIES[name].statistic === statistic);
  return NAMES.find((name) => WORDS[name].metric === base && WORDS[name].statistic === statistic);
}

/** Whether a metric is one of those that only our own files have, and that say what is ours. */
export function isWordOfOurs(base: string): boolean {
  return (
    OURS.has(base) ||
    isWordOfJourneys(base) ||
    isWordOfCustom(base) ||
    NAMES.some((name) => WORDS[name].metric === base)
  );
}

const NAMES = Object.keys(WORDS) as (keyof typeof WORDS)[];
const OURS: ReadonlySet<string> = new Set([
  RUN_VERDICT,
  OK_REPLIES,
  OWN_METRICS.okDuration,
  OWN_METRICS.loadWindow,
  OWN_METRICS.failedIterations,
  ...OBSERVED_OUTCOMES.map(outcomeMetric),
]);

function wordOf(metric: Metric): Word | undefined {
  return Object.hasOwn(WORDS, metric) ? WORDS[metric as keyof typeof WORDS] : undefined;
}

/** All of the load, or one endpoint of it. */
export function tagged(metric: string, endpoint: string | undefined): string {
  return endpoint === undefined ? metric : `${metric}{endpoint:${endpoint}}`;
}

/**
 * The latency of `ok` replies. Everything in the file is of the load, so that no phase is named.
 * @param checksContent whether the content of any endpoint's replies is checked: then k6's expected replies are more
 */
export function okLatencyName(endpoint: string | undefined, checksContent: boolean): string {
  if (checksContent) return tagged(OWN_METRICS.okDuration, endpoint);
  return `${DURATION}{${endpoint === undefined ? '' : `endpoint:${endpoint},`}${EXPECTED}}`;
}

export function verdictName(verdict: Verdict): string {
  return `${RUN_VERDICT}{verdict:${verdict}}`;
}
