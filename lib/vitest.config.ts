import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

// The doors of this package, served by its sources.
const conditions = ['k6-verdict-source', 'module', 'node', 'development|production'];

/** The end-to-end tests in one folder of lib/e2e. */
const folder = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`lib/e2e/${name}/**/*.test.ts`], ...settings },
});

const UNIT = { include: ['{lib,scenarios,thresholds}/**/*.test.ts'], exclude: ['lib/e2e/**'] };

/** The tests that put a module of their own in the place of another, which no other file may meet. */
const withMocks = readdirSync(`${root}lib`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && readFileSync(`${root}lib/${file}`, 'utf8').includes('vi.mock('))
  .map((file) => `lib/${file}`);

/** Nothing else may run beside what measures time. */
const ALONE = { fileParallelism: false, maxWorkers: 1 };

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root,
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
      // A worker imports each module once, and not once for each of 300 files: a quarter of the time of all unit tests.
      {
        extends: true,
        test: { name: 'unit', ...UNIT, exclude: [...UNIT.exclude, ...withMocks], isolate: false },
      },
      { extends: true, test: { name: 'unit-mocks', include: withMocks } },
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
