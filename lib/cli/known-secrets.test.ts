import { expect, it } from 'vitest';
import { hideSecrets, knownSecrets } from './known-secrets.ts';

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

it('what is no secret is not hidden', () => {
  const environment = {
    PWD: '/home/canary',
    HOME: '/home/u',
    TOKEN: '12345678',
    SSH_AUTH_SOCK: '/run/x',
    KEY: 'short',
  };
  expect(knownSecrets(['run', 'sustained', '-e', 'REGION=eu-central', '--vus', '20'], environment)).toEqual([]);
});
