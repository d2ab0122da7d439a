import type { ObservedOutcome } from './outcome.ts';

/** Everything of the load carries this tag through its k6 scenario; requests at rest and of the warm-up do not. */
export const LOAD_PHASE = { phase: 'load' } as const;

/** k6's metric of requests: the recorder keeps one sample of each request, in it. */
export const REQUESTS = 'http_req_duration';

/** Of every request these tags say what became of it; the text of an error does where k6 has one code for many. */
export const OUTCOME_TAGS = ['status', 'error_code', 'error', 'expected_response'] as const;

/** The names of our own k6 metrics. */
export const OWN_METRICS = {
  /** Counts iterations that an exception in the script ended: k6 itself logs them and exits 0. */
  failedIterations: 'failed_iterations',
  /** From the first iteration to the end of the last; k6's own run duration includes the requests at rest. */
  loadWindow: 'load_window',
  /** The latency of `ok` replies, where contents are checked: k6 itself tells replies apart by their status alone. */
  okDuration: 'ok_duration',
  /** The latency of what was not `ok`. */
  notOkDuration: 'not_ok_duration',
  /** 429 replies that do not say when to come back. */
  noRetryAfter: 'no_retry_after',
  /** Replies whose content check returned neither true nor false. */
  undecidedChecks: 'undecided_checks',
  /** Over all requests of the load, true for a timeout: only where a run may be aborted on it. */
  timeouts: 'timeouts',
  /** Of a load that goes up in steps, by the step in which a request was sent: latency of `ok` replies, ... */
  stepOk: 'step_ok',
  /** ... of all others, by step and outcome, ... */
  stepNotOk: 'step_not_ok',
  /** ... whether each request was not `ok`, ... */
  stepFailed: 'step_failed',
  /** ... and `ok` replies by the step in which they came. */
  stepDone: 'step_done',
  /** Of its journeys, by the step in which they were begun: each of them, ... */
  stepJourneyBegun: 'step_journey_begun',
  /** ... how long each took that was completed, ... */
  stepJourneyCompleted: 'step_journey_completed',
  /** ... whether each that ended by itself was not completed, ... */
  stepJourneyLost: 'step_journey_lost',
  /** ... and completed ones by the step in which they were. */
  stepJourneyDone: 'step_journey_done',
  /** Of each attempt to open a WebSocket, by whether it opened. */
  socketConnect: 'socket_connect',
  /** From sending a message on a WebSocket to its answer. */
  roundTrip: 'socket_round_trip',
  /** Of journeys, by their names: each that was started, ... */
  journeyStarted: 'journey_started',
  /** ... how long each took that came to its end, with its pauses, ... */
  journeyCompleted: 'journey_completed',
  /** ... and each that ended at a reply, by its name and the endpoint that gave it. */
  journeyStopped: 'journey_stopped',
  /** What the script met one by one: each sample carries its event as JSON, in the metadatum `event`. */
  events: 'verdict_event',
} as const;

/** A metric of one step of a staircase. */
export function stepMetric(
  metric: (typeof OWN_METRICS)[
    | 'stepOk'
    | 'stepFailed'
    | 'stepDone'
    | 'stepJourneyBegun'
    | 'stepJourneyCompleted'
    | 'stepJourneyLost'
    | 'stepJourneyDone'],
  step: number,
): string {
  return `${metric}{step:${step}}`;
}

/** k6 cannot combine two tags cheaply: one holds both. */
export function stepOutcomeTag(step: number | string, outcome: ObservedOutcome): string {
  return `${step}|${outcome}`;
}

/** The latency of what was not `ok`, of one step and outcome. */
export function stepOutcomeMetric(step: number, outcome: ObservedOutcome): string {
  return `${OWN_METRICS.stepNotOk}{step_outcome:${stepOutcomeTag(step, outcome)}}`;
}

/** A metric of one journey. Those of a warm-up carry another tag. */
export function journeyMetric(
  metric: typeof OWN_METRICS.journeyStarted | typeof OWN_METRICS.journeyCompleted | typeof OWN_METRICS.failedIterations,
  journey: string,
): string {
  return `${metric}{journey:${journey}}`;
}

/** k6 cannot combine two tags cheaply: one holds both. Neither can hold a brace. */
export function stoppedAtTag(journey: string, endpointId: string): string {
  return `${journey} at ${endpointId}`;
}

/** Counts the journeys that ended at a reply of one endpoint. */
export function journeyStoppedMetric(journey: string, endpointId: string): string {
  return `${OWN_METRICS.journeyStopped}{stopped_at:${stoppedAtTag(journey, endpointId)}}`;
}

/** What a metric counts of the load, where something else counts in it as well. */
export function inLoadMetric(
  metric: 'iterations' | 'dropped_iterations' | typeof OWN_METRICS.failedIterations,
): string {
  return `${metric}{phase:${LOAD_PHASE.phase}}`;
}

/** Counts one outcome. */
export function outcomeMetric(outcome: ObservedOutcome): string {
  return `outcome_${outcome}`;
}

/** Counts one outcome of one endpoint. */
export function outcomeSubMetric(outcome: ObservedOutcome, endpointId: string): string {
  return `${outcomeMetric(outcome)}{endpoint:${endpointId}}`;
}

/** Counts the 429 replies of one endpoint that do not say when to come back. */
export function noRetryAfterMetric(endpointId: string): string {
  return `${OWN_METRICS.noRetryAfter}{endpoint:${endpointId}}`;
}

/** Counts the replies of one endpoint whose content check returned neither true nor false. */
export function undecidedChecksMetric(endpointId: string): string {
  return `${OWN_METRICS.undecidedChecks}{endpoint:${endpointId}}`;
}

/**
 * The latency of all load requests, or of the `ok` ones.
 * @param checksContent whether the content of any endpoint's replies is checked
 */
export function overallLatencyMetric(replies: 'all' | 'ok', checksContent = false): string {
  if (replies === 'ok' && checksContent) return OWN_METRICS.okDuration;
  return `http_req_duration{${replies === 'ok' ? 'expected_response:true,' : ''}phase:${LOAD_PHASE.phase}}`;
}

/**
 * The latency of an endpoint's load requests, in two parts. k6 holds each request against every sub-metric of its
 * metric: with one for all of an endpoint's requests beside the one for its `ok` replies, counting would cost twice.
 * The recorder has all of them as well.
 * @param checksContent whether the content of any endpoint's replies is checked
 */
export function endpointLatencyMetric(
  replies: 'ok' | 'not ok' | 'all',
  endpointId: string,
  checksContent = false,
): string {
  if (replies === 'all') return `http_req_duration{endpoint:${endpointId}}`;
  if (replies === 'not ok') return `${OWN_METRICS.notOkDuration}{endpoint:${endpointId}}`;
  return checksContent
    ? `${OWN_METRICS.okDuration}{endpoint:${endpointId}}`
    : `http_req_duration{endpoint:${endpointId},expected_response:true}`;
}
