import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { UserError } from '../../core/spec/errors.ts';
import { DOOR_CONDITIONS } from '../installation.ts';
import { besideScript, opensBesideScript } from '../script/beside-script.ts';
import { K6_MODULES } from './bundle-options.ts';
import { twoCopies } from './two-copies.ts';

/** Tells a bundle where its scenario lies: the bundle itself knows of no disk. Without it, beside the bundle. */
const FOLDER_VARIABLE = 'VERDICT_SCENARIO_FOLDER';

/** What k6 must be told of a scenario, so that it finds the files that lie beside it. */
export function besideScenario(scenarioFile: string): Readonly<Record<string, string>> {
  return { [FOLDER_VARIABLE]: `${path.dirname(scenarioFile)}${path.sep}` };
}

/**
 * Bundles a scenario into one file that k6 runs.
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
  const shim = `${outFile}.beside.js`;
  const bundleFor = async (define: Readonly<Record<string, string>>): Promise<string> => {
    const { outputFiles } = await build({
      ...K6_MODULES,
      stdin: { contents: entry.join('\n'), resolveDir: path.dirname(scenarioFile), sourcefile: 'entry.js' },
      // The paths in the source map start here.
      outfile: outFile,
      conditions: [...DOOR_CONDITIONS],
      inject: [shim],
      plugins: [opensBesideScript(shim)],
      define,
      write: false,
    });
    return outputFiles[0]?.text ?? '';
  };
  try {
    mkdirSync(path.dirname(outFile), { recursive: true });
    writeFileSync(shim, besideScript(`(__ENV.${FOLDER_VARIABLE} ?? '')`));
    const [ofK6, ofUser] = await Promise.all([bundleFor({}), bundleFor({ IS_COPY_OF_USER: 'true' })]);
    writeFileSync(outFile, (await twoCopies(ofK6, ofUser)) ?? ofK6);
  } catch (error) {
    throw new UserError({
      what: `The scenario ${path.basename(scenarioFile)} does not build.`,
      received: (error as Error).message,
      expected: 'TypeScript that esbuild can bundle',
      todo: 'npm run check shows type errors as well',
    });
  } finally {
    rmSync(shim, { force: true });
  }
}
