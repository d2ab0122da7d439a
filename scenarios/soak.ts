import { constantArrivals, defineLoadTest, soak } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemDisk } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'soak',
  testId: 'LOAD-SOAK',
  purpose: 'Does the service leak or slow down over hours? (DURATION=4h)',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { arrivals: constantArrivals({ ratePerSecond: 50, durationSeconds: 120 }) },
    short: { arrivals: constantArrivals({ ratePerSecond: 50, durationSeconds: 40 }) },
  },
  study: soak(),
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
