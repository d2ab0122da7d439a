import { constantUsers, defineLoadTest, journey } from 'k6-verdict/k6';
import { account } from './accounts.ts';
import { createOrder, deleteOrder, echo, getOrder, health, listOrders, patchOrder, upload } from './endpoints.ts';

const BYTES = new Uint8Array([0, 255, 10]).buffer;

const browse = journey(
  'browse',
  { endpoints: [listOrders, echo, health], auth: account },
  ({ send, sendAll, think, user }) => {
    send.orStop(listOrders, { query: { page: 2 } });
    think(0.05);
    const text = `a/b ${user.number} é?#%`;
    const told = send(echo, { path: { text }, query: { q: 'ä &' } }).json<{ text: string; query: string[][] }>();
    if (told.text !== text || told.query[0]?.[1] !== 'ä &') throw new Error(`The path arrived as ${told.text}`);
    sendAll([health], [listOrders]);
  },
);

const buy = journey(
  'buy',
  { endpoints: [createOrder, getOrder, patchOrder, upload, deleteOrder], auth: account },
  ({ send, think }) => {
    const created = send.orStop(createOrder, { json: { sku: 'ä-1', quantity: 2 } });
    const path = { id: created.json<{ id: string }>().id };
    think(0.05);
    send(getOrder, { path });
    send(patchOrder, { path, json: { quantity: 3 } });
    send(upload, { form: { file: { name: 'bytes.bin', data: BYTES }, order: path.id } });
    send.orStop(deleteOrder, { path });
    // Gone by now: 404, and the journey ends here.
    send.orStop(getOrder, { path });
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
  plans: { default: { users: constantUsers({ users: 20, durationSeconds: 10 }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
