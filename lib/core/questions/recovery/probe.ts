import type { Outcome } from '../../measure/outcome.ts';

/** Does it recover after overload, and how fast? Probes at a low rate, before, during and after the overload. */
export interface RecoveryPlan {
  readonly kind: 'recovery';
  readonly overload: { readonly fromSeconds: number; readonly toSeconds: number };
  /** When the last probe is sent. */
  readonly endSeconds: number;
  readonly probesPerSecond: number;
  /** Each probe is a journey. Absent where it is one request. */
  readonly areJourneys?: true;
}

/** One request of a probe as it was answered. */
export interface Probe {
  readonly endpoint: string;
  /** Since the load began. */
  readonly sentAtSeconds: number;
  readonly ms: number;
  readonly outcome: Outcome;
}

/** What a script notes of a journey that is a probe: when it begins, and when it has ended by itself. */
export type JourneyEvent = BegunJourney | EndedJourney;

interface BegunJourney {
  /** Tells it from all others. */
  readonly journey: string;
  /** Since the load began. */
  readonly begunAtSeconds: number;
}

interface EndedJourney {
  readonly journey: string;
  readonly requests: readonly Probe[];
  readonly isCompleted: boolean;
  /** The endpoint whose reply it could not go on after, whatever the status of that. */
  readonly stoppedAt?: string;
}

export type RecoveryEvent = Probe | JourneyEvent;
