import { defineConfig } from 'vitest/config';

// The doors of this package, served by its sources.
const conditions = ['k6-verdict-source', 'module', 'node', 'development|production'];

/** The end-to-end tests in one folder of lib/e2e. */
const folder = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`lib/e2e/${name}/**/*.test.ts`], ...settings },
});

/** Nothing else may run beside what measures time. */
const ALONE = { fileParallelism: false, maxWorkers: 1 };

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root: new URL('..', import.meta.url).pathname,
    // Builds k6 and the tool once, before the first test waits for them.
    globalSetup: 'lib/e2e/k6-ready.ts',
    // More than there are cores: end-to-end tests mostly wait for k6.
    maxWorkers: 3,
    // Nothing is measured by these: they end what hangs, on the slowest machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // lib/e2e/README.md says which of them `npm test` runs, and what the others are for.
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{lib,scenarios,thresholds}/**/*.test.ts'], exclude: ['lib/e2e/**'] },
      },
      { extends: true, test: { name: 'e2e', include: ['lib/e2e/*.test.ts'] } },
      folder('package'),
      folder('gate'),
      folder('workflow'),
      folder('browser'),
      folder('compare', ALONE),
      folder('attack', ALONE),
      folder('types', ALONE),
      folder('types-long', ALONE),
      folder('long', ALONE),
      folder('services', ALONE),
      folder('scripts', { ...ALONE, include: ['lib/e2e/scripts/*.scripts.test.ts'] }),
    ],
  },
});
