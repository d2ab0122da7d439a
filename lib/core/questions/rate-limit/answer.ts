import type { RateLimit } from '../../spec/endpoint.ts';
import { present } from '../../spec/present.ts';
import { thinned } from '../thinned.ts';
import { type FoundBypass, judgeBypasses } from './bypasses.ts';
import type { BypassWay, LimitEvent } from './limit-event.ts';
import { bestModel, freeAt, type LimitedReply, type LimitModel } from './limit-models.ts';

/** Is the declared limit what is enforced, and can it be got around? */
export interface RateLimitPlan {
  readonly kind: 'rate-limit';
  readonly endpoint: string;
  readonly path: string;
  readonly declared: RateLimit;
  /** Whether there was a second client, on an address of its own. */
  readonly hasSecondClient: boolean;
}

export interface RateLimitStudy extends RateLimitPlan {
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly requests: number;
  readonly accepted: number;
  readonly limited: number;
  /** The most requests that were surely accepted within one window, by the times of their replies. */
  readonly mostInWindow: number;
  /** How many more than the declared limit lets through, or how much larger the limit is that was met. */
  readonly beyondLimit: number;
  /** The limit that explains what was met; absent where none does. */
  readonly met?: LimitModel;
  /** Requests that the limit above does not explain. */
  readonly unexplained?: number;
  readonly retryAfter: {
    readonly right: number;
    /** A client that keeps to it is refused again. */
    readonly early: number;
    /** A client that keeps to it waits longer than it must. */
    readonly late: number;
    readonly missing: number;
    /** Whether a request was accepted that was sent when Retry-After said so. Absent where none was sent. */
    readonly isKept?: boolean;
  };
  /** What became of another client while the first one was refused. Absent where there was none, or no such time. */
  readonly isolation?: { readonly requests: number; readonly refused: number };
  readonly bypasses: readonly FoundBypass[];
  /** How many were accepted within the window that ends then, for a chart. */
  readonly inWindow: readonly { readonly atSeconds: number; readonly accepted: number }[];
}

/** Beyond what is certain: clocks and scheduling. */
const TOLERANCE_MS = 50;

export function studyRateLimit(plan: RateLimitPlan, all: readonly LimitEvent[]): RateLimitStudy {
  const events = [...all].sort((a, b) => a.sentAtMs - b.sentAtMs);
  const own = events.filter(({ client, purpose }) => client === 1 && purpose !== 'attempt');
  const bypasses = judgeBypasses(events);
  // A place that came free in the middle of an attempt is used up by it.
  const isClosed = (way: BypassWay | undefined) => bypasses.some((each) => each.way === way && each.state === 'closed');
  const counted = events.filter(
    ({ client, purpose, way, isOk }) => client === 1 && (purpose !== 'attempt' || (isOk && isClosed(way))),
  );
  const replies = counted.filter(isTold).map(asReply);
  const accepted = replies.filter(({ isAccepted }) => isAccepted);
  const mostInWindow = mostSurelyWithin(accepted, plan.declared.windowSeconds * 1000);
  const model = bestModel(plan.declared, replies, TOLERANCE_MS);
  const invalid = whyInvalid(plan, replies, own.length);
  const isolation = isolationOf(events, model?.model.requests ?? plan.declared.requests);
  return {
    ...plan,
    ...present({ invalid }),
    requests: own.length,
    accepted: own.filter(({ isOk }) => isOk).length,
    limited: own.filter(({ status }) => status === 429).length,
    mostInWindow,
    beyondLimit: beyondLimit(plan.declared, mostInWindow, model?.model),
    ...present({ met: model?.model, unexplained: model?.unexplained }),
    retryAfter: judgeRetryAfter(own, replies, model?.model),
    ...present({ isolation }),
    bypasses,
    inWindow: acceptedInWindow(replies, plan.declared.windowSeconds * 1000),
  };
}

/** Whether the limiter decided: an error may have come from in front of it. */
function isTold({ isOk, status }: LimitEvent): boolean {
  return isOk || status === 429;
}

function asReply({ sentAtMs, doneAtMs, isOk }: LimitEvent): LimitedReply {
  return { atMs: (sentAtMs + doneAtMs) / 2, sentAtMs, doneAtMs, isAccepted: isOk };
}

/** Fewer of the requests than this got an answer from the limiter, one way or the other: errors decide, and not it. */
const LEAST_TOLD_SHARE = 0.95;

function whyInvalid({ declared }: RateLimitPlan, replies: readonly LimitedReply[], sent: number): string | undefined {
  if (replies.length < sent * LEAST_TOLD_SHARE)
    return `${sent - replies.length} of ${sent} requests were neither accepted nor rate limited`;
  if (replies[0]?.isAccepted === false)
    return 'the first request was refused: the limit was used up before. Wait for its window, and run it again';
  return replies.length < declared.requests
    ? `only ${replies.length} requests were sent: fewer than the limit`
    : undefined;
}

/** A request was accepted between its sending and its reply: only those are counted that surely fit. */
function mostSurelyWithin(accepted: readonly LimitedReply[], windowMs: number): number {
  let most = 0;
  let end = 0;
  for (const [start, { sentAtMs }] of accepted.entries()) {
    while (end < accepted.length && (accepted[end]?.doneAtMs ?? Infinity) - sentAtMs < windowMs) end += 1;
    most = Math.max(most, end - start);
  }
  return most;
}

/** Around the border of two fixed windows twice as many fit into the time of one: that is what is declared then. */
function beyondLimit(declared: RateLimit, mostInWindow: number, met: LimitModel | undefined): number {
  const fitting = declared.algorithm === 'fixed-window' ? 2 * declared.requests : declared.requests;
  return Math.max(0, mostInWindow - fitting, (met?.requests ?? 0) - declared.requests);
}

const MOST_POINTS = 300;

function acceptedInWindow(replies: readonly LimitedReply[], windowMs: number): RateLimitStudy['inWindow'] {
  return thinned(replies, MOST_POINTS).map(({ atMs: end }) => ({
    atSeconds: end / 1000,
    accepted: replies.filter(({ atMs, isAccepted }) => isAccepted && atMs <= end && atMs > end - windowMs).length,
  }));
}

function judgeRetryAfter(
  own: readonly LimitEvent[],
  replies: readonly LimitedReply[],
  model: LimitModel | undefined,
): RateLimitStudy['retryAfter'] {
  const counts = { right: 0, early: 0, late: 0, missing: 0 };
  const toleranceMs = TOLERANCE_MS + (model?.boundaryToleranceMs ?? 0);
  for (const { status, retryAfterSeconds, sentAtMs, doneAtMs } of own) {
    if (status !== 429) continue;
    if (retryAfterSeconds === undefined) counts.missing += 1;
    else if (model !== undefined)
      counts[judgeOne(freeAt(model, replies, sentAtMs) - doneAtMs, retryAfterSeconds, toleranceMs)] += 1;
  }
  const patient = own.find(({ purpose }) => purpose === 'patient');
  return { ...counts, ...present({ isKept: patient?.isOk }) };
}

/** It is in whole seconds: up to one too many is right. */
function judgeOne(neededMs: number, saidSeconds: number, toleranceMs: number): 'right' | 'early' | 'late' {
  const aheadMs = saidSeconds * 1000 - neededMs;
  if (aheadMs < -toleranceMs) return 'early';
  return aheadMs > 1000 + toleranceMs ? 'late' : 'right';
}

/**
 * Only what the second client sent while the first one was refused, just before and just after, and before it had used
 * up a limit of its own.
 */
function isolationOf(events: readonly LimitEvent[], limit: number): RateLimitStudy['isolation'] {
  const ofFirst = events.filter(({ client, purpose }) => client === 1 && purpose !== 'attempt');
  const ofSecond = events.filter(({ client }) => client === 2);
  const telling = ofSecond.filter((event, i) => {
    const { sentAtMs } = event;
    const before = ofFirst.filter((each) => each.doneAtMs <= sentAtMs).at(-1);
    const after = ofFirst.find((each) => each.sentAtMs >= sentAtMs);
    const hasRoom = ofSecond.slice(0, i).filter(({ isOk }) => isOk).length < limit;
    return isTold(event) && hasRoom && before?.status === 429 && after?.status === 429;
  });
  if (telling.length === 0) return undefined;
  return { requests: telling.length, refused: telling.filter(({ status }) => status === 429).length };
}
