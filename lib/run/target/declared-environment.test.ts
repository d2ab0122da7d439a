import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from './declared-environment.ts';

function projectWith(environments: unknown, files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ 'k6-verdict': { environments } }));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(root, name), content);
  return root;
}

describe('an environment of package.json', () => {
  it('says where load goes, which hosts are allowed, and what its file says, which beats its URLs', () => {
    const staging = {
      baseUrl: 'https://shop.example',
      servers: { auth: 'https://auth.example', 'id-provider': 'https://id.example' },
      allowHosts: ['shop.example', 'auth.example'],
      envFile: '.env.staging',
    };
    const file = 'AUTH_URL=https://me:secret@auth.example\nBASE_URL=\nTOKEN=secret\n';
    expect(readEnvironment(projectWith({ staging, local: {} }, { '.env.staging': file }), 'staging')).toEqual({
      variables: {
        BASE_URL: 'https://shop.example',
        AUTH_URL: 'https://me:secret@auth.example',
        ID_PROVIDER_URL: 'https://id.example',
        TOKEN: 'secret',
      },
      urls: ['BASE_URL', 'AUTH_URL', 'ID_PROVIDER_URL'],
      allowedHosts: ['shop.example', 'auth.example'],
    });
  });

  it('may say nothing at all', () => {
    expect(readEnvironment(projectWith({ local: {} }), 'local')).toEqual({ variables: {}, urls: [], allowedHosts: [] });
  });

  it.each<[string, unknown, RegExp]>([
    ['does not have its name', { stagin: {}, prod: {} }, /no such environment[\s\S]*stagin, prod[\s\S]*mean "stagin"/],
    ['has none', undefined, /There is no such environment\.[\s\S]*"environments"/],
    ['has a list of them', [], /environments must be an object, not a list/],
    ['has a misspelt member', { staging: { baseURL: 'http://x' } }, /environments\.staging\.baseURL is not known/],
    [
      'has a URL that is none',
      { staging: { baseUrl: 'canary' } },
      /^The baseUrl of environment "staging" is not a URL/,
    ],
    ['has a URL of a wrong type', { staging: { baseUrl: 80 } }, /baseUrl must be/],
    ['allows a text', { staging: { allowHosts: 'shop.example' } }, /allowHosts must be/],
    [
      'has credentials in its URL',
      { staging: { baseUrl: 'http://me:canary@x' } },
      /The baseUrl of environment "staging" has credentials[\s\S]*BASE_URL[\s\S]*envFile/,
    ],
    [
      'has credentials in that of a server',
      { staging: { servers: { auth: 'http://canary@x' } } },
      /server "auth" of environment "staging" has credentials/,
    ],
    ['has a server of a wrong name', { staging: { servers: { Auth: 'http://x' } } }, /server of environment "staging"/],
    ['has a server whose variable is taken', { staging: { servers: { base: 'http://x' } } }, /BASE_URL says something/],
    [
      'has a file that is not there',
      { staging: { envFile: 'none.env' } },
      /The envFile of environment "staging" cannot/,
    ],
    ['has a name that is none', { 'a b': {}, staging: {} }, /environments/],
  ])('is refused where package.json %s', (_, environments, message) => {
    const read = () => readEnvironment(projectWith(environments), 'staging');
    expect(read).toThrow(message);
    expect(read).not.toThrow('canary');
  });

  it('is refused where there is no package.json', () => {
    const root = projectWith({});
    rmSync(path.join(root, 'package.json'));
    expect(() => readEnvironment(root, 'staging')).toThrow(/There is no such environment/);
  });
});
