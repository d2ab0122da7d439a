import { agentsActive, authValidate, projects, systemDisk } from '../lib/endpoints/index.ts';
import { defineLoadTest, rampingArrivals, recovery } from '../lib/k6/index.ts';
import { budgets } from '../thresholds/index.ts';

/** Nothing but the probes at first, then the overload at once. */
const overload = (quietSeconds: number, ratePerSecond: number, durationSeconds: number) =>
  rampingArrivals({
    expectedLatencyMs: 4000,
    stages: [
      { ratePerSecond: 0, durationSeconds: quietSeconds },
      { ratePerSecond, durationSeconds: 0 },
      { ratePerSecond, durationSeconds },
    ],
  });

const test = defineLoadTest({
  name: 'recovery',
  testId: 'LOAD-RECOVERY',
  purpose: 'Does the service come back after overload, and how fast?',
  endpoints: [agentsActive, authValidate, projects, systemDisk],
  budgets,
  plans: {
    timed: { overload: overload(15, 160, 20) },
    short: { overload: overload(6, 200, 6) },
  },
  study: recovery({ probesPerSecond: 10, watchSeconds: 30 }),
  referenceBackend: ['--capacity', '100'],
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
