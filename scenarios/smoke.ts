import { constantUsers, defineLoadTest } from 'k6-verdict/k6';
import { endpoints } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'smoke',
  testId: 'LOAD-SMOKE',
  purpose: 'Does every endpoint answer one user at all?',
  endpoints,
  budgets,
  plans: {
    timed: { user: constantUsers({ users: 1, durationSeconds: 5, thinkTimeSeconds: 0.1 }) },
    short: { user: constantUsers({ users: 1, durationSeconds: 5, thinkTimeSeconds: 0.1 }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
