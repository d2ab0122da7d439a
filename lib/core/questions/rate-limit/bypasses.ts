import { BYPASS_WAYS, type BypassWay, type LimitEvent } from './limit-event.ts';

/** What became of a way around the limit. */
export interface FoundBypass {
  readonly way: BypassWay;
  readonly state: 'open' | 'closed' | 'unclear';
  /** Of how many attempts while the limit was used up so many were let through. */
  readonly attempts: number;
  readonly letThrough: number;
  /** Of `unclear`: why nothing can be told. */
  readonly why?: string;
}

/** A way is open when it let this many attempts through that were tried while the limit was used up. */
const LEAST_LET_THROUGH = 2;

/** What became of each way that was tried. */
export function judgeBypasses(events: readonly LimitEvent[]): FoundBypass[] {
  return BYPASS_WAYS.flatMap((way): FoundBypass[] => {
    const attempts = events.filter((event) => event.purpose === 'attempt' && event.way === way);
    if (attempts.length === 0) return [];
    const usedUp = attempts.filter((attempt) => wasUsedUp(attempt, events));
    const telling = usedUp.filter(({ status }) => !isTurnedAwayElsewhere(status));
    const letThrough = telling.filter(({ isOk }) => isOk).length;
    const counts = { way, attempts: telling.length, letThrough };
    if (letThrough >= LEAST_LET_THROUGH) return [{ ...counts, state: 'open' }];
    if (telling.length >= LEAST_LET_THROUGH) return [{ ...counts, state: 'closed' }];
    return [{ ...counts, state: 'unclear', why: whyUnclear(usedUp) }];
  });
}

/** Of whom somebody else turned away, or nobody answered, nobody knows what the limiter would have done. */
function isTurnedAwayElsewhere(status: number): boolean {
  return status === 0 || status >= 500 || [401, 403, 407].includes(status);
}

function whyUnclear(usedUp: readonly LimitEvent[]): string {
  if (usedUp.length < LEAST_LET_THROUGH) return 'the limit was not used up when it was tried';
  const statuses = new Set(usedUp.map(({ status }) => status).filter(isTurnedAwayElsewhere));
  const texts = [...statuses].map((status) => (status === 0 ? 'no response' : `status ${status}`));
  return `rejected by something else than the limit: ${texts.join(', ')}`;
}

/**
 * Whether the ordinary request was refused right before an attempt and right after it. Of fresh connections only
 * before: where each has a limit of its own, the next ordinary request may be on one that has room.
 */
function wasUsedUp({ way, round, sentAtMs, doneAtMs }: LimitEvent, events: readonly LimitEvent[]): boolean {
  const controls = events.filter((each) => each.purpose === 'control' && each.way === way && each.round === round);
  const before = controls.filter((each) => each.doneAtMs <= sentAtMs);
  // Connections are left in between, each by a request that may be on a fresh one itself.
  if (way === 'fresh-connection') return before.some(({ status }) => status === 429);
  const after = controls.find((each) => each.sentAtMs >= doneAtMs);
  return before.at(-1)?.status === 429 && after?.status === 429;
}
