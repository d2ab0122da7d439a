/** How often each status was answered. `unanswered`: the request came in, and no reply was sent. */
export type Statuses = Readonly<Record<string, number>>;

/** What came in, exactly. */
export interface Counts {
  /** HTTP requests by `METHOD /route/{id}`; requests that no route takes are `METHOD (no route)`. */
  readonly requests: Readonly<Record<string, Statuses>>;
  /** Opened WebSockets by `WS /path`. */
  readonly sockets: Readonly<Record<string, number>>;
  /** gRPC calls by `gRPC package.Service/Method`. */
  readonly calls: Readonly<Record<string, number>>;
}

const UNANSWERED = 'unanswered';

/** Counts what comes in. A reply is counted before it is sent, so nobody has seen one that is not counted. */
export class Ledger {
  readonly #requests = new Map<string, Map<string, number>>();
  readonly #sockets = new Map<string, number>();
  readonly #calls = new Map<string, number>();

  requestArrived(route: string): void {
    let statuses = this.#requests.get(route);
    if (statuses === undefined) {
      statuses = new Map();
      this.#requests.set(route, statuses);
    }
    add(statuses, UNANSWERED, 1);
  }

  requestAnswered(route: string, status: number): void {
    const statuses = this.#requests.get(route);
    if (statuses === undefined) throw new Error(`${route} was answered before it came in`);
    add(statuses, UNANSWERED, -1);
    add(statuses, String(status), 1);
  }

  socketOpened(path: string): void {
    add(this.#sockets, `WS ${path}`, 1);
  }

  called(method: string): void {
    add(this.#calls, `gRPC ${method}`, 1);
  }

  read(): Counts {
    const requests = [...this.#requests].map(([route, statuses]) => [route, sorted(statuses)] as const);
    return { requests: sorted(new Map(requests)), sockets: sorted(this.#sockets), calls: sorted(this.#calls) };
  }
}

function add(counts: Map<string, number>, key: string, more: number): void {
  const count = (counts.get(key) ?? 0) + more;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

function sorted<Value>(entries: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
