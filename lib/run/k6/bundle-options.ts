import type { BuildOptions } from 'esbuild';

/** How esbuild makes what k6 runs. The source map is inside, so that k6 names lines of the .ts files. */
export const K6_MODULES = {
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2022',
  external: ['k6', 'k6/*'],
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'silent',
  minifySyntax: true,
} satisfies BuildOptions;
