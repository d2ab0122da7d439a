import {
  constantUsers,
  defineAuth,
  defineData,
  defineLoadTest,
  type HookTools,
  journey,
  type TeardownTools,
} from 'k6-verdict/k6';
import {
  createOrder,
  deleteOrder,
  getOrder,
  listOrders,
  login,
  me,
  startSession,
} from '../lib/reference/endpoints/shop.ts';
import { budgets } from '../thresholds/index.ts';

const shoppers = defineData('shoppers', { csv: './data/shoppers.csv', columns: ['username', 'password'] });
const articles = defineData('articles', {
  csv: './data/articles.csv',
  columns: ['sku', 'quantity'],
  pick: 'random',
  seed: 7,
});

const account = defineAuth({
  kind: 'bearer',
  endpoints: [login],
  data: shoppers,
  login: ({ send, row }) =>
    send(login, { json: { username: row.username, password: row.password } }).json<{
      token: string;
      expiresInSeconds: number;
    }>(),
});

const session = defineAuth({
  kind: 'cookies',
  endpoints: [startSession],
  data: shoppers,
  login: ({ send, row }) => {
    send(startSession, { json: { username: row.username, password: row.password } });
  },
});

const browse = journey('browse', { endpoints: [me, listOrders, getOrder], auth: session }, ({ send, think }) => {
  send.orStop(me);
  const { orders } = send.orStop(listOrders, { query: { page: 1 } }).json<{ orders: { id: string }[] }>();
  think(1);
  send(listOrders, { query: { page: 2 } });
  const [first] = orders;
  if (first !== undefined) send(getOrder, { path: { id: first.id } });
});

const buy = journey(
  'buy',
  { endpoints: [createOrder, getOrder, deleteOrder], auth: account, data: articles },
  ({ send, think, row }) => {
    const json = { sku: row.sku, quantity: Number(row.quantity) };
    const { id } = send.orStop(createOrder, { json }).json<{ id: string }>();
    think(1);
    send.orStop(getOrder, { path: { id } });
    // A load test that keeps what it makes changes the service that it measures.
    send(deleteOrder, { path: { id } });
  },
);

/** What those who browse find: orders that stay as long as the load. */
async function stock({ as }: HookTools): Promise<string[]> {
  const send = await as(account);
  const create = (sku: string) => send.orStop(createOrder, { json: { sku } }).json<{ id: string }>().id;
  return ['lamp-01', 'chair-oak', 'desk-140'].map(create);
}

async function clear({ as, setup }: TeardownTools): Promise<void> {
  const send = await as(account);
  for (const id of setup as string[]) send(deleteOrder, { path: { id } });
}

const test = defineLoadTest({
  name: 'shop',
  testId: 'LOAD-SHOP',
  purpose: 'Can shoppers log in, look around and order, all at the same time?',
  journeys: [browse, buy],
  mix: { browse: 70, buy: 30 },
  setup: stock,
  teardown: clear,
  budgets,
  plans: {
    timed: { shoppers: constantUsers({ users: 50, durationSeconds: 60, thinkTimeSeconds: 1 }) },
    short: { shoppers: constantUsers({ users: 20, durationSeconds: 10, thinkTimeSeconds: 0.5 }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
