import { breakpoint, defineLoadTest, journey, steppedArrivals } from 'k6-verdict/k6';
import { account } from './accounts.ts';
import { listOrders, moved, search } from './endpoints.ts';

/** Goes on as long as the service lets it search. */
const find = journey('find', { endpoints: [moved, listOrders, search], auth: account }, ({ send, sendAll, think }) => {
  send(moved);
  sendAll([listOrders], [listOrders, { query: { page: 2 } }]);
  think(0.1);
  send.orStop(search, { query: { q: 'a' } });
});

const test = defineLoadTest({
  name: 'climb',
  testId: 'ORDERS-CLIMB',
  purpose: 'How many users can begin to search in a second?',
  journeys: [find],
  budgets: {
    overall: { okP95Ms: 5000 },
    everyEndpoint: {},
    everyJourney: { completedShare: 0.98 },
    endpoints: { login: {}, moved: {}, 'list-orders': {}, search: {} },
    studies: { sustainedPerSecond: 6 },
  },
  // As many users as there are accounts.
  plans: { default: { arrivals: steppedArrivals({ from: 6, to: 18, steps: 4, stepSeconds: 3, maxUsers: 20 }) } },
  study: breakpoint(),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
