import { Counter, Gauge, Rate, Trend } from 'k6/metrics';
import { OWN_METRICS, outcomeMetric } from '../core/measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../core/measure/outcome.ts';

/**
 * One counter per outcome, tagged by endpoint. They count only what was not `ok`, which is rare in a good run: a k6
 * sample costs more than anything else we add to a request.
 */
export const outcomeCounters = Object.fromEntries(
  OBSERVED_OUTCOMES.map((outcome) => [outcome, new Counter(outcomeMetric(outcome))]),
) as Record<ObservedOutcome, Counter>;

export const okDuration = new Trend(OWN_METRICS.okDuration, true);
export const notOkDuration = new Trend(OWN_METRICS.notOkDuration, true);
export const noRetryAfter = new Counter(OWN_METRICS.noRetryAfter);
export const undecidedChecks = new Counter(OWN_METRICS.undecidedChecks);
export const failedIterations = new Counter(OWN_METRICS.failedIterations);
export const loadWindow = new Gauge(OWN_METRICS.loadWindow, true);
export const events = new Counter(OWN_METRICS.events);
export const timeouts = new Rate(OWN_METRICS.timeouts);

export const stepOk = new Trend(OWN_METRICS.stepOk, true);
export const stepNotOk = new Trend(OWN_METRICS.stepNotOk, true);
export const stepFailed = new Rate(OWN_METRICS.stepFailed);
export const stepDone = new Counter(OWN_METRICS.stepDone);
export const socketConnect = new Trend(OWN_METRICS.socketConnect, true);
export const roundTrip = new Trend(OWN_METRICS.roundTrip, true);
