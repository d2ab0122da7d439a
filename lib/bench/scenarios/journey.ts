import { defineEndpoint } from 'k6-verdict';
import { defineAuth, defineLoadTest, fixedJourneys, journey } from 'k6-verdict/k6';

// Five steps with a token, two of them with a JSON body, of which one needs what another was answered.
const category = 'Bench';
const login = defineEndpoint({ id: 'login', method: 'POST', path: '/login', category });
const create = defineEndpoint({ id: 'create', method: 'POST', path: '/orders', category });
const get = defineEndpoint({ id: 'get', path: '/orders/{id}', category });
const list = defineEndpoint({ id: 'list', path: '/orders', category });
const change = defineEndpoint({ id: 'change', method: 'PATCH', path: '/orders/{id}', category });
const remove = defineEndpoint({ id: 'remove', method: 'DELETE', path: '/orders/{id}', category });

const account = defineAuth({
  kind: 'bearer',
  endpoints: [login],
  login: ({ send }) => {
    send(login, { json: { username: 'user', password: 'secret' } });
    return { token: 'token-of-the-bench' };
  },
});

const order = journey('order', { endpoints: [create, get, list, change, remove], auth: account }, ({ send }) => {
  const { items } = send
    .orStop(create, { json: { sku: 'article-1', quantity: 2 } })
    .json<{ items: { id: number }[] }>();
  const id = items[3]?.id ?? 0;
  send(get, { path: { id } });
  send(list, { query: { page: 1, size: 10 } });
  send(change, { path: { id }, json: { quantity: 3 } });
  send(remove, { path: { id } });
});

const test = defineLoadTest({
  name: 'journey',
  testId: 'BENCH-JOURNEY',
  purpose: 'What do journeys cost?',
  journeys: [order],
  budgets: {
    overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0, refusedOrReset: 0, successShare: 0.99 },
    everyEndpoint: { okP95Ms: 500, successShare: 0.99, okReplies: 1 },
    endpoints: { login: {}, create: {}, get: {}, list: {}, change: {}, remove: {} },
  },
  plans: { work: { users: fixedJourneys({ users: 20, journeysPerUser: Number(__ENV.JOURNEYS_PER_USER ?? 100) }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
