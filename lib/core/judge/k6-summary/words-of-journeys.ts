import { OWN_METRICS } from '../../measure/k6-metrics.ts';
import { JOURNEY_METRIC_NAMES, type JourneyMetric } from '../journey-metrics.ts';

/** The metric that says what a limit on journeys is on, with the tag `journey`. */
const WORDS: Readonly<Record<JourneyMetric, { readonly metric: string; readonly statistic: string }>> = {
  journeyP50Ms: { metric: OWN_METRICS.journeyCompleted, statistic: 'med' },
  journeyP95Ms: { metric: OWN_METRICS.journeyCompleted, statistic: 'p(95)' },
  journeyP99Ms: { metric: OWN_METRICS.journeyCompleted, statistic: 'p(99)' },
  journeyMeanMs: { metric: OWN_METRICS.journeyCompleted, statistic: 'avg' },
  journeysPerSecond: { metric: 'journeys_per_second', statistic: 'value' },
  journeysCompletedShare: { metric: 'journeys_completed', statistic: 'rate' },
};

export function ofJourney(metric: string, journey: string): string {
  return `${metric}{journey:${journey}}`;
}

/** Undefined for what is no limit on journeys. */
export function wordsOfJourney(
  metric: string,
  journey: string,
): { readonly metric: string; readonly statistic: string } | undefined {
  if (!Object.hasOwn(WORDS, metric)) return undefined;
  const word = WORDS[metric as JourneyMetric];
  return { metric: ofJourney(word.metric, journey), statistic: word.statistic };
}

/** Which of our limits on journeys a threshold in k6's words is; the opposite of wordsOfJourney. */
export function journeyMetricInWords(base: string, statistic: string): JourneyMetric | undefined {
  return JOURNEY_METRIC_NAMES.find((name) => WORDS[name].metric === base && WORDS[name].statistic === statistic);
}

/** Whether a metric is one of those that only our own files have, and that say what is ours of journeys. */
export function isWordOfJourneys(base: string): boolean {
  return base === OWN_METRICS.journeyStarted || JOURNEY_METRIC_NAMES.some((name) => WORDS[name].metric === base);
}
