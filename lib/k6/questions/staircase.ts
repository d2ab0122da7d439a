import exec from 'k6/execution';
import { OWN_METRICS, stepMetric, stepOutcomeMetric, stepOutcomeTag } from '../../core/measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../../core/measure/outcome.ts';
import { UserError } from '../../core/spec/errors.ts';
import { type Plan, type Step, stepsOf } from '../../core/spec/load-shape.ts';
import { counterOf } from '../iteration.ts';
import type { Reply, Requester } from '../request.ts';
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

/** The steps of a load as they pass by. */
export class Staircase {
  private readonly steps: readonly Step[];
  private readonly endSeconds: number;
  private startedAtMs = 0;

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    const end = steps.at(-1);
    this.endSeconds = end === undefined ? 0 : end.startSeconds + end.durationSeconds;
  }

  /** The tag of the step in which something was. */
  stepAt(atMs: number): string {
    const seconds = this.secondsAt(atMs);
    const next = this.steps.findIndex(({ startSeconds }) => startSeconds > seconds);
    return String(next === -1 ? this.steps.length - 1 : Math.max(0, next - 1));
  }

  /** What comes after the last step would make it look faster than it was. */
  isOver(atMs: number): boolean {
    return this.secondsAt(atMs) >= this.endSeconds;
  }

  /** Counts a request in the step in which it was sent, and its reply in that of now. */
  count(sentAtMs: number, { timings: { duration } }: Reply, outcome: ObservedOutcome | 'ok'): void {
    const step = this.stepAt(sentAtMs);
    stepFailed.add(outcome !== 'ok', { step });
    if (outcome !== 'ok') {
      stepNotOk.add(duration, { step_outcome: stepOutcomeTag(step, outcome) });
      return;
    }
    stepOk.add(duration, { step });
    const nowMs = Date.now();
    if (!this.isOver(nowMs)) stepDone.add(1, { step: this.stepAt(nowMs) });
  }

  private secondsAt(atMs: number): number {
    if (this.startedAtMs === 0) this.startedAtMs = exec.scenario.startTime;
    return (atMs - this.startedAtMs) / 1000;
  }
}

/** A request that is counted in its step as well. @returns what became of it */
export function steppedRequest(requester: Requester, staircase: Staircase): () => ObservedOutcome | 'ok' {
  const count = counterOf(requester);
  return () => {
    const sentAtMs = Date.now();
    const reply = requester.send();
    const outcome = count(reply);
    staircase.count(sentAtMs, reply, outcome);
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
