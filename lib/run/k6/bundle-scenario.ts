import path from 'node:path';
import { build } from 'esbuild';
import { UserError } from '../../core/spec/errors.ts';
import { DOOR_CONDITIONS } from '../installation.ts';

/**
 * Bundles a scenario into one file that k6 runs. The source map is inside, so that k6 names lines of the .ts files.
 * @param alsoMet scenarios whose endpoints are met at rest too, before the load of this one
 * @throws UserError with esbuild's own words when the scenario does not build
 */
export async function bundleScenario(
  scenarioFile: string,
  outFile: string,
  alsoMet: readonly string[] = [],
): Promise<void> {
  const main = JSON.stringify(scenarioFile);
  const entry = [
    ...alsoMet.map((file) => `import ${JSON.stringify(file)};`),
    `export * from ${main};`,
    `export { default } from ${main};`,
  ];
  try {
    await build({
      stdin: { contents: entry.join('\n'), resolveDir: path.dirname(scenarioFile), sourcefile: 'entry.js' },
      outfile: outFile,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'es2022',
      external: ['k6', 'k6/*'],
      conditions: [...DOOR_CONDITIONS],
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
