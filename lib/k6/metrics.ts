import { Counter, Gauge, Rate } from 'k6/metrics';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../core/outcome.ts';

/** Every load request carries this tag through its k6 scenario; requests at rest do not. */
export const LOAD_PHASE = { phase: 'load' } as const;

/**
 * One counter per outcome, tagged by endpoint. They count only what was not `ok`, which is rare in a good run: a k6
 * sample costs more than anything else we add to a request.
 */
export const outcomeCounters = Object.fromEntries(
  OBSERVED_OUTCOMES.map((outcome) => [outcome, new Counter(outcomeMetric(outcome))]),
) as Record<ObservedOutcome, Counter>;

/** Over all requests of the load: true for a timeout. */
export const timeouts = new Rate('timeouts');

/** Iterations that an exception in the script ended: k6 itself logs them and exits 0. */
export const failedIterations = new Counter('failed_iterations');

/** From the first iteration to the end of the last. k6's own run duration includes the requests at rest. */
export const loadWindow = new Gauge('load_window', true);

export function outcomeMetric(outcome: ObservedOutcome): string {
  return `outcome_${outcome}`;
}

/** The sub-metric that holds the latency of an endpoint's load requests, or of all endpoints'. */
export function latencyMetric(replies: 'all' | 'ok', endpointId?: string): string {
  const tags = [
    ...(endpointId === undefined ? [] : [`endpoint:${endpointId}`]),
    ...(replies === 'ok' ? ['expected_response:true'] : []),
    ...(endpointId === undefined ? [`phase:${LOAD_PHASE.phase}`] : []),
  ];
  return `http_req_duration{${tags.join(',')}}`;
}

/** The sub-metric that counts an outcome of an endpoint. */
export function outcomeSubMetric(outcome: ObservedOutcome, endpointId: string): string {
  return `${outcomeMetric(outcome)}{endpoint:${endpointId}}`;
}
