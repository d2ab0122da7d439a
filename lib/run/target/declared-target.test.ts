import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../core/spec/errors.ts';
import { chooseTarget } from './choose-target.ts';
import { readDeclaredTarget } from './declared-target.ts';

function projectWith(target: unknown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-target-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ 'k6-verdict': { target } }));
  return folder;
}

const url = 'http://127.0.0.1:8000';

describe('the target that package.json declares', () => {
  it('is a service that runs, where there is no command', () => {
    expect(readDeclaredTarget(projectWith({ url: `${url}/v1/` }))).toMatchObject({
      kind: 'running',
      address: { href: `${url}/v1`, port: 8000 },
      named: '"k6-verdict".target.url',
    });
    expect(readDeclaredTarget(projectWith(undefined))).toBeUndefined();
  });

  it('is started by its command, in the folder of package.json and only where nothing answers', () => {
    const root = projectWith({ url, command: 'npm start' });
    expect(readDeclaredTarget(root)).toMatchObject({
      kind: 'command',
      command: 'npm start',
      folder: root,
      reusesRunning: false,
      readyTimeoutSeconds: 120,
    });
  });

  it('says where and how long, and whether what runs already is as good', () => {
    const root = projectWith({ url, command: 'x', cwd: 'api', reuseExisting: true, readyTimeoutSeconds: 5 });
    expect(readDeclaredTarget(root)).toMatchObject({
      folder: path.join(root, 'api'),
      reusesRunning: true,
      readyTimeoutSeconds: 5,
    });
  });

  it.each<[string, unknown, string]>([
    ['no object', 'npm start', 'target must be an object, not a text'],
    ['null', null, 'target must be an object, not null'],
    ['no url', { command: 'npm start' }, 'target.url is missing'],
    ['an empty command', { url, command: ' ' }, 'target.command must be text that is not empty, not a blank text'],
    ['a member that is not known', { url, command: 'x', port: 8000 }, 'target.port is not known'],
    ['one of another type', { url, command: 'x', reuseExisting: 'yes' }, 'target.reuseExisting must be true or false'],
    [
      'a time that is none',
      { url, command: 'x', readyTimeoutSeconds: 0 },
      'target.readyTimeoutSeconds must be above 0',
    ],
    ['what only a command can use', { url, cwd: 'api' }, 'target.command is missing, without which cwd means nothing'],
  ])('is refused: %s', (_, target, fault) => {
    const read = () => readDeclaredTarget(projectWith(target));
    expect(read).toThrow(UserError);
    expect(read).toThrow(/^"k6-verdict"\.target in .*package\.json does not say what to test\./);
    expect(read).toThrow(`received: ${fault}`);
  });

  it('is refused without the secrets of its address', () => {
    const read = (target: unknown) => () => readDeclaredTarget(projectWith(target));
    expect(read({ url: 'http://tester:hidden@host', cwd: 'api' })).toThrow(/^(?![\s\S]*hidden)/);
    expect(read('http://tester:hidden@host')).toThrow(/not a URL(?![\s\S]*hidden)/);
    expect(read({ url: 'http://tester:hidden@host?x' })).toThrow(
      /^"k6-verdict"\.target\.url is not a URL(?![\s\S]*hidden)/,
    );
  });
});

describe('load goes', () => {
  it('to BASE_URL first, then to what is declared, then to the reference backend', () => {
    const declared = projectWith({ url });
    const undeclared = projectWith(undefined);
    const named = 'http://127.0.0.1:9000';
    expect(chooseTarget(named, 'healthy', declared)).toMatchObject({ kind: 'running', url: named, named: 'BASE_URL' });
    expect(chooseTarget(' ', 'healthy', declared)).toMatchObject({ kind: 'running', url });
    expect(chooseTarget('', 'report', undeclared)).toEqual({ kind: 'reference-backend', profile: 'report', args: [] });
    expect(chooseTarget(undefined, 'healthy', undeclared)).toMatchObject({ kind: 'reference-backend' });
  });
});
