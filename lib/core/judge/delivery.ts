import type { Measured, StoredLoad } from '../measure/measured.ts';
import type { LoadModel } from '../spec/load-shape.ts';
import { sum } from '../spec/sum.ts';
import { formatCount, formatShare } from '../spec/units.ts';
import type { iterationWord } from './iteration-word.ts';

type IterationWord = ReturnType<typeof iterationWord>;

/** Limits on what the generator may leave undone before the load no longer is the planned one. */
const MAX_DROPPED_SHARE = 0.01;
const MAX_NOT_SENT_SHARE = 0.01;
const MIN_DELIVERED_SHARE = 0.98;

/** The planned load against the delivered one. */
export interface Delivery {
  /** Planned iterations that no user was free to start. */
  readonly dropped: number;
  /** 0-1 of the iterations that were started or dropped. */
  readonly droppedShare: number;
  readonly isTooMuchDropped: boolean;
  readonly delivered: number;
  /** In an open model an iteration counts once it is started, in a closed one once it is completed. */
  readonly deliveredBy: 'started' | 'completed';
  readonly isTooLittleDelivered: boolean;
}

/** A run that was ended on purpose, at a crossed threshold, owes nothing; nor does one that looks for a limit. */
export function deliveryOf({ iterations, plannedIterations, model, endedEarly, seeksLimit }: StoredLoad): Delivery {
  const { completed = 0, failed = 0, dropped = 0 } = iterations ?? {};
  const started = completed + failed;
  const droppedShare = dropped > 0 ? dropped / (started + dropped) : 0;
  const delivered = model === 'open' ? started : completed;
  const isWhole = endedEarly !== true && seeksLimit !== true;
  return {
    dropped,
    droppedShare,
    isTooMuchDropped: isWhole && droppedShare > MAX_DROPPED_SHARE,
    delivered,
    deliveredBy: model === 'open' ? 'started' : 'completed',
    isTooLittleDelivered:
      isWhole &&
      iterations !== undefined &&
      plannedIterations !== undefined &&
      delivered < neededOf(plannedIterations, model),
  };
}

/** Fixed work is to be done whole; arrivals may lag a little behind their rate. */
function neededOf(plannedIterations: number, model: LoadModel | undefined): number {
  return model === 'open' ? Math.floor(plannedIterations) * MIN_DELIVERED_SHARE : plannedIterations;
}

/** Requests that k6 tried to send and this machine had no file, port or memory for, where they are too many. */
export function notSentOf(measured: readonly Pick<Measured, 'requests' | 'outcomes'>[]): NotSent {
  const count = sum(measured.map(({ outcomes }) => outcomes.not_sent ?? 0));
  const requests = sum(measured.map((each) => each.requests));
  const share = count > 0 ? count / requests : 0;
  return { count, requests, share, isTooMuch: share > MAX_NOT_SENT_SHARE };
}

export interface NotSent {
  readonly count: number;
  /** With those that were sent. */
  readonly requests: number;
  /** 0-1 of the requests. */
  readonly share: number;
  readonly isTooMuch: boolean;
}

export function describeNotSent({ count, requests, share }: NotSent): string {
  return `${formatCount(count)} of ${formatCount(requests)} requests (${formatShare(share)}) never left this machine: it had no open file, port or memory for them`;
}

export function describeTooLittle(
  { delivered, deliveredBy }: Delivery,
  { plannedIterations = 0 }: StoredLoad,
  iteration: IterationWord,
): string {
  return `${formatCount(delivered)} of ${formatCount(Math.round(plannedIterations))} planned ${iteration}s were ${deliveredBy}`;
}

export function describeDropped({ dropped, droppedShare }: Delivery, iteration: IterationWord): string {
  return `${formatCount(dropped)} planned ${iteration}s (${formatShare(droppedShare)}) were dropped: no user was free to start them`;
}
