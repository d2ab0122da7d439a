import { defineEndpoint } from 'k6-verdict';
import { constantUsers, defineLoadTest } from 'k6-verdict/k6';

const USERS = 100;

// So many requests a second as BENCH_RATE says, by users whose number stays the same: more of them would need memory.
const test = defineLoadTest({
  name: 'steady',
  testId: 'BENCH-STEADY',
  purpose: 'Does k6 grow with the requests?',
  endpoints: Array.from({ length: 12 }, (_, i) =>
    defineEndpoint({ id: `endpoint-${i}`, path: `/endpoint/${i}`, category: 'Bench' }),
  ),
  budgets: {
    overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0, refusedOrReset: 0, successShare: 0.99 },
    everyEndpoint: { okP95Ms: 500, successShare: 0.99, okReplies: 1 },
    endpoints: {},
  },
  plans: {
    users: {
      users: constantUsers({
        users: USERS,
        durationSeconds: Number(__ENV.BENCH_SECONDS ?? 10),
        pacingSeconds: USERS / Number(__ENV.BENCH_RATE ?? 100),
      }),
    },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
