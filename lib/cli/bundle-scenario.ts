import path from 'node:path';
import { build } from 'esbuild';
import { UserError } from '../core/errors.ts';

/**
 * Bundles a scenario into one file that k6 runs. The source map is inside, so that k6 names lines of the .ts files.
 * @throws UserError with esbuild's own words when the scenario does not build
 */
export async function bundleScenario(scenarioFile: string, outFile: string): Promise<void> {
  try {
    await build({
      entryPoints: [scenarioFile],
      outfile: outFile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'es2022',
      external: ['k6', 'k6/*'],
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
    });
  } catch (error) {
    throw new UserError({
      what: `The scenario ${path.basename(scenarioFile)} does not build.`,
      received: (error as Error).message,
      expected: 'TypeScript that esbuild can bundle',
      todo: 'npm run check shows type errors as well',
    });
  }
}
