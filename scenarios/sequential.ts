import { defineLoadTest, fixedWork, sequential } from 'k6-verdict/k6';
import { endpoints } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'sequential',
  testId: 'LOAD-SEQUENTIAL',
  purpose: 'How does the service behave one user at a time?',
  endpoints,
  budgets,
  plans: {
    // Within the strictest declared limit, 30 per minute, with the four requests at rest.
    timed: { user: fixedWork({ users: 1, requestsPerEndpoint: 24, pacingSeconds: 0.1 }) },
    short: { user: fixedWork({ users: 1, requestsPerEndpoint: 10, pacingSeconds: 0.05 }) },
  },
  study: sequential(),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
