import { constantArrivals, defineLoadTest, fixedWork } from 'k6-verdict/k6';
import { health, services, systemDisk, systemNetwork, systemStats } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'mixed',
  testId: 'LOAD-MIXED',
  purpose: 'Does the service serve its light users while heavy ones run into its limits?',
  endpoints: [systemStats, systemNetwork, systemDisk, services, health],
  budgets,
  plans: {
    timed: {
      light: constantArrivals({ ratePerSecond: 6, durationSeconds: 60 }),
      heavy: constantArrivals({ ratePerSecond: 40, durationSeconds: 60 }),
    },
    short: {
      light: constantArrivals({ ratePerSecond: 6, durationSeconds: 10 }),
      heavy: constantArrivals({ ratePerSecond: 40, durationSeconds: 10 }),
    },
    // LOAD-CONCURRENT-001, scenario 3: 30 × 2 × 5 + 20 × 20 × 5 = 2,300 requests.
    reference: {
      light: fixedWork({ users: 30, requestsPerEndpoint: 2 }),
      heavy: fixedWork({ users: 20, requestsPerEndpoint: 20 }),
    },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
