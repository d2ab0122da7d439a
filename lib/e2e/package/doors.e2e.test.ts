import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ownModuleFolder, readK6Module } from '../../k6-binary/k6-module.ts';
import { projectRoot } from '../tool.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let folder: string;
beforeAll(() => {
  folder = consumer();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project elsewhere that has the package as `npm pack` makes it, and the types of k6 beside it. */
function consumer(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-consumer-'));
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: projectRoot, encoding: 'utf8' });
  npm('run', '--silent', 'build');
  const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', folder)) as [{ filename: string }];
  const installed = path.join(folder, 'node_modules', 'k6-verdict');
  mkdirSync(path.join(folder, 'node_modules', '@types'), { recursive: true });
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', installed, '--strip-components=1']);
  symlinkSync(
    path.join(projectRoot, 'node_modules', '@types', 'k6'),
    path.join(folder, 'node_modules', '@types', 'k6'),
  );
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "consumer", "type": "module" }');
  return folder;
}

/** What the compiler has to say of a file, declarations of ours included. (Those of k6 do not bear `exactOptionalPropertyTypes`.) */
function compile(folder: string, source: string, moduleResolution: string): string {
  writeFileSync(path.join(folder, 'test.ts'), source);
  const tsc = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const settings = ['--strict', '--noEmit', '--target', 'es2022', '--types', 'k6'];
  const module = moduleResolution === 'nodenext' ? 'nodenext' : 'esnext';
  const args = [tsc, ...settings, '--module', module, '--moduleResolution', moduleResolution, 'test.ts'];
  try {
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

it('two lines of a consumer are typed by the packed doors, and wrong ones are found', () => {
  const right = `import { defineEndpoint, type Budget } from 'k6-verdict';
import { constantUsers, defineLoadTest } from 'k6-verdict/k6';
const health = defineEndpoint({ id: 'health', path: '/health', category: 'Any' });
const everyEndpoint: Budget = { okP95Ms: 500 };
export const { options } = defineLoadTest({
  name: 'mine', testId: 'MINE', purpose: 'Does it hold?', endpoints: [health],
  budgets: { overall: {}, everyEndpoint, endpoints: { health: {} } },
  plans: { timed: { users: constantUsers({ users: 1, durationSeconds: 1, thinkTimeSeconds: 1 }) } },
});`;
  for (const moduleResolution of ['bundler', 'nodenext']) {
    expect(compile(folder, right, moduleResolution), moduleResolution).toBe('');
    expect(compile(folder, right.replace('health: {}', ''), moduleResolution)).toContain(
      "Property 'health' is missing",
    );
  }
});

it('the packed module builds the same k6, without the tests of Go', async () => {
  const packed = path.join(folder, 'node_modules', 'k6-verdict', 'lib', 'k6-binary', 'module');
  expect((await readK6Module(packed)).fingerprint).toBe((await readK6Module(ownModuleFolder())).fingerprint);
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  expect(files).toContain(path.join('recorder', 'recorder.go'));
  expect(files.filter((file) => /_test\.go$|testdata/.test(file))).toEqual([]);
});

it('the packed tool judges and reports with no other package installed', () => {
  const tool = path.join(folder, 'node_modules', 'k6-verdict', 'dist', 'k6-verdict.mjs');
  const recorded = readFileSync(path.join(projectRoot, 'lib', 'report', 'recorded', 'healthy', 'summary.json.gz'));
  writeFileSync(path.join(folder, 'summary.json'), gunzipSync(recorded));
  const call = (...args: string[]) =>
    execFileSync(process.execPath, [tool, ...args], { cwd: folder, encoding: 'utf8' });
  expect(call('gate', 'summary.json', '--junit', 'gate.xml')).toContain('PASS');
  expect(readFileSync(path.join(folder, 'gate.xml'), 'utf8')).toContain('<testsuite');
  call('report', 'summary.json', '--out', 'report');
  expect(readFileSync(path.join(folder, 'report', 'report.html'), 'utf8')).toContain('<svg');
  expect(existsSync(path.join(folder, 'node_modules', 'commander'))).toBe(false);
});
