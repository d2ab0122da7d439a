/** What can happen to an accepted request instead of a normal reply. */
export type Fault = 'reset' | 'error' | 'slow';

export type FaultShares = Readonly<Record<Fault, number>>;

/** 0.29 * 100 is 28.999999999999996: without this the 29th of a hundred would come one request late. */
const ROUNDING = 1e-9;

/**
 * Deals faults out by counting, never at random, so that a test can expect exact numbers: a share of 0.1 alone hits the
 * 10th, 20th, 30th, ... request, and n requests see floor(n × share) faults. With several faults each request meets at
 * most one, so they are set one request apart from each other: two shares of 0.1 hit the 10th and the 9th, 20th and
 * 19th, ...; should they still meet, the second waits for the next request.
 */
export class FaultSchedule {
  readonly #active: { readonly fault: Fault; readonly share: number; dealt: number }[];
  #requests = 0;

  constructor(shares: FaultShares) {
    const order: readonly Fault[] = ['reset', 'error', 'slow'];
    this.#active = order.map((fault) => ({ fault, share: shares[fault], dealt: 0 })).filter(({ share }) => share > 0);
  }

  /** The fault of the next request. */
  next(): Fault | undefined {
    this.#requests += 1;
    for (const [requestsAhead, entry] of this.#active.entries()) {
      const due = Math.floor((this.#requests + requestsAhead) * entry.share + ROUNDING);
      if (entry.dealt < due) {
        entry.dealt += 1;
        return entry.fault;
      }
    }
    return undefined;
  }
}
