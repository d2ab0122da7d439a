import type { K6Metrics, MeasuredRun } from '../measure/measured.ts';
import type { Timeline } from '../measure/timeline.ts';
import { type BreakpointPlan, type BreakpointStudy, studyBreakpoint } from './breakpoint.ts';
import { type PoolPlan, type PoolStudy, studyPool } from './pool.ts';
import { type LimitEvent, type RateLimitPlan, type RateLimitStudy, studyRateLimit } from './rate-limit.ts';
import { type Probe, type RecoveryPlan, type RecoveryStudy, studyRecovery } from './recovery.ts';
import { type SequentialPlan, type SequentialStudy, studySequential } from './sequential.ts';
import { type ServerSample, type SoakPlan, type SoakStudy, studySoak } from './soak.ts';
import { type SocketEvent, type SocketPlan, type SocketStudy, studySockets } from './websocket.ts';

/** What a scenario wants to know, beyond how its endpoints did. */
export type StudyPlan =
  | SequentialPlan
  | BreakpointPlan
  | RecoveryPlan
  | SoakPlan
  | PoolPlan
  | RateLimitPlan
  | SocketPlan;

/** What it found. */
export type Study =
  | SequentialStudy
  | BreakpointStudy
  | RecoveryStudy
  | SoakStudy
  | PoolStudy
  | RateLimitStudy
  | SocketStudy;

export type StudyKind = Study['kind'];

/**
 * Studies whose load is meant to be more than the service takes, or is no load at all: their endpoints are not judged
 * as if users had sent it.
 */
const BEYOND_USERS: ReadonlySet<string> = new Set<StudyKind>([
  'breakpoint',
  'recovery',
  'pool',
  'rate-limit',
  'websocket',
]);

/** Whether the figures of its endpoints say how users would fare. */
export function isOrdinaryLoad(study: { readonly kind: string } | undefined): boolean {
  return study === undefined || !BEYOND_USERS.has(study.kind);
}

/** What a study is made of. */
export interface StudyMaterial {
  readonly metrics: K6Metrics;
  readonly run: Pick<MeasuredRun, 'endpoints' | 'load' | 'loadStartedAt'>;
  /** What the script noted, each an event of its study. */
  readonly events: readonly unknown[];
  readonly timeline: Timeline | undefined;
  readonly serverSamples: readonly ServerSample[];
}

export function makeStudy(plan: StudyPlan, { metrics, run, events, timeline, serverSamples }: StudyMaterial): Study {
  const { windowSeconds } = run.load;
  switch (plan.kind) {
    case 'sequential':
      return studySequential(run.endpoints);
    case 'breakpoint':
      return studyBreakpoint(plan, metrics, windowSeconds);
    case 'recovery':
      return studyRecovery(plan, events as readonly Probe[]);
    case 'pool':
      return studyPool(plan, metrics, windowSeconds);
    case 'rate-limit':
      return studyRateLimit(plan, events as readonly LimitEvent[]);
    case 'websocket':
      return studySockets(plan, events as readonly SocketEvent[], metrics);
    case 'soak':
      return studySoak(timeline, serverSamples, {
        loadStartedAt: run.loadStartedAt,
        seconds: windowSeconds,
        hasServerMetrics: plan.hasServerMetrics,
      });
  }
}
