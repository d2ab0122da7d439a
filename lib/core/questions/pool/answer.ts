import type { K6Metrics } from '../../measure/measured.ts';
import type { Step } from '../../spec/load-shape.ts';
import { present } from '../../spec/present.ts';
import { measureSteps, type StepFigures } from '../steps.ts';

/** Is a connection pool exhausted, and does it fail fast? Users without a pause, more of them step by step. */
export interface PoolPlan {
  readonly kind: 'pool';
  readonly steps: readonly Step[];
}

/**
 * What becomes of requests for which nothing is free. `refused`: they are told so quickly; `refused slowly`: they are
 * told so after a wait; `wait`: they are served later; `hang`: they wait until their client gives up.
 */
export type Excess = 'wait' | 'refused' | 'refused slowly' | 'hang';

export interface PoolStudy {
  readonly kind: 'pool';
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly steps: readonly StepFigures[];
  /** The most users of any step who were all served as fast as one alone. */
  readonly freeUsers?: number;
  /** The fewest users of any step of whom some had to wait, or were refused. Absent where nobody had to. */
  readonly exhaustedUsers?: number;
  /**
   * How many requests it works on at a time: throughput × time that one takes (Little's law), at the step with the
   * highest throughput. Absent where nobody had to wait.
   */
  readonly slots?: number;
  readonly excess?: Excess;
  /** What the excess of the last step had to wait for its answer: the p95 of `ok` replies, or the p50 of refusals. */
  readonly excessMs?: number;
}

/** Slower than this factor of the time that one user alone takes: it waited. */
const WAITED_FACTOR = 1.15;
const LEAST_WAIT_MS = 5;
/** Some of the requests of a step, and not only an accident. */
const REFUSED_SHARE = 0.01;
/** A refusal within this time is a quick one. */
const QUICK_MS = 1000;

export function studyPool(plan: PoolPlan, metrics: K6Metrics, windowSeconds: number): PoolStudy {
  const steps = measureSteps(metrics, plan.steps, windowSeconds).filter(({ isWhole }) => isWhole);
  const [alone] = steps;
  if (alone?.okMs === undefined) {
    return {
      kind: 'pool',
      invalid: 'not one request of the first step was ok: there is nothing to compare with',
      steps,
    };
  }
  if (alone.failedShare > REFUSED_SHARE) {
    const failed = `${Math.round(alone.failedShare * alone.requests)} of ${alone.requests} requests`;
    return { kind: 'pool', invalid: `${failed} of the first step failed: that is no pool`, steps };
  }
  // Where one in five waits, the median does not show it.
  const waitMs = Math.max(alone.okMs.avg * WAITED_FACTOR, alone.okMs.avg + LEAST_WAIT_MS);
  const isExhausted = (step: StepFigures) => step.failedShare > REFUSED_SHARE || (step.okMs?.avg ?? Infinity) > waitMs;
  const first = steps.findIndex(isExhausted);
  if (first === -1) return { kind: 'pool', steps, ...freeOf(steps.at(-1)) };
  const most = Math.max(
    ...steps.slice(first).map(({ okPerSecond }) => okPerSecond),
    steps[first - 1]?.okPerSecond ?? 0,
  );
  const last = steps.at(-1) ?? alone;
  const excess = excessOf(last);
  const excessMs = excess === 'wait' ? last.okMs?.p95 : last.notOkMs?.p50;
  return {
    kind: 'pool',
    steps,
    ...freeOf(steps[first - 1]),
    ...present({ exhaustedUsers: steps[first]?.level }),
    slots: Math.max(1, Math.round((most * alone.okMs.p50) / 1000)),
    excess,
    ...present({ excessMs }),
  };
}

function freeOf(step: StepFigures | undefined): { freeUsers?: number } {
  return present({ freeUsers: step?.level });
}

function excessOf({ requests, outcomes, failedShare, notOkMs }: StepFigures): Excess {
  if (failedShare <= REFUSED_SHARE) return 'wait';
  if ((outcomes.timeout ?? 0) > (failedShare * requests) / 2) return 'hang';
  return (notOkMs?.p50 ?? 0) < QUICK_MS ? 'refused' : 'refused slowly';
}
