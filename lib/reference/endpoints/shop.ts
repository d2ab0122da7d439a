import { defineEndpoint, defineEndpoints } from 'k6-verdict';

const orders = { category: 'Order' } as const;
const account = { category: 'Account' } as const;

/** Takes `username` and `password`, gives `token` and `expiresInSeconds`. */
export const login = defineEndpoint({ ...account, id: 'login', method: 'POST', path: '/api/auth/login' });

/**
 * Takes `sku` and `quantity`, gives the order with its `id`. Orders, and `me`, want a token as `Authorization: Bearer`, or
 * the cookie of a session.
 */
export const createOrder = defineEndpoint({
  ...orders,
  id: 'create-order',
  method: 'POST',
  path: '/api/orders',
  expectedStatuses: [201],
});
export const getOrder = defineEndpoint({ ...orders, id: 'get-order', path: '/api/orders/{id}' });
/** Ten of a page, which the query names: `page`, from 1. */
export const listOrders = defineEndpoint({ ...orders, id: 'list-orders', path: '/api/orders' });
export const deleteOrder = defineEndpoint({
  ...orders,
  id: 'delete-order',
  method: 'DELETE',
  path: '/api/orders/{id}',
  expectedStatuses: [204],
});

/** Takes what `login` takes, and sets the cookie `sid`. */
export const startSession = defineEndpoint({
  ...account,
  id: 'start-session',
  method: 'POST',
  path: '/api/session',
  expectedStatuses: [204],
});
/** Says who asks. */
export const me = defineEndpoint({ ...account, id: 'me', path: '/api/me' });

/** What the scenario `shop` asks: requests that hang together. In a file of its own, since no other scenario needs them. */
export const shopEndpoints = defineEndpoints([login, createOrder, getOrder, listOrders, deleteOrder, startSession, me]);

export type ShopId = (typeof shopEndpoints)[number]['id'];
