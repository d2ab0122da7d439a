import { defineLoadTest, journey, overload, recovery } from 'k6-verdict/k6';
import { health, search } from './endpoints.ts';

/** Goes on as long as the service lets it search. */
const find = journey('find', { endpoints: [health, search] }, ({ send, think }) => {
  send(health);
  think(0.05);
  send.orStop(search, { query: { q: 'a' } });
});

const test = defineLoadTest({
  name: 'flood',
  testId: 'ORDERS-FLOOD',
  purpose: 'Can users search again, once too many of them have?',
  journeys: [find],
  budgets: {
    overall: {},
    everyEndpoint: {},
    endpoints: { health: {}, search: {} },
    studies: { brokenAfterOverload: 0 },
  },
  plans: { default: { flood: overload({ quietSeconds: 4, ratePerSecond: 30, durationSeconds: 3, maxUsers: 50 }) } },
  study: recovery({ probesPerSecond: 10, watchSeconds: 5, maxUsers: 50 }),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
