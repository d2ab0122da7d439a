import { constantUsers, defineLoadTest, journey } from 'k6-verdict/k6';
import {
  createOrder,
  deleteOrder,
  echo,
  getOrder,
  health,
  listOrders,
  login,
  patchOrder,
  upload,
} from './endpoints.ts';

const BYTES = new Uint8Array([0, 255, 10]).buffer;

const browse = journey('browse', { endpoints: [login, listOrders, echo, health] }, ({ send, sendAll, think, user }) => {
  const { access_token: token } = send
    .orStop(login, { json: { username: `user${user.number}`, password: `pw${user.number}` } })
    .json<{ access_token: string }>();
  const headers = { authorization: `Bearer ${token}` };
  send.orStop(listOrders, { query: { page: 2 }, headers });
  think(0.05);
  const text = `a/b ${user.number} é?#%`;
  const told = send(echo, { path: { text }, query: { q: 'ä &' } }).json<{ text: string; query: string[][] }>();
  if (told.text !== text || told.query[0]?.[1] !== 'ä &') throw new Error(`The path arrived as ${told.text}`);
  sendAll([health], [listOrders, { headers }]);
});

const buy = journey(
  'buy',
  { endpoints: [login, createOrder, getOrder, patchOrder, upload, deleteOrder] },
  ({ send, think, user }) => {
    const { access_token: token } = send
      .orStop(login, { json: { username: `user${user.number}`, password: `pw${user.number}` } })
      .json<{ access_token: string }>();
    const headers = { authorization: `Bearer ${token}` };
    const created = send.orStop(createOrder, { json: { sku: 'ä-1', quantity: 2 }, headers });
    const path = { id: created.json<{ id: string }>().id };
    think(0.05);
    send(getOrder, { path, headers });
    send(patchOrder, { path, json: { quantity: 3 }, headers });
    send(upload, { form: { file: { name: 'bytes.bin', data: BYTES }, order: path.id } });
    send.orStop(deleteOrder, { path, headers });
    // Gone by now: 404, and the journey ends here.
    send.orStop(getOrder, { path, headers });
    throw new Error('never reached');
  },
);

const test = defineLoadTest({
  name: 'mix',
  testId: 'ORDERS-MIX',
  purpose: 'Are the requests of journeys counted as the service counts them?',
  journeys: [browse, buy],
  mix: { browse: 70, buy: 30 },
  budgets: {
    overall: {},
    everyEndpoint: {},
    endpoints: {
      login: {},
      'list-orders': {},
      echo: {},
      health: {},
      'create-order': {},
      'get-order': {},
      'patch-order': {},
      upload: {},
      'delete-order': {},
    },
  },
  plans: { default: { users: constantUsers({ users: 20, durationSeconds: 8 }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
