import type { K6Metrics } from '../../measure/measured.ts';
import { OUTCOMES, type Outcome } from '../../measure/outcome.ts';
import type { Step } from '../../spec/load-shape.ts';
import { present } from '../../spec/present.ts';
import { measureSteps, type StepFigures } from '../steps.ts';

/** At what rate does it break? Arrivals go up in steps until a step no longer meets the limits. */
export interface BreakpointPlan {
  readonly kind: 'breakpoint';
  readonly steps: readonly Step[];
  /** Milliseconds that the p95 of `ok` replies must stay below. */
  readonly p95LimitMs: number;
  /** 0-1 of the requests of a step that may fail. */
  readonly failedShareLimit: number;
}

/** What a step can break by. `throughput`: replies come more slowly than requests are sent, and the rest queues. */
export type BrokenBy = 'errors' | 'latency' | 'throughput';

export interface BreakpointStudy extends Omit<BreakpointPlan, 'steps'> {
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly steps: readonly (StepFigures & { readonly holds: boolean })[];
  /** The highest rate, in order from the lowest, of which every step up to it met the limits. Absent if none did. */
  readonly sustainedPerSecond?: number;
  /** The first step that did not meet them. Absent where every step did. */
  readonly broke?: {
    readonly atPerSecond: number;
    readonly by: readonly BrokenBy[];
    /** The commonest outcome other than `ok`, where requests failed. */
    readonly outcome?: Outcome;
  };
  /** The most `ok` replies per second of any whole step, where it broke: what it can serve. */
  readonly mostOkPerSecond?: number;
  /** The highest rate whose p95 is still below KNEE_FACTOR times that of the lowest. Absent where latency never rose so far. */
  readonly kneePerSecond?: number;
}

/** The knee: where latency has doubled. */
const KNEE_FACTOR = 2;
/** A rise of less is no knee, however small the latency was. */
const LEAST_RISE_MS = 5;
/** A generator that sent less did not send the step. */
const LEAST_SENT_SHARE = 0.98;
/** Fewer replies than this share of the requests of a step: they queue. */
const LEAST_SERVED_SHARE = 0.95;

export function studyBreakpoint(plan: BreakpointPlan, metrics: K6Metrics, windowSeconds: number): BreakpointStudy {
  const { kind, p95LimitMs, failedShareLimit } = plan;
  const measured = measureSteps(metrics, plan.steps, windowSeconds);
  const judged = measured.map((step, i) => ({ ...step, by: brokenBy(step, i, plan) }));
  const brokenAt = judged.findIndex(({ by }) => by.length > 0);
  const starvedAt = judged.findIndex((step) => step.isWhole && sentShare(step) < LEAST_SENT_SHARE);
  const broken = judged[brokenAt];
  const isGeneratorFirst = starvedAt !== -1 && (brokenAt === -1 || starvedAt < brokenAt);
  const held = judged.slice(0, isGeneratorFirst ? starvedAt : brokenAt === -1 ? judged.length : brokenAt);
  const sustained = held.filter(({ isWhole }) => isWhole).at(-1)?.level;
  const starved = judged[starvedAt];
  const outcome = broken === undefined ? undefined : commonestFailure(broken);
  const knee = kneeOf(judged);
  return {
    kind,
    p95LimitMs,
    failedShareLimit,
    ...(isGeneratorFirst && starved !== undefined
      ? {
          invalid: `the generator, and not the service, was at its limit first: of the ${rate(starved.level)} requests/s of a step it sent ${rate(starved.requests / starved.durationSeconds)}`,
        }
      : {}),
    steps: judged.map(({ by, ...step }) => ({ ...step, holds: by.length === 0 })),
    ...present({ sustainedPerSecond: sustained }),
    ...(broken === undefined || isGeneratorFirst
      ? {}
      : {
          broke: present({ atPerSecond: broken.level, by: broken.by, outcome }),
          mostOkPerSecond: Math.max(...measured.filter(({ isWhole }) => isWhole).map((step) => step.okPerSecond), 0),
        }),
    ...present({ kneePerSecond: knee }),
  };
}

const rate = (perSecond: number): number => Number(perSecond.toPrecision(3));

function sentShare({ requests, level, durationSeconds }: StepFigures): number {
  return requests / (level * durationSeconds);
}

/** The first step fills the pipe: what it still waits for at its end is no queue. */
function brokenBy(step: StepFigures, index: number, { p95LimitMs, failedShareLimit }: BreakpointPlan): BrokenBy[] {
  const isSlow = (step.okMs?.p95 ?? 0) >= p95LimitMs;
  const isFailing = step.failedShare > failedShareLimit;
  const served = step.okPerSecond * step.durationSeconds;
  const isQueueing =
    step.isWhole && index > 0 && !isFailing && served < LEAST_SERVED_SHARE * step.requests * (1 - step.failedShare);
  return [
    ...(isFailing ? (['errors'] as const) : []),
    ...(isSlow ? (['latency'] as const) : []),
    ...(isQueueing ? (['throughput'] as const) : []),
  ];
}

function commonestFailure({ outcomes }: StepFigures): Outcome | undefined {
  const failures = OUTCOMES.filter((outcome) => outcome !== 'ok' && (outcomes[outcome] ?? 0) > 0);
  return failures.sort((a, b) => (outcomes[b] ?? 0) - (outcomes[a] ?? 0))[0];
}

function kneeOf(steps: readonly StepFigures[]): number | undefined {
  const lowest = steps[0]?.okMs?.p95;
  if (lowest === undefined) return undefined;
  const limit = Math.max(lowest * KNEE_FACTOR, lowest + LEAST_RISE_MS);
  const above = steps.findIndex(({ okMs }) => okMs !== undefined && okMs.p95 >= limit);
  return above < 1 ? undefined : steps[above - 1]?.level;
}
