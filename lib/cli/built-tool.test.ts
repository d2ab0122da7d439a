import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtTool } from './built-tool.mjs';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

/** A checkout of three files, with the esbuild of this project. */
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-build-'));
  for (const folder of ['lib/cli', 'lib/reference/backend', 'node_modules'])
    mkdirSync(path.join(root, folder), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules', 'esbuild'), path.join(root, 'node_modules', 'esbuild'));
  copyFileSync(path.join(projectRoot, 'package.json'), path.join(root, 'package.json'));
  write('lib/cli/main.ts', "import { answer } from './answer.ts'; export const found: number = answer;");
  write('lib/cli/answer.ts', 'export const answer = 1;');
  write('lib/reference/backend/main.ts', 'export {};');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}

const builds = () =>
  readdirSync(path.join(root, 'node_modules/.cache/k6-verdict')).filter((name) => !name.startsWith('newest'));

async function answerOf(folder: string): Promise<number> {
  return ((await import(path.join(folder, 'k6-verdict.mjs'))) as { found: number }).found;
}

it('builds once, and not again while no source changes', async () => {
  const first = await builtTool(root);
  expect(await answerOf(first)).toBe(1);
  expect(await builtTool(root)).toBe(first);
  expect(builds()).toHaveLength(1);
});

it.each([
  ['a source that changed', () => write('lib/cli/answer.ts', 'export const answer = 2;'), 2],
  [
    'a source that changed and kept its size and its old time',
    () => {
      write('lib/cli/answer.ts', 'export const answer = 3;');
      utimesSync(path.join(root, 'lib/cli/answer.ts'), 0, 0);
    },
    3,
  ],
  ['another lockfile', () => write('package-lock.json', '{}'), 1],
  ['other packages installed', () => write('node_modules/.package-lock.json', '{}'), 1],
])('%s is in the next build', async (_, change, answer) => {
  const first = await builtTool(root);
  change();
  const second = await builtTool(root);
  expect(second).not.toBe(first);
  expect(await answerOf(second)).toBe(answer);
  expect(await builtTool(root)).toBe(second);
});

it('a source that is gone is missed, and not found in an old build', async () => {
  await builtTool(root);
  rmSync(path.join(root, 'lib/cli/answer.ts'));
  await expect(builtTool(root)).rejects.toThrow('answer.ts');
});

it('a build that is gone is made again', async () => {
  const first = await builtTool(root);
  rmSync(first, { recursive: true });
  expect(await answerOf(await builtTool(root))).toBe(1);
});

it('starts side by side each get a whole build', async () => {
  const folders = await Promise.all([1, 2, 3, 4].map(() => builtTool(root)));
  for (const folder of folders) expect(await answerOf(folder)).toBe(1);
  expect(folders).toContain(await builtTool(root));
});

it('keeps old builds for those that still run them, and not for ever', async () => {
  const first = await builtTool(root);
  write('lib/cli/answer.ts', 'export const answer = 2;');
  const second = await builtTool(root);
  expect(builds()).toHaveLength(2);
  const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
  utimesSync(first, longAgo, longAgo);
  write('lib/cli/answer.ts', 'export const answer = 4;');
  const third = await builtTool(root);
  expect(builds().sort()).toEqual([second, third].map((folder) => path.basename(folder)).sort());
});
