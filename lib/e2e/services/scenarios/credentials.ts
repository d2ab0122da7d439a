import { defineEndpoint } from 'k6-verdict';
import {
  constantUsers,
  defineAuth,
  defineData,
  defineLoadTest,
  environmentVariable,
  fixedJourneys,
  journey,
  secret,
} from 'k6-verdict/k6';
import { account, session, users } from './accounts.ts';
import { createOrder, listOrders, me } from './endpoints.ts';

const search = defineEndpoint({ id: 'search', path: '/search', category: 'Open', query: { q: 'lamp' } });

const articles = defineData('articles', { json: './articles.json', pick: 'random', seed: 7 });

const order = journey(
  'order',
  { endpoints: [listOrders, createOrder], auth: account, data: articles },
  ({ send, think, row }) => {
    send(listOrders);
    think(0.1);
    send(createOrder, { json: { sku: row.sku, quantity: 1 } });
  },
);

const look = journey('look', { endpoints: [me], auth: session, data: users }, ({ send, think, row }) => {
  const { user } = send.orStop(me).json<{ user: string }>();
  if (user !== row.username) throw new Error('The cookies are those of another user.');
  think(0.05);
});

const searching = (name: string, key: ReturnType<typeof secret>) =>
  journey(
    name,
    { endpoints: [search], auth: defineAuth({ kind: 'api-key', header: 'x-api-key', key }) },
    ({ send }) => {
      send(search);
    },
  );

const test = defineLoadTest({
  name: 'credentials',
  testId: 'ORDERS-CREDENTIALS',
  purpose: 'Do requests come from whom they should?',
  journeys: [
    order,
    look,
    searching('by-variable', environmentVariable('SHOP_ACCESS')),
    searching('by-secret', secret('search-key')),
  ],
  budgets: {
    overall: {},
    everyEndpoint: {},
    endpoints: { 'list-orders': {}, 'create-order': {}, login: {}, me: {}, 'start-session': {}, search: {} },
  },
  plans: {
    tokens: { users: constantUsers({ users: 20, durationSeconds: 8, journey: 'order' }) },
    cookies: { users: fixedJourneys({ users: 20, journeysPerUser: 5, journey: 'look' }) },
    variable: { users: fixedJourneys({ users: 3, journeysPerUser: 5, journey: 'by-variable' }) },
    secret: { users: fixedJourneys({ users: 3, journeysPerUser: 5, journey: 'by-secret' }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
