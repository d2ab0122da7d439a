import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { SETTINGS } from '../core/spec/settings.ts';
import { type SettingSources, scenarioVariables } from './setting-sources.ts';

function envFile(content: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'load.env');
  writeFileSync(file, content);
  return file;
}

const variables = (sources: Partial<SettingSources>) =>
  scenarioVariables({ flags: {}, assignments: [], environment: {}, ...sources });

describe('of several sources of a setting', () => {
  const flags = { VUS: '1' };
  const assignments = ['VUS=2'];
  const environment = { VUS: '3' };

  it.each<[string, Partial<SettingSources>, string]>([
    ['a flag beats everything', { flags, assignments, environment }, '1'],
    ['-e beats the environment', { assignments, environment }, '2'],
    ['the environment beats --env-file', { environment }, '3'],
    ['--env-file beats nothing', {}, '4'],
    ['an empty variable of the environment is none', { environment: { VUS: '' } }, '4'],
    ['an empty assignment takes a setting away', { assignments: ['VUS='], environment }, ''],
    ['the last of several assignments holds', { assignments: ['VUS=8', 'VUS=9'] }, '9'],
    ['a variable of the same name in lower case is another one', { environment: { vus: '3' } }, '4'],
  ])('%s', (_case, sources, expected) => {
    expect(variables({ ...sources, envFile: envFile('VUS=4\n') }).VUS).toBe(expected);
  });
});

it('what package.json declares is beaten by all others, also in part', () => {
  const declared = { BASE_URL: 'http://declared', AUTH_URL: 'http://auth', VUS: '5' };
  expect(variables({ declared })).toMatchObject(declared);
  expect(variables({ declared, envFile: envFile('VUS=4\nAUTH_URL=\n') })).toMatchObject({ ...declared, VUS: '4' });
  const environment = { AUTH_URL: 'http://other' };
  expect(variables({ declared, environment, flags: { BASE_URL: 'http://flag' } })).toMatchObject({
    BASE_URL: 'http://flag',
    AUTH_URL: 'http://other',
  });
});

it('a setting that comes from nowhere is there, empty, so that what k6 sees is decided here', () => {
  expect(variables({})).toEqual(Object.fromEntries(SETTINGS.map(({ name }) => [name, ''])));
});

it('other variables come from -e and the file; of the environment the settings alone are taken', () => {
  const file = envFile('# comment\nTOKEN="from file"\nREGION=eu\n');
  expect(
    variables({ assignments: ['TOKEN=a=b', 'EMPTY='], environment: { HOME: '/root', PLAN: 'timed' }, envFile: file }),
  ).toEqual({ ...variables({}), TOKEN: 'a=b', EMPTY: '', REGION: 'eu', PLAN: 'timed' });
});

describe('of several sources of a variable that is no setting', () => {
  it.each<[string, Partial<SettingSources>, string]>([
    ['-e beats the environment', { assignments: ['TOKEN=2'], environment: { TOKEN: '3' } }, '2'],
    ['the environment beats --env-file', { environment: { TOKEN: '3' } }, '3'],
    ['--env-file beats nothing', {}, '4'],
    ['an empty variable of the environment is none', { environment: { TOKEN: '' } }, '4'],
    ['an empty assignment takes it away', { assignments: ['TOKEN='], environment: { TOKEN: '3' } }, ''],
  ])('%s', (_case, sources, expected) => {
    expect(variables({ ...sources, envFile: envFile('TOKEN=4\n') }).TOKEN).toBe(expected);
  });
});

it('a value may span lines', () => {
  expect(variables({ assignments: ['TEXT=one\ntwo'] }).TEXT).toBe('one\ntwo');
});

it.each(['VUS', '=5', '1VUS=5', 'A B=5', '', 'A-B=1', ' VUS=5', 'canary', '1canary=canary', 'X=canary\0'])(
  '-e %j is refused',
  (assignment) => {
    expect(() => variables({ assignments: [assignment] })).toThrow(UserError);
    expect(() => variables({ assignments: [assignment] })).toThrow(/expected: -e NAME=value$/);
    expect(() => variables({ assignments: [assignment] })).not.toThrow('canary');
  },
);

it('a file that is not there is refused by name', () => {
  const missing = `${envFile('')}.missing`;
  expect(() => variables({ envFile: missing })).toThrow(UserError);
  expect(() => variables({ envFile: missing })).toThrow('load.env.missing');
});
