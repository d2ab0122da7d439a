import type { ObservedOutcome } from '../../core/measure/outcome.ts';
import type { CountReply } from '../iteration.ts';
import type { Reply, Requester } from '../request.ts';

/** Looks on while users go through the journeys of a stream, for a question that counts by the moment. */
export interface Watch {
  readonly begun: (atMs: number) => void;
  readonly answered: (request: AnsweredRequest) => void;
  readonly ended: (journey: EndedJourney) => void;
}

/** A request as it went over the wire: one that was led on, or sent again, is several. */
export interface AnsweredRequest {
  readonly endpoint: string;
  readonly sentAtMs: number;
  readonly reply: Reply;
  readonly outcome: ObservedOutcome | 'ok';
}

/** A journey that ended by itself. */
export interface EndedJourney {
  readonly begunAtMs: number;
  readonly isCompleted: boolean;
  /** The endpoint whose reply ended it. */
  readonly stoppedAt?: string;
}

/** How one user is looked at: what a test without such a question does not hold. */
export interface Watching {
  /** A user sets out on a journey of a stream. */
  readonly begins: (stream: string) => void;
  /** It ended by itself. @param stoppedAt the endpoint whose reply ended it */
  readonly ended: (isCompleted: boolean, stoppedAt?: string) => void;
  /** A request is sent now. */
  readonly sends: () => void;
  /** Sees requests when they are answered. */
  readonly counting: (requester: Requester, count: CountReply) => CountReply;
}
