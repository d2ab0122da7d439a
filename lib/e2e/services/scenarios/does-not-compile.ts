// What the compiler must refuse in scenarios: an error that it does not find any more is an error itself.
import { constantUsers, defineAuth, defineData, defineLoadTest, environmentVariable, journey } from 'k6-verdict/k6';
import { getOrder, health, listOrders, login } from './endpoints.ts';

const users = defineData('users', { csv: './users.csv', columns: ['username', 'password'] });
const articles = defineData<{ sku: string }>('articles', { json: './articles.json', columns: ['sku'] });
// @ts-expect-error: a member that rows do not have
defineData<{ sku: string }>('articles', { json: './articles.json', columns: ['sk'] });
// @ts-expect-error: rows come from one place
defineData('users', {});

const account = defineAuth({
  kind: 'bearer',
  endpoints: [login],
  data: users,
  values: { client: environmentVariable('CLIENT_ID') },
  login: ({ send, row, values }) => {
    send(login, { json: { name: row.username, client: values.client } });
    // @ts-expect-error: a column that is not asked for
    row.passwort;
    // @ts-expect-error: a value that is not read
    values.pin;
    // @ts-expect-error: not an endpoint of the login
    send(health);
    return { token: 't' };
  },
});
// @ts-expect-error: a login gets a token
defineAuth({ kind: 'bearer', endpoints: [login], login: () => ({ expiresInSeconds: 3 }) });
// @ts-expect-error: there is no password
defineAuth({ kind: 'basic', username: 'u' });

const seed = () => ({ orderId: 'o-1' });

const look = journey(
  'look',
  { endpoints: [getOrder, listOrders], auth: account, data: articles, setup: seed },
  ({ send, sendAll, row, setup }) => {
    send(getOrder, { path: { id: setup.orderId } });
    sendAll([listOrders, { query: { q: row.sku } }], [getOrder, { path: { id: 7 } }]);
    // @ts-expect-error: the path needs a value
    send(getOrder);
    // @ts-expect-error: the path needs a value
    send.orStop(getOrder, {});
    // @ts-expect-error: the path has another parameter
    send(getOrder, { path: { order: 7 } });
    // @ts-expect-error: the path needs a value
    sendAll([listOrders], [getOrder]);
    // @ts-expect-error: not an endpoint of this journey
    send(health);
    // @ts-expect-error: no member of the row
    row.price;
    // @ts-expect-error: nothing that setup returns
    setup.userId;
  },
);
journey('bare', { endpoints: [health] }, ({ row, setup }) => {
  // @ts-expect-error: there is no data
  row.sku;
  // @ts-expect-error: there is no setup
  setup.orderId;
});

const parts = {
  name: 'does-not-compile',
  testId: 'NONE',
  purpose: 'What is refused?',
  setup: seed,
  plans: { default: { users: constantUsers({ users: 1, durationSeconds: 1 }) } },
};
const endpoints = { 'get-order': {}, 'list-orders': {}, login: {} };
defineLoadTest({ ...parts, journeys: [look], budgets: { overall: {}, everyEndpoint: {}, endpoints } });
defineLoadTest({
  ...parts,
  journeys: [look],
  // @ts-expect-error: another journey
  mix: { luk: 1 },
  budgets: { overall: {}, everyEndpoint: {}, endpoints },
});
defineLoadTest({
  ...parts,
  journeys: [look],
  // @ts-expect-error: the login has no budget
  budgets: { overall: {}, everyEndpoint: {}, endpoints: { 'get-order': {}, 'list-orders': {} } },
});
