import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hideSecrets, knownSecrets, meetSecrets } from './known-secrets.ts';

it.each<[string, readonly string[], Record<string, string>]>([
  ['a variable by its name', [], { GITHUB_TOKEN: 'canary' }],
  ['one in small letters', [], { npm_config__authToken_password: 'canary' }],
  ['credentials of a URL in a variable', [], { DATABASE_URL: 'postgres://app:canary@db/x' }],
  ['credentials of a URL in an argument', ['run', 'smoke', '--base-url', 'http://u:canary@h'], {}],
  ['an assignment', ['run', 'smoke', '-e', 'API_KEY=canary'], {}],
  ['an assignment in one word', ['run', '-eSESSION=x', '--env=API_TOKEN=canary'], {}],
  ['a flag of what is started', ['ab', '--base-start', 'serve --password canary --port 8000'], {}],
  ['an assignment to what is started', ['ab', '--head-start', 'SECRET=canary npm start'], {}],
])('%s is known', (_, args, environment) => {
  expect(hideSecrets('said: canary!', knownSecrets(args, environment))).toBe('said: ***!');
});

it.each([
  ['in two words', (file: string) => ['run', 'smoke', '--env-file', file]],
  ['in one word', (file: string) => ['run', 'smoke', `--env-file=${file}`]],
])('what a file of variables holds is known: %s', (_, argsWith) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'variables');
  writeFileSync(file, 'REGION=central\nexport DB_PASSWORD="canary"\n');
  expect(hideSecrets('said: canary in central!', knownSecrets(argsWith(file), {}))).toBe('said: *** in central!');
  expect(knownSecrets(argsWith(folder), {})).toEqual([]);
  expect(knownSecrets(argsWith('/dev/zero'), {})).toEqual([]);
});

it('credentials are known as a header has them, too', () => {
  const header = `Basic ${Buffer.from('tester:canary').toString('base64')}`;
  expect(hideSecrets(header, knownSecrets(['run', '--base-url', 'http://tester:canary@h'], {}))).toBe('Basic ***');
});

it('they are known as a URL and a log have them, too', () => {
  const secrets = knownSecrets([], { API_TOKEN: 'c/n "ry"' });
  expect(hideSecrets('?t=c%2Fn%20%22ry%22', secrets)).toBe('?t=***');
  expect(hideSecrets(String.raw`msg="c/n \"ry\""`, secrets)).toBe('msg="***"');
});

it('what is no secret is not hidden', () => {
  const environment = {
    PWD: '/home/canary',
    HOME: '/home/u',
    TOKEN: '12345678',
    SSH_AUTH_SOCK: '/run/x',
    KEY: 'short',
    AUTH_URL: 'https://auth.example:8443/',
  };
  expect(knownSecrets(['run', 'sustained', '-e', 'REGION=eu-central', '--vus', '20'], environment)).toEqual([]);
});

it('what is met on the way is hidden from then on, by its name and as it is said to be one', () => {
  expect(hideSecrets('said: firstly second third', [])).toBe('said: firstly second third');
  meetSecrets({ MET_TOKEN: 'firstly', SHOP_ACCESS: 'second', REGION: 'third' }, ['SHOP_ACCESS', 'NOWHERE']);
  expect(hideSecrets('said: firstly second third', [])).toBe('said: *** *** third');
});
