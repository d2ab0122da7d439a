import { defineLoadTest, pool, steppedUsers } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemDisk } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'pool',
  testId: 'LOAD-POOL',
  purpose: 'Is a connection pool exhausted, and does the service fail fast then?',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { users: steppedUsers({ from: 1, to: 60, steps: 16, stepSeconds: 4 }) },
    short: { users: steppedUsers({ from: 1, to: 40, steps: 10, stepSeconds: 2 }) },
  },
  study: pool(),
  referenceBackend: ['--pool-size', '20', '--pool-hold-ms', '100', '--pool-when-full', 'fail'],
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
