import { defineLoadTest, fixedJourneys, journey } from 'k6-verdict/k6';
import { moved } from './endpoints.ts';

const follow = journey('follow', { endpoints: [moved] }, ({ send }) => {
  send.orStop(moved);
});

const test = defineLoadTest({
  name: 'moved',
  testId: 'ORDERS-MOVED',
  purpose: 'Is each request of a redirect counted?',
  journeys: [follow],
  budgets: { overall: {}, everyEndpoint: {}, endpoints: { moved: {} } },
  plans: { default: { users: fixedJourneys({ users: 20, journeysPerUser: 5 }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
