import { OWN_METRICS, stepMetric } from '../../core/measure/k6-metrics.ts';
import type { BreakpointPlan } from '../../core/questions/breakpoint/answer.ts';
import { breakpoint as question } from '../../core/questions/breakpoint/index.ts';
import type { Limit } from '../../core/spec/limit.ts';
import { USUAL_SUCCESS_SHARE } from '../../core/spec/usual-success.ts';
import { takeTurns } from '../endpoint-rotation.ts';
import { countedLimit, type K6Limit } from '../k6-limit.ts';
import { stepMetrics, steppedRequest, stepsOfPlan } from './staircase.ts';
import type { StudyContext, StudyDefinition, StudyParts } from './study-definition.ts';

const DEFAULT_P95_MS = 500;

/**
 * At what rate does it break? For a plan of `steppedArrivals`. A step meets the limits of the overall budget (p95 of
 * `ok` replies, success share) or it is broken; k6 ends the run soon after a step that is badly so.
 */
export function breakpoint(): StudyDefinition {
  return { begin };
}

function begin({ plan, requesters, warmUpSeconds, budgets: { overall } }: StudyContext): StudyParts {
  const [stream, steps] = stepsOfPlan(plan);
  const next = takeTurns(
    'open',
    requesters.map((requester) => steppedRequest(requester, steps)),
  );
  const study: BreakpointPlan = {
    kind: question.kind,
    steps,
    p95LimitMs: limitOf(overall.okP95Ms) ?? DEFAULT_P95_MS,
    failedShareLimit: Number((1 - (limitOf(overall.successShare) ?? USUAL_SUCCESS_SHARE)).toFixed(6)),
  };
  return {
    question,
    plan: study,
    iterations: { [stream]: () => next()() },
    kept: stepMetrics(steps),
    limits: limitsThatEndIt(study, warmUpSeconds),
    counted: [countedLimit(OWN_METRICS.stepOk, study.p95LimitMs)],
  };
}

function limitOf(limit: Limit | undefined): number | undefined {
  return typeof limit === 'object' ? limit.limit : limit;
}

/** Badly broken: so that the step before it, or this one, is seen to its end. */
const BADLY_SLOW = 2;
const BADLY_FAILING = 0.1;
/** k6 counts from the start of the run, requests at rest included. */
const DELAY_SECONDS = 3;

function limitsThatEndIt({ steps, p95LimitMs, failedShareLimit }: BreakpointPlan, warmUpSeconds: number): K6Limit[] {
  const failing = Math.min(1, Math.max(BADLY_FAILING, 2 * failedShareLimit));
  return steps.flatMap(({ startSeconds, durationSeconds }, i): K6Limit[] => {
    const endsAfterSeconds = Math.ceil(warmUpSeconds + startSeconds + durationSeconds + DELAY_SECONDS);
    const limit = p95LimitMs * BADLY_SLOW;
    return [
      { metric: stepMetric(OWN_METRICS.stepOk, i), aggregate: 'p95', operator: '<', limit, endsAfterSeconds },
      {
        metric: stepMetric(OWN_METRICS.stepFailed, i),
        aggregate: 'rate',
        operator: '<',
        limit: failing,
        endsAfterSeconds,
      },
    ];
  });
}
