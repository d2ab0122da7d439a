import type { IncomingHttpHeaders } from 'node:http';
import type { ShopId } from '../../endpoints/shop.ts';
import { Accounts } from './accounts.ts';
import { Latest } from './latest.ts';

/** A request, as far as the shop looks at it. */
export interface ShopRequest {
  readonly headers: IncomingHttpHeaders;
  /** Those of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** What its JSON said. */
  readonly body: unknown;
}

export interface ShopReply {
  readonly status: number;
  /** Sent as JSON. Absent where there is nothing to say. */
  readonly content?: unknown;
  readonly cookie?: string;
}

interface Order {
  readonly id: string;
  readonly owner: string;
  readonly sku: string;
  readonly quantity: number;
}

const ORDERS_KEPT = 10_000;
const ORDERS_OF_A_PAGE = 10;

const UNAUTHORIZED: ShopReply = { status: 401, content: { detail: 'Unauthorized' } };
const NOT_FOUND: ShopReply = { status: 404, content: { detail: 'Not Found' } };
const UNPROCESSABLE: ShopReply = { status: 422, content: { detail: 'Unprocessable Content' } };

/** Logins, a cookie session, and orders that remember what was in them: what a journey hangs on. */
export class Shop {
  readonly #accounts: Accounts;
  readonly #orders = new Latest<Order>(ORDERS_KEPT);
  #nextOrder = 1;

  /** @param tokenSeconds for which a token is good */
  constructor(tokenSeconds: number) {
    this.#accounts = new Accounts(tokenSeconds);
  }

  answer(id: ShopId, request: ShopRequest): ShopReply {
    if (id === 'login') return this.#login(request);
    if (id === 'start-session') return this.#startSession(request);
    const { authorization, cookie } = request.headers;
    const who = this.#accounts.ofToken(authorization) ?? this.#accounts.ofSession(cookie);
    if (who === undefined) return UNAUTHORIZED;
    switch (id) {
      case 'me':
        return { status: 200, content: { username: who } };
      case 'create-order':
        return this.#create(who, request);
      case 'list-orders':
        return this.#list(request);
      case 'get-order': {
        const order = this.#orders.get(request.params.id ?? '');
        return order === undefined ? NOT_FOUND : { status: 200, content: order };
      }
      case 'delete-order':
        return this.#orders.delete(request.params.id ?? '') ? { status: 204 } : NOT_FOUND;
    }
  }

  #login({ body }: ShopRequest): ShopReply {
    const owner = this.#accounts.ownerOf(membersOf(body));
    if (owner === undefined) return UNAUTHORIZED;
    const { tokenSeconds: expiresInSeconds } = this.#accounts;
    return { status: 200, content: { token: this.#accounts.newToken(owner), expiresInSeconds } };
  }

  #startSession({ body }: ShopRequest): ShopReply {
    const owner = this.#accounts.ownerOf(membersOf(body));
    if (owner === undefined) return UNAUTHORIZED;
    return { status: 204, cookie: `sid=${this.#accounts.newSession(owner)}; Path=/; HttpOnly` };
  }

  #create(owner: string, { body }: ShopRequest): ShopReply {
    const { sku, quantity = 1 } = membersOf(body);
    if (typeof sku !== 'string' || sku === '' || !isCount(quantity)) return UNPROCESSABLE;
    const order: Order = { id: `o-${this.#nextOrder}`, owner, sku, quantity };
    this.#nextOrder += 1;
    this.#orders.set(order.id, order);
    return { status: 201, content: order };
  }

  #list({ query }: ShopRequest): ShopReply {
    const page = Number(query.page ?? 1);
    if (!isCount(page)) return UNPROCESSABLE;
    const end = page * ORDERS_OF_A_PAGE;
    const orders = this.#orders.values().slice(end - ORDERS_OF_A_PAGE, end);
    return { status: 200, content: { page, total: this.#orders.size, orders } };
  }
}

function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
