import type { K6Metrics } from '../../measure/measured.ts';
import { OUTCOMES, type Outcome } from '../../measure/outcome.ts';
import type { Step } from '../../spec/load-shape.ts';
import { present } from '../../spec/present.ts';
import { measureSteps, type StepFigures } from '../steps.ts';
import { completedShareOf, isFallingBehind, measureStepJourneys, type StepOfJourneys } from './step-journeys.ts';

/**
 * At what rate does it break? Arrivals, of requests or of journeys, go up in steps until a step no longer meets the
 * limits.
 */
export interface BreakpointPlan {
  readonly kind: 'breakpoint';
  readonly steps: readonly Step[];
  /** Milliseconds that the p95 of `ok` replies must stay below. */
  readonly p95LimitMs: number;
  /** 0-1 of the requests of a step that may fail. */
  readonly failedShareLimit: number;
  /** 0-1 of the journeys of a step that must be completed. Absent where requests arrive, and not journeys. */
  readonly leastCompletedShare?: number;
}

/**
 * What a step can break by. `journeys`: too few of them are completed. `throughput`: replies come more slowly than
 * requests are sent, or journeys end more slowly than they begin, and the rest queues.
 */
export type BrokenBy = 'errors' | 'journeys' | 'latency' | 'throughput';

export interface BreakpointStudy extends Omit<BreakpointPlan, 'steps'> {
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly steps: readonly (StepOfJourneys & { readonly holds: boolean })[];
  /**
   * The highest rate, in order from the lowest, of which every step up to it met the limits: of journeys where these
   * arrive, else of requests, as are all rates that were sent. Absent if none did.
   */
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
  /** The most completed journeys per second of any whole step, where it broke. */
  readonly mostCompletedPerSecond?: number;
  /** The highest rate whose p95 is still below KNEE_FACTOR times that of the lowest. Absent where latency never rose so far. */
  readonly kneePerSecond?: number;
}

/** The knee: where latency has doubled. */
const KNEE_FACTOR = 2;
/** A rise of less is no knee, however small the latency was. */
const LEAST_RISE_MS = 5;
/** A generator that sent less did not send the step. */
const LEAST_SENT_SHARE = 0.98;
/** One request or two can fall into the next step, on their way out as on their way back. */
const LEAST_MISSING = 2;
/** Fewer replies than this share of the requests of a step: they queue. */
const LEAST_SERVED_SHARE = 0.95;

export function studyBreakpoint(plan: BreakpointPlan, metrics: K6Metrics, windowSeconds: number): BreakpointStudy {
  const { kind, p95LimitMs, failedShareLimit, leastCompletedShare } = plan;
  const measured: readonly StepOfJourneys[] = measureSteps(metrics, plan.steps, windowSeconds).map((step, i) =>
    leastCompletedShare === undefined
      ? step
      : { ...step, journeys: measureStepJourneys(metrics, step, i, windowSeconds) },
  );
  const judged = measured.map((step, i) => ({ ...step, by: brokenBy(measured, step, i, plan) }));
  const brokenAt = judged.findIndex(({ by }) => by.length > 0);
  const starvedAt = judged.findIndex(isStarved);
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
    ...present({
      leastCompletedShare,
      invalid: isGeneratorFirst && starved !== undefined ? describeStarved(starved) : undefined,
    }),
    steps: judged.map(({ by, ...step }) => ({ ...step, holds: by.length === 0 })),
    ...present({ sustainedPerSecond: sustained }),
    ...(broken === undefined || isGeneratorFirst
      ? {}
      : {
          broke: present({ atPerSecond: broken.level, by: broken.by, outcome }),
          ...mostOf(measured.filter(({ isWhole }) => isWhole)),
        }),
    ...present({ kneePerSecond: knee }),
  };
}

/** What arrives: journeys, or requests. */
function arrivalsOf({ journeys, requests }: StepOfJourneys): number {
  return journeys?.begun ?? requests;
}

function isStarved(step: StepOfJourneys): boolean {
  const planned = step.level * step.durationSeconds;
  const missing = planned - arrivalsOf(step);
  return step.isWhole && missing > Math.max((1 - LEAST_SENT_SHARE) * planned, LEAST_MISSING);
}

function describeStarved(step: StepOfJourneys): string {
  const { level, durationSeconds, journeys } = step;
  const [things, did] = journeys === undefined ? ['requests', 'sent'] : ['journeys', 'began'];
  const rate = (perSecond: number) => Number(perSecond.toPrecision(3));
  return `the generator, and not the service, was at its limit first: of the ${rate(level)} ${things}/s of a step it ${did} ${rate(arrivalsOf(step) / durationSeconds)}`;
}

function mostOf(whole: readonly StepOfJourneys[]): Pick<BreakpointStudy, 'mostOkPerSecond' | 'mostCompletedPerSecond'> {
  const completed = whole.flatMap(({ journeys }) => journeys?.completedPerSecond ?? []);
  return {
    mostOkPerSecond: Math.max(...whole.map(({ okPerSecond }) => okPerSecond), 0),
    ...present({ mostCompletedPerSecond: completed.length === 0 ? undefined : Math.max(...completed) }),
  };
}

/** The first step fills the pipe: what it still waits for at its end is no queue. */
function brokenBy(
  steps: readonly StepOfJourneys[],
  step: StepOfJourneys,
  index: number,
  { p95LimitMs, failedShareLimit, leastCompletedShare = 0 }: BreakpointPlan,
): BrokenBy[] {
  const isLosing = step.journeys !== undefined && completedShareOf(step.journeys) < leastCompletedShare;
  const isSlow = (step.okMs?.p95 ?? 0) >= p95LimitMs;
  const isFailing = step.failedShare > failedShareLimit;
  const served = step.okPerSecond * step.durationSeconds;
  const asked = step.requests * (1 - step.failedShare);
  const isBehind = served < LEAST_SERVED_SHARE * asked && asked - served > LEAST_MISSING;
  const isQueueing = isBehind || isFallingBehind(steps, index);
  return [
    ...(isFailing ? (['errors'] as const) : []),
    ...(isLosing ? (['journeys'] as const) : []),
    ...(isSlow ? (['latency'] as const) : []),
    ...(step.isWhole && index > 0 && !isFailing && !isLosing && isQueueing ? (['throughput'] as const) : []),
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
