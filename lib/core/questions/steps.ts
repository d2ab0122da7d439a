import { OWN_METRICS, stepMetric, stepOutcomeMetric } from '../measure/k6-metrics.ts';
import type { K6Metrics } from '../measure/measured.ts';
import { OBSERVED_OUTCOMES, type OutcomeCounts } from '../measure/outcome.ts';
import { type Latency, latencyFromTrend } from '../measure/quantile-ladder.ts';
import type { Step } from '../spec/load-shape.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';

/** What became of the requests that were sent in one step. */
export interface StepFigures extends Step {
  /** Whether the step was sent to its end. */
  readonly isWhole: boolean;
  /** Sent in this step. */
  readonly requests: number;
  /** 0-1 of those. */
  readonly failedShare: number;
  readonly outcomes: OutcomeCounts;
  /** `ok` replies per second that came in this step, whenever their requests were sent. */
  readonly okPerSecond: number;
  /** Of the `ok` replies to its requests. Absent without one. */
  readonly okMs?: { readonly avg: number; readonly p50: number; readonly p95: number };
  /** Of its requests that were not `ok`: how long they took. Absent without one. */
  readonly notOkMs?: { readonly p50: number; readonly max: number };
}

/** The steps that were begun. @param windowSeconds how long the load lasted */
export function measureSteps(metrics: K6Metrics, steps: readonly Step[], windowSeconds: number): StepFigures[] {
  return steps
    .map((step, i) => measureStep(metrics, step, i, windowSeconds))
    .filter(({ requests, isWhole }) => isWhole || requests > 0);
}

function measureStep(metrics: K6Metrics, step: Step, index: number, windowSeconds: number): StepFigures {
  const ok = latencyFromTrend(metrics[stepMetric(OWN_METRICS.stepOk, index)]?.values);
  const failures = OBSERVED_OUTCOMES.map((outcome) => ({
    outcome,
    ms: latencyFromTrend(metrics[stepOutcomeMetric(index, outcome)]?.values),
  })).filter(({ ms }) => ms.count > 0);
  const failed = sum(failures.map(({ ms }) => ms.count));
  const requests = ok.count + failed;
  const sentSeconds = Math.min(step.durationSeconds, Math.max(0, windowSeconds - step.startSeconds));
  const done = metrics[stepMetric(OWN_METRICS.stepDone, index)]?.values.count ?? 0;
  const commonest = [...failures].sort((a, b) => b.ms.count - a.ms.count)[0]?.ms;
  const longest = Math.max(...failures.map(({ ms }) => ms.max ?? 0));
  return {
    ...step,
    isWhole: windowSeconds >= step.startSeconds + step.durationSeconds - 0.05,
    requests,
    failedShare: requests === 0 ? 0 : failed / requests,
    outcomes: {
      ...(ok.count > 0 ? { ok: ok.count } : {}),
      ...Object.fromEntries(failures.map(({ outcome, ms }) => [outcome, ms.count])),
    },
    okPerSecond: sentSeconds > 0 ? done / sentSeconds : 0,
    ...present({ okMs: centreOf(ok), notOkMs: commonest && extentOf(commonest, longest) }),
  };
}

function centreOf({ avg, p50, p95 }: Latency): StepFigures['okMs'] {
  return avg !== undefined && p50 !== undefined && p95 !== undefined ? { avg, p50, p95 } : undefined;
}

function extentOf({ p50 }: Latency, max: number): StepFigures['notOkMs'] {
  return p50 !== undefined ? { p50, max } : undefined;
}
