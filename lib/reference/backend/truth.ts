import { performance } from 'node:perf_hooks';
import { type ServedId, servedEndpoints } from '../endpoints/served.ts';

/** What became of the requests the server received: received = sum of delivered + abandoned + reset + inFlight. */
export interface TruthCounts {
  /** Requests whose headers arrived. */
  readonly received: number;
  /** By status: replies handed whole to the operating system. Whether the client still wanted them, no server knows. */
  readonly delivered: Readonly<Record<string, number>>;
  /** The client closed or reset the connection before its reply was finished. */
  readonly abandoned: number;
  /** Cut by the server on purpose: `--reset-share`, requests after the last of `--close-after`, a profile's crash. */
  readonly reset: number;
  readonly inFlight: number;
}

export interface EndpointTruth extends TruthCounts {
  /** By status: for each delivered reply the milliseconds from request received to reply finished, in order. */
  readonly serviceMs: Readonly<Record<string, readonly number[]>>;
  /** Delivered replies whose time is not in `serviceMs`, because it already held SERVICE_TIMES_KEPT. */
  readonly serviceMsNotKept: number;
}

/** What the server itself counted since it started, or since the last `DELETE /__truth`. */
export interface Truth {
  readonly endpoints: Readonly<Record<ServedId, EndpointTruth>>;
  /** Sums over the endpoints. */
  readonly totals: TruthCounts;
  /** Connections accepted on the service's port, whoever made them; none of the truth port's. */
  readonly connections: number;
  /** By status: replies to requests that belong to no endpoint. */
  readonly unmatched: Readonly<Record<string, number>>;
  readonly sockets: SocketTruth;
}

/** WebSockets of the echo route. */
export interface SocketTruth {
  /** Now. */
  readonly open: number;
  /** At one time. */
  readonly most: number;
  /** Ever. */
  readonly opened: number;
  readonly refused: number;
}

export const TRUTH_PATH = '/__truth';

/** Of each endpoint, over all its statuses: enough for exact percentiles, and some 30 MB when all are full. */
export const SERVICE_TIMES_KEPT = 200_000;

/** Counts what happens at the server while it happens. */
export class TruthLedger {
  #tallies = emptyTallies();
  #connections = 0;
  #unmatched = new Map<number, number>();
  #sockets: SocketTruth = { open: 0, most: 0, opened: 0, refused: 0 };

  connectionAccepted(): void {
    this.#connections += 1;
  }

  unmatchedDelivered(status: number): void {
    increment(this.#unmatched, status);
  }

  get sockets(): SocketTruth {
    return this.#sockets;
  }

  socketOpened(): void {
    const { open, most, opened } = this.#sockets;
    this.#sockets = { ...this.#sockets, open: open + 1, most: Math.max(most, open + 1), opened: opened + 1 };
  }

  socketClosed(): void {
    this.#sockets = { ...this.#sockets, open: this.#sockets.open - 1 };
  }

  socketRefused(): void {
    this.#sockets = { ...this.#sockets, refused: this.#sockets.refused + 1 };
  }

  requestReceived(id: ServedId): Visit {
    return new Visit(this.#tallies[id]);
  }

  /** Starts again from nothing. Requests still in flight belong to the counts that were thrown away. */
  reset(): void {
    this.#tallies = emptyTallies();
    this.#connections = 0;
    this.#unmatched = new Map();
    // Those that are open stay so.
    const { open } = this.#sockets;
    this.#sockets = { open, most: open, opened: 0, refused: 0 };
  }

  read(): Truth {
    return {
      endpoints: forEachEndpoint((id) => endpointTruthOf(this.#tallies[id])),
      totals: countsOf(sum(Object.values(this.#tallies))),
      connections: this.#connections,
      unmatched: Object.fromEntries(this.#unmatched),
      sockets: this.#sockets,
    };
  }
}

/** One request from its arrival to its end. The first end reported is the one that counts. */
export class Visit {
  readonly #tally: Tally;
  readonly #receivedAtMs = performance.now();
  #ended = false;
  readonly #whenEnded: (() => void)[] = [];

  constructor(tally: Tally) {
    this.#tally = tally;
    tally.received += 1;
    tally.inFlight += 1;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Actions run in the order in which they were given. */
  whenEnded(action: () => void): void {
    this.#whenEnded.push(action);
  }

  delivered(status: number): void {
    this.#end(() => {
      increment(this.#tally.delivered, status);
      this.#tally.serviceTimes.add(status, performance.now() - this.#receivedAtMs);
    });
  }

  abandoned(): void {
    this.#end(() => {
      this.#tally.abandoned += 1;
    });
  }

  reset(): void {
    this.#end(() => {
      this.#tally.reset += 1;
    });
  }

  #end(count: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#tally.inFlight -= 1;
    count();
    for (const action of this.#whenEnded) action();
  }
}

interface Counters {
  received: number;
  delivered: Map<number, number>;
  abandoned: number;
  reset: number;
  inFlight: number;
}

interface Tally extends Counters {
  readonly serviceTimes: ServiceTimes;
}

class ServiceTimes {
  readonly #byStatus = new Map<number, number[]>();
  #kept = 0;
  notKept = 0;

  add(status: number, ms: number): void {
    if (this.#kept === SERVICE_TIMES_KEPT) {
      this.notKept += 1;
      return;
    }
    this.#kept += 1;
    const microsecondsAreEnough = Math.round(ms * 1000) / 1000;
    const times = this.#byStatus.get(status);
    if (times === undefined) this.#byStatus.set(status, [microsecondsAreEnough]);
    else times.push(microsecondsAreEnough);
  }

  get byStatus(): Record<string, readonly number[]> {
    return Object.fromEntries(this.#byStatus);
  }
}

function emptyCounters(): Counters {
  return { received: 0, delivered: new Map(), abandoned: 0, reset: 0, inFlight: 0 };
}

function emptyTallies(): Record<ServedId, Tally> {
  return forEachEndpoint(() => ({ ...emptyCounters(), serviceTimes: new ServiceTimes() }));
}

function forEachEndpoint<Value>(make: (id: ServedId) => Value): Record<ServedId, Value> {
  return Object.fromEntries(servedEndpoints.map(({ id }) => [id, make(id)])) as Record<ServedId, Value>;
}

function increment(counts: Map<number, number>, status: number, by = 1): void {
  counts.set(status, (counts.get(status) ?? 0) + by);
}

function sum(tallies: readonly Counters[]): Counters {
  const total = emptyCounters();
  for (const tally of tallies) {
    total.received += tally.received;
    total.abandoned += tally.abandoned;
    total.reset += tally.reset;
    total.inFlight += tally.inFlight;
    for (const [status, count] of tally.delivered) increment(total.delivered, status, count);
  }
  return total;
}

function endpointTruthOf(tally: Tally): EndpointTruth {
  return {
    ...countsOf(tally),
    serviceMs: tally.serviceTimes.byStatus,
    serviceMsNotKept: tally.serviceTimes.notKept,
  };
}

function countsOf({ received, delivered, abandoned, reset, inFlight }: Counters): TruthCounts {
  return { received, delivered: Object.fromEntries(delivered), abandoned, reset, inFlight };
}
