import { Counter, Rate, Trend } from 'k6/metrics';
import { OWN_METRICS, outcomeMetric } from '../core/measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../core/measure/outcome.ts';

/** What is counted in the script of the replies to its requests. */
export interface OutcomeMetrics {
  /**
   * One per outcome, tagged by endpoint. They count only what was not `ok`, which is rare in a good run: a k6 sample
   * costs more than anything else we add to a request.
   */
  readonly counters: Readonly<Record<ObservedOutcome, Counter>>;
  readonly okDuration: Trend;
  readonly notOkDuration: Trend;
  readonly noRetryAfter: Counter;
  readonly undecidedChecks: Counter;
  readonly timeouts: Rate;
}

let made: OutcomeMetrics | undefined;

/** Made where something is counted by them: every user would hold them all. Only before the load, as k6 wants it. */
export function outcomeMetrics(): OutcomeMetrics {
  made ??= {
    counters: Object.fromEntries(
      OBSERVED_OUTCOMES.map((outcome) => [outcome, new Counter(outcomeMetric(outcome))]),
    ) as Record<ObservedOutcome, Counter>,
    okDuration: new Trend(OWN_METRICS.okDuration, true),
    notOkDuration: new Trend(OWN_METRICS.notOkDuration, true),
    noRetryAfter: new Counter(OWN_METRICS.noRetryAfter),
    undecidedChecks: new Counter(OWN_METRICS.undecidedChecks),
    timeouts: new Rate(OWN_METRICS.timeouts),
  };
  return made;
}
