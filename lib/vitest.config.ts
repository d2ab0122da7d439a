import { defineConfig } from 'vitest/config';

// The doors of this package, served by its sources.
const conditions = ['k6-verdict-source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{lib,scenarios,thresholds,bench}/**/*.test.ts'],
    // Builds k6 once, before the first test waits for it.
    globalSetup: 'lib/e2e/k6-ready.ts',
    // Real loads run beside each other: more of them than cores would measure each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
