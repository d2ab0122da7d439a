import { defineConfig } from 'vitest/config';

// The tests that hold the gate's decision, and none that starts a process: they run once for each mutant.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: [
      'lib/core/judge/{verdict,parts,together,threshold,budgets,judge-threshold,judge-journeys,custom-metrics,holds,k6-ending,study-verdict,merge-runs}.test.ts',
      'lib/core/foreign/read-k6-summary.test.ts',
      'lib/core/spec/waiver.test.ts',
      'lib/report/gate/judge-gate.test.ts',
    ],
  },
});
