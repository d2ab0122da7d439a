import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBudgets } from './read-budgets.ts';

let root: string;
let script: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'budgets-'));
  script = write('load/buy.js', 'export default function () {}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const writePackage = (own: object) => write('package.json', JSON.stringify({ 'k6-verdict': own }));

it('without any, nothing is asked, also where there is no project', async () => {
  expect(await readBudgets(root, script)).toBeUndefined();
  writePackage({});
  expect(await readBudgets(root, script)).toBeUndefined();
});

it('of package.json those of the script count', async () => {
  writePackage({ budgets: { overall: { okP95Ms: 500 }, scripts: { './load/buy.js': { overall: { okP95Ms: 9 } } } } });
  expect(await readBudgets(root, script)).toMatchObject({ overall: { okP95Ms: 9 } });
  expect(await readBudgets(root, path.join(root, 'load', 'other.js'))).toMatchObject({ overall: { okP95Ms: 500 } });
});

it('thresholds/scripts.ts may be put together of what it imports', async () => {
  write('thresholds/shared.ts', 'export const shared: number = 250;');
  const file = write(
    'thresholds/scripts.ts',
    "import { shared } from './shared';\nexport const budgets = { overall: { okP95Ms: shared } };",
  );
  expect(await readBudgets(root, script)).toMatchObject({ overall: { okP95Ms: 250 } });
  writePackage({ budgets: {} });
  await expect(readBudgets(root, script)).rejects.toThrow(/two places/);
  writePackage({});
  writeFileSync(file, 'export const budget = {};');
  await expect(readBudgets(root, script)).rejects.toThrow(/has no budgets/);
  writeFileSync(file, 'export const budgets = {');
  await expect(readBudgets(root, script)).rejects.toThrow(/cannot be loaded/);
});

it('budgets of a script that is not there are a mistake', async () => {
  writePackage({ budgets: { scripts: { 'load/by.js': {} } } });
  await expect(readBudgets(root, script)).rejects.toThrow(/a script that is not there[\s\S]*"load\/by.js"/);
});
