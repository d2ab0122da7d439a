import exec from 'k6/execution';
import { OWN_METRICS, stepMetric, stepOutcomeMetric, stepOutcomeTag } from '../../core/measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../../core/measure/outcome.ts';
import { UserError } from '../../core/spec/errors.ts';
import { type Plan, type Step, stepsOf } from '../../core/spec/load-shape.ts';
import { counterOf } from '../iteration.ts';
import type { Requester } from '../request.ts';
import { stepDone, stepFailed, stepNotOk, stepOk } from './step-metrics.ts';

/** The steps of a plan whose one stream is a staircase. @throws UserError for another plan */
export function stepsOfPlan(plan: Plan): readonly [stream: string, steps: readonly Step[]] {
  const [[stream, shape] = [], ...others] = Object.entries(plan);
  const steps = shape === undefined ? [] : stepsOf(shape);
  if (stream === undefined || steps.length < 3 || others.length > 0) {
    throw new UserError({
      what: 'This question needs a plan with one stream of at least three steps.',
      received: `${others.length + 1} streams, the first with ${steps.length} steps`,
      expected: 'one stream made by steppedArrivals() or steppedUsers()',
    });
  }
  return [stream, steps];
}

/** A request that is counted in its step as well. @returns what became of it */
export function steppedRequest(requester: Requester, steps: readonly Step[]): () => ObservedOutcome | 'ok' {
  const count = counterOf(requester);
  const last = steps.length - 1;
  const end = steps[last];
  const endSeconds = end === undefined ? 0 : end.startSeconds + end.durationSeconds;
  let startedAtMs = 0;
  const secondsNow = () => {
    if (startedAtMs === 0) startedAtMs = exec.scenario.startTime;
    return (Date.now() - startedAtMs) / 1000;
  };
  const stepAt = (seconds: number) => {
    const next = steps.findIndex(({ startSeconds }) => startSeconds > seconds);
    return String(next === -1 ? last : Math.max(0, next - 1));
  };
  return () => {
    const step = stepAt(secondsNow());
    const reply = requester.send();
    const outcome = count(reply);
    stepFailed.add(outcome !== 'ok', { step });
    if (outcome !== 'ok') {
      stepNotOk.add(reply.timings.duration, { step_outcome: stepOutcomeTag(step, outcome) });
      return outcome;
    }
    stepOk.add(reply.timings.duration, { step });
    const now = secondsNow();
    // What comes after the last step would make it look faster than it was.
    if (now < endSeconds) stepDone.add(1, { step: stepAt(now) });
    return outcome;
  };
}

/** Every figure of every step. */
export function stepMetrics(steps: readonly Step[]): string[] {
  return steps.flatMap((_, step) => [
    stepMetric(OWN_METRICS.stepOk, step),
    stepMetric(OWN_METRICS.stepFailed, step),
    stepMetric(OWN_METRICS.stepDone, step),
    ...OBSERVED_OUTCOMES.map((outcome) => stepOutcomeMetric(step, outcome)),
  ]);
}
