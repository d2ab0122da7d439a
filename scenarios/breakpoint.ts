import { breakpoint, defineLoadTest, steppedArrivals } from 'k6-verdict/k6';
import { agentsActive, authValidate, projects, systemDisk } from '../lib/reference/endpoints/index.ts';
import { budgets } from '../thresholds/index.ts';

const test = defineLoadTest({
  name: 'breakpoint',
  testId: 'LOAD-BREAKPOINT',
  purpose: 'At what rate does the service break, and how?',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { arrivals: steppedArrivals({ from: 50, to: 400, steps: 20, stepSeconds: 5, expectedLatencyMs: 1500 }) },
    short: { arrivals: steppedArrivals({ from: 80, to: 300, steps: 12, stepSeconds: 3, expectedLatencyMs: 1500 }) },
  },
  study: breakpoint(),
  referenceBackend: ['--capacity', '150'],
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
