import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { budgetsOf, expectScriptBudgets, type RowBudgets } from '../../core/judge/script/script-budgets.ts';
import { UserError } from '../../core/spec/errors.ts';
import { shownPath } from '../../files/shown-path.ts';
import { readOwnConfig } from '../../results/project.ts';
import { DOOR_CONDITIONS } from '../installation.ts';

const IN_PACKAGE = '"k6-verdict".budgets in package.json';

/**
 * What a project asks of a script: by package.json, or by what thresholds/scripts.ts exports as `budgets`.
 * @param root the folder of package.json
 * @param script its file
 * @returns undefined where it asks nothing
 * @throws UserError for budgets that are none, for those of a script that is not there, and for both places at once
 */
export async function readBudgets(root: string, script: string): Promise<RowBudgets | undefined> {
  const packageFile = path.join(root, 'package.json');
  const inPackage = existsSync(packageFile) ? readOwnConfig(packageFile).budgets : undefined;
  const file = path.join(root, 'thresholds', 'scripts.ts');
  const inFile = existsSync(file) ? await exportedBy(file) : undefined;
  if (inPackage !== undefined && inFile !== undefined) throw inTwoPlaces(file);
  const budgets = inPackage ?? inFile;
  if (budgets === undefined) return undefined;
  expectScriptBudgets(budgets);
  expectScripts(Object.keys(budgets.scripts ?? {}), root);
  const named = Object.keys(budgets.scripts ?? {}).find((each) => path.resolve(root, each) === script);
  return budgetsOf(budgets, named);
}

/** Whatever it imports comes with it: budgets may be put together like those of scenarios. */
async function exportedBy(file: string): Promise<unknown> {
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: [...DOOR_CONDITIONS],
      write: false,
      logLevel: 'silent',
    });
    const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
    const { budgets } = (await import(`data:text/javascript;base64,${code}`)) as { readonly budgets?: unknown };
    if (budgets !== undefined) return budgets;
  } catch (error) {
    throw new UserError({
      what: `${shownPath(file)} cannot be loaded.`,
      received: (error as Error).message,
      expected: 'TypeScript that exports the budgets of scripts: export const budgets: ScriptBudgets = { ... }',
    });
  }
  throw new UserError({
    what: `${shownPath(file)} has no budgets.`,
    received: 'no export of that name',
    expected: 'export const budgets: ScriptBudgets = { ... }',
  });
}

/** One under another name would ask nothing, in silence. */
function expectScripts(named: readonly string[], root: string): void {
  const missing = named.find((each) => !existsSync(path.resolve(root, each)));
  if (missing === undefined) return;
  throw new UserError({
    what: 'There are budgets of a script that is not there.',
    received: `"${missing}"`,
    expected: `the path of a script from ${shownPath(root)}, such as load/checkout.js`,
  });
}

function inTwoPlaces(file: string): UserError {
  return new UserError({
    what: 'The budgets of scripts are in two places.',
    received: `${IN_PACKAGE}, and ${shownPath(file)}`,
    expected: 'one of them',
  });
}
