import { defineEndpoint } from 'k6-verdict';
import { defineLoadTest, fixedWork } from 'k6-verdict/k6';

// As many endpoints as ENDPOINTS says, each with every budget that the shared thresholds have.
const endpoints = Array.from({ length: Number(__ENV.ENDPOINTS ?? 12) }, (_, i) =>
  defineEndpoint({ id: `endpoint-${i}`, path: `/endpoint/${i}`, category: 'Bench' }),
);

const test = defineLoadTest({
  name: 'wide',
  testId: 'BENCH-WIDE',
  purpose: 'What does counting per endpoint cost?',
  endpoints,
  budgets: {
    overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0, refusedOrReset: 0, successShare: 0.99 },
    everyEndpoint: { okP95Ms: 500, successShare: 0.99, okReplies: 1 },
    endpoints: {},
  },
  plans: {
    work: { users: fixedWork({ users: 20, requestsPerEndpoint: Number(__ENV.REQUESTS_PER_ENDPOINT ?? 100) }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
