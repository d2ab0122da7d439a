import { defineConfig } from 'vitest/config';

// The tests that hold the gate's decision, and none that starts a process: they run once for each mutant.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: [
      'lib/core/{judge/verdict,spec/waiver,judge/threshold,judge/study-verdict}.test.ts',
      'lib/report/gate/judge-gate.test.ts',
    ],
  },
});
