import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleScript, readScript } from './bundle-script.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'script-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return path.join(folder, Object.keys(files)[0] ?? '');
}

const RUN = 'export default function () { http.get(url); }';
const PACKAGE = {
  'node_modules/pack/package.json': '{ "name": "pack", "main": "index.js" }',
  'node_modules/pack/index.js': 'export const url = "https://of-package.example.com";',
};

describe('whether a script is bundled', () => {
  it.each([
    ['nothing but k6', { 'a.js': `import http from 'k6/http'; import x from 'k6/x/y'; ${RUN}` }, false],
    [
      'a file by its whole name',
      { 'a.ts': `import { url } from './b.ts'; ${RUN}`, 'b.ts': 'export const url = 1' },
      false,
    ],
    ['a file of the internet', { 'a.js': `import { url } from 'https://jslib.k6.io/x.js'; ${RUN}` }, false],
    ['types of a package', { 'a.ts': `import type { Url } from 'pack'; const url: Url = 1; ${RUN}` }, false],
    [
      'a file without its ending',
      { 'a.ts': `import { url } from './b'; ${RUN}`, 'b.ts': 'export const url = 1' },
      true,
    ],
    [
      'a file by another ending',
      { 'a.ts': `import { url } from './b.js'; ${RUN}`, 'b.ts': 'export const url = 1' },
      true,
    ],
    ['a package', { 'a.js': `import { url } from 'pack'; ${RUN}`, ...PACKAGE }, true],
    [
      'a folder, as Node has it',
      { 'a.js': `const { url } = require('./b'); exports.default = () => {};`, 'b/index.js': 'exports.url = 1' },
      true,
    ],
    ['a missing file, of which k6 has words', { 'a.js': `import { url } from './none.js'; ${RUN}` }, false],
    ['a mistake, of which k6 has words', { 'a.js': 'export default function ( {' }, false],
  ] as const)('%s', async (_what, files, expected) => {
    const { needsBundle } = await readScript(write(files));
    expect(needsBundle).toBe(expected);
  });

  it('a package that is not there is a mistake in esbuild’s words', async () => {
    const file = write({ 'a.js': `import { url } from 'nowhere'; ${RUN}` });
    await expect(readScript(file)).rejects.toThrow(/Could not resolve "nowhere"/);
  });
});

describe('what decides the load', () => {
  const files = { 'a.ts': `import { url } from './b.ts'; ${RUN}`, 'b.ts': 'export const url = 1;' };

  it('is the same in another folder, and not when an import differs', async () => {
    const { sha256 } = await readScript(write(files));
    const moved = Object.entries(files).map(([name, text]) => [`else/where/${name}`, text]);
    expect((await readScript(write(Object.fromEntries(moved)))).sha256).toBe(sha256);
    const changed = await readScript(write({ ...files, 'b.ts': 'export const url = 2;' }));
    expect(changed.sha256).not.toBe(sha256);
  });

  it('is told of a script that cannot be built, too', async () => {
    const { sha256 } = await readScript(write({ 'a.js': 'export default function ( {' }));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

it('the text of its authors has no comments, no packages and no imports', async () => {
  const file = write({
    'a.js': `import { url } from 'pack'; import 'https://jslib.k6.io/x.js'; // see https://comment.example.com
      import { other } from './b.js'; ${RUN}`,
    'b.js': '/*! https://license.example.com */ export const other = "https://used.example.com";',
    ...PACKAGE,
  });
  const { ownText } = await readScript(file);
  expect(ownText).toContain('https://used.example.com');
  expect(ownText).not.toMatch(/comment|license|of-package|jslib/);
});

it('a bundle opens files beside the script, and nothing is written there', async () => {
  const script = write({
    'script/a.js': `import { data } from './lib/b'; import fs from 'k6/experimental/fs';
      export const options = { text: open('./data.json'), file: fs.open('data.csv'), data }; export default () => {};`,
    'script/lib/b.js': 'export const data = open(import.meta.resolve("./data.txt"));',
    'out/.keep': '',
  });
  const before = readdirSync(path.dirname(script), { recursive: true });
  const bundle = await bundleScript({ file: script, isCommonJs: false }, path.join(folder, 'out'));
  expect(readdirSync(path.dirname(script), { recursive: true })).toEqual(before);
  const text = readFileSync(bundle, 'utf8').replaceAll(/import \w+ from "k6\/experimental\/fs";/g, '');
  const opened: string[] = [];
  const run = new Function('globalThis', 'fs', `${text.replace(/export \{[^}]*\};/, '')}; return options;`);
  const note = (name: string) => opened.push(name);
  run({ open: note }, { open: note, SeekMode: {} });
  const at = path.join(folder, 'script');
  expect(opened.map((name) => name.replace('file://', ''))).toEqual([
    path.join(at, 'lib', 'data.txt'),
    `${at}/./data.json`,
    path.join(at, 'data.csv'),
  ]);
});

it('a bundle of what says its exports by module.exports says them so, too', async () => {
  const script = write({
    'a.js': `const { url } = require('./b'); module.exports = { options: { url }, default: () => {} };`,
    'b/index.js': 'exports.url = open("x.txt");',
    'out/.keep': '',
  });
  const sources = await readScript(script);
  expect(sources).toMatchObject({ isCommonJs: true, needsBundle: true });
  const text = readFileSync(await bundleScript(sources, path.join(folder, 'out')), 'utf8');
  const module = { exports: {} };
  new Function('module', 'globalThis', text)(module, { open: (name: string) => path.basename(name) });
  expect(module.exports).toMatchObject({ options: { url: 'x.txt' }, default: expect.any(Function) });
});
