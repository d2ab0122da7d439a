import { defineLoadTest, rateLimit, scripted } from 'k6-verdict/k6';
import { systemStats } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'rate-limit',
  testId: 'LOAD-RATE-LIMIT',
  purpose: 'Is the declared limit enforced, and can it be bypassed?',
  endpoints: [systemStats],
  budgets,
  // How many clients there are, and for how long, follows from the limit.
  plans: {
    timed: { clients: scripted({ users: 1, durationSeconds: 60 }) },
    short: { clients: scripted({ users: 1, durationSeconds: 60 }) },
  },
  study: rateLimit(),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
