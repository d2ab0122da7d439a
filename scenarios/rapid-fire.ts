import { defineLoadTest, fixedWork, rampingUsers } from 'k6-verdict/k6';
import { agents, health, services, systemPorts, systemStats } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'rapid-fire',
  testId: 'LOAD-RAPID-FIRE',
  purpose: 'Does the service take a burst, and do its rate limits hold against it?',
  endpoints: [systemStats, systemPorts, services, health, agents],
  budgets,
  plans: {
    timed: {
      users: rampingUsers({
        stages: [
          { users: 100, durationSeconds: 20 },
          { users: 100, durationSeconds: 40 },
        ],
        thinkTimeSeconds: 0.5,
      }),
    },
    short: {
      users: rampingUsers({
        stages: [
          { users: 50, durationSeconds: 4 },
          { users: 50, durationSeconds: 8 },
        ],
        thinkTimeSeconds: 0.5,
      }),
    },
    // LOAD-CONCURRENT-001, scenario 1: 100 × 5 × 5 = 2,500 requests.
    reference: { users: fixedWork({ users: 100, requestsPerEndpoint: 5 }) },
  },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
