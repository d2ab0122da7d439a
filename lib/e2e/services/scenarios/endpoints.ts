import { defineEndpoint } from 'k6-verdict';

const open = { category: 'Open' } as const;
const orders = { category: 'Orders' } as const;
const account = { category: 'Account' } as const;

export const health = defineEndpoint({ ...open, id: 'health', path: '/health' });
export const slow = defineEndpoint({ ...open, id: 'slow', path: '/slow', query: { ms: 400 } });
export const echo = defineEndpoint({ ...open, id: 'echo', path: '/echo/{text}' });
export const search = defineEndpoint({ ...open, id: 'search', path: '/search' });
export const moved = defineEndpoint({
  ...open,
  id: 'moved',
  path: '/old-orders',
  redirects: 'follow',
  check: ({ body }) => body === '{"status":"ok"}',
});
export const upload = defineEndpoint({
  ...open,
  id: 'upload',
  method: 'POST',
  path: '/uploads',
  expectedStatuses: [201],
  check: ({ body }) => body.includes('"bytes":3'),
});

export const login = defineEndpoint({ ...account, id: 'login', method: 'POST', path: '/auth/login' });
export const startSession = defineEndpoint({
  ...account,
  id: 'start-session',
  method: 'POST',
  path: '/session',
  expectedStatuses: [204],
});
export const me = defineEndpoint({ ...account, id: 'me', path: '/me' });

export const listOrders = defineEndpoint({ ...orders, id: 'list-orders', path: '/orders', query: { size: 5 } });
export const createOrder = defineEndpoint({
  ...orders,
  id: 'create-order',
  method: 'POST',
  path: '/orders',
  expectedStatuses: [201],
});
export const getOrder = defineEndpoint({ ...orders, id: 'get-order', path: '/orders/{id}' });
export const patchOrder = defineEndpoint({ ...orders, id: 'patch-order', method: 'PATCH', path: '/orders/{id}' });
export const deleteOrder = defineEndpoint({
  ...orders,
  id: 'delete-order',
  method: 'DELETE',
  path: '/orders/{id}',
  expectedStatuses: [204],
});
