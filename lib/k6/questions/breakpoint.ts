import { OWN_METRICS, stepMetric } from '../../core/measure/k6-metrics.ts';
import type { BreakpointPlan } from '../../core/questions/breakpoint/answer.ts';
import { breakpoint as question } from '../../core/questions/breakpoint/index.ts';
import type { JourneyFacts } from '../../core/spec/journey.ts';
import type { Limit } from '../../core/spec/limit.ts';
import type { Step } from '../../core/spec/load-shape.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { USUAL_SUCCESS_SHARE } from '../../core/spec/usual-success.ts';
import { takeTurns } from '../endpoint-rotation.ts';
import { journeyFactsOf } from '../journeys-of-plan.ts';
import { countedLimit, type K6Limit } from '../k6-limit.ts';
import { journeysByStep } from './journeys-by-step.ts';
import { Staircase, stepMetrics, steppedRequest, stepsOfPlan } from './staircase.ts';
import type { StudyContext, StudyDefinition, StudyParts } from './study-definition.ts';
import { WatchedUser } from './watched-user.ts';

const DEFAULT_P95_MS = 500;

/**
 * At what rate does it break? For a plan of `steppedArrivals`, of requests or of journeys. A step meets the limits of the
 * overall budget (p95 of `ok` replies, success share), and its journeys complete as their budgets say, or it is broken;
 * k6 ends the run soon after a step that is badly so.
 */
export function breakpoint(): StudyDefinition {
  return { ofJourneys: true, begin };
}

function begin(context: StudyContext): StudyParts {
  const { plan, warmUpSeconds, definition, budgets } = context;
  const { overall } = budgets;
  const journeys = journeyFactsOf(definition, plan);
  const [stream, steps] = stepsOfPlan(plan);
  const study: BreakpointPlan = {
    kind: question.kind,
    steps,
    p95LimitMs: limitOf(overall.okP95Ms) ?? DEFAULT_P95_MS,
    failedShareLimit: complementOf(limitOf(overall.successShare) ?? USUAL_SUCCESS_SHARE),
    ...present({ leastCompletedShare: journeys && leastCompletedShare(journeys, budgets) }),
  };
  return {
    question,
    plan: study,
    ...(journeys === undefined
      ? { iterations: { [stream]: requestsInTurn(context, steps) } }
      : { watching: new WatchedUser({ [stream]: journeysByStep(steps) }) }),
    kept: stepMetrics(steps),
    limits: limitsThatEndIt(study, warmUpSeconds),
    counted: [countedLimit(OWN_METRICS.stepOk, study.p95LimitMs)],
  };
}

function requestsInTurn({ requesters }: StudyContext, steps: readonly Step[]): () => void {
  const staircase = new Staircase(steps);
  const next = takeTurns(
    'open',
    requesters.map((requester) => steppedRequest(requester, staircase)),
  );
  return () => next()();
}

/** Of all journeys together, where each of them keeps exactly to its own limit. */
function leastCompletedShare(
  journeys: readonly JourneyFacts[],
  { everyJourney, journeys: own = {} }: StudyContext['budgets'],
): number {
  const shares = journeys.map(({ name, weight = 1 }) => {
    const { completedShare } = { ...everyJourney, ...(Object.hasOwn(own, name) ? own[name] : undefined) };
    return { weight, share: limitOf(completedShare) ?? USUAL_SUCCESS_SHARE };
  });
  const weighted = sum(shares.map(({ weight, share }) => weight * share));
  return rounded(weighted / sum(shares.map(({ weight }) => weight)));
}

function limitOf(limit: Limit | undefined): number | undefined {
  return typeof limit === 'object' ? limit.limit : limit;
}

function complementOf(share: number): number {
  return rounded(1 - share);
}

/** Without the last digits of binary fractions. */
function rounded(share: number): number {
  return Number(share.toFixed(6));
}

/** Badly broken: so that the step before it, or this one, is seen to its end. */
const BADLY_SLOW = 2;
const BADLY_FAILING = 0.1;
/** k6 counts from the start of the run, requests at rest included. */
const DELAY_SECONDS = 3;

function limitsThatEndIt(study: BreakpointPlan, warmUpSeconds: number): K6Limit[] {
  const { steps, p95LimitMs, failedShareLimit, leastCompletedShare: least } = study;
  return steps.flatMap(({ startSeconds, durationSeconds }, i): K6Limit[] => {
    const endsAfterSeconds = Math.ceil(warmUpSeconds + startSeconds + durationSeconds + DELAY_SECONDS);
    const limit = p95LimitMs * BADLY_SLOW;
    const ofShare = (metric: Parameters<typeof stepMetric>[0], share: number): K6Limit => ({
      metric: stepMetric(metric, i),
      aggregate: 'rate',
      operator: '<',
      limit: Math.min(1, Math.max(BADLY_FAILING, 2 * share)),
      endsAfterSeconds,
    });
    return [
      { metric: stepMetric(OWN_METRICS.stepOk, i), aggregate: 'p95', operator: '<', limit, endsAfterSeconds },
      ofShare(OWN_METRICS.stepFailed, failedShareLimit),
      ...(least === undefined ? [] : [ofShare(OWN_METRICS.stepJourneyLost, complementOf(least))]),
    ];
  });
}
