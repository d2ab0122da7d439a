import { defineLoadTest, overload, recovery } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemDisk } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'spike',
  testId: 'LOAD-SPIKE',
  purpose: 'Does the service recover from a short, high spike, and how fast?',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { overload: overload({ quietSeconds: 10, ratePerSecond: 400, durationSeconds: 4 }) },
    short: { overload: overload({ quietSeconds: 6, ratePerSecond: 300, durationSeconds: 3 }) },
  },
  study: recovery({ probesPerSecond: 10, watchSeconds: 30 }),
  referenceBackend: ['--capacity', '100'],
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
