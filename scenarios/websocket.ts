import { defineLoadTest, scripted, websocket } from 'k6-verdict/k6';
import { echoSocket } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'websocket',
  testId: 'LOAD-WEBSOCKET',
  purpose: 'How many sockets can the service hold?',
  endpoints: [echoSocket],
  budgets,
  plans: {
    timed: { sockets: scripted({ users: 1000, durationSeconds: 40 }) },
    short: { sockets: scripted({ users: 200, durationSeconds: 12 }) },
  },
  study: websocket({ openingSeconds: 10, heartbeatSeconds: 2 }),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
