import { constantUsers, defineLoadTest, fixedWork } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemInfo, systemProcesses } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'sustained',
  testId: 'LOAD-SUSTAINED',
  purpose: 'Does the service hold a steady load, and do its rate limits?',
  endpoints: [systemInfo, systemProcesses, projects, agentsActive, authValidate],
  budgets,
  plans: {
    timed: { users: constantUsers({ users: 50, durationSeconds: 60, thinkTimeSeconds: 1 }) },
    short: { users: constantUsers({ users: 50, durationSeconds: 10, thinkTimeSeconds: 1 }) },
    // LOAD-CONCURRENT-001, scenario 2: 50 × 10 × 5 = 2,500 requests.
    reference: { users: fixedWork({ users: 50, requestsPerEndpoint: 10 }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
