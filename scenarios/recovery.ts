import { defineLoadTest, overload, recovery } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemDisk } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'recovery',
  testId: 'LOAD-RECOVERY',
  purpose: 'Does the service recover after overload, and how fast?',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { overload: overload({ quietSeconds: 15, ratePerSecond: 160, durationSeconds: 20 }) },
    short: { overload: overload({ quietSeconds: 6, ratePerSecond: 200, durationSeconds: 6 }) },
  },
  study: recovery({ probesPerSecond: 10, watchSeconds: 30 }),
  referenceBackend: ['--capacity', '100'],
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
