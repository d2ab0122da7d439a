import { constantUsers, defineLoadTest, journey } from 'k6-verdict/k6';
import { health, slow } from './endpoints.ts';

/** Almost all the time a request of each user is in flight. */
const wait = journey('wait', { endpoints: [slow, health] }, ({ send }) => {
  send(slow);
  send(health);
  send(slow, { query: { ms: 300 } });
});

const test = defineLoadTest({
  name: 'waits',
  testId: 'ORDERS-WAITS',
  purpose: 'What becomes of the requests that are in flight when a run is interrupted?',
  journeys: [wait],
  budgets: { overall: {}, everyEndpoint: {}, endpoints: { slow: {}, health: {} } },
  plans: { default: { users: constantUsers({ users: 20, durationSeconds: 60 }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
