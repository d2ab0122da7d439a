import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import { bothNames, parseSettings, SETTINGS, type SettingName, type Settings } from './settings.ts';

const parse = (given: Partial<Record<SettingName, string>>): Settings => parseSettings((name) => given[name]);

describe('a setting is read', () => {
  it.each<[SettingName, string, Partial<Settings>]>([
    ['PLAN', 'reference', { plan: 'reference' }],
    ['VUS', '1', { users: 1 }],
    ['VUS', ' 50 ', { users: 50 }],
    ['VUS', '100000', { users: 100_000 }],
    ['RATE', '50', { ratePerSecond: 50 }],
    ['RATE', '0.5', { ratePerSecond: 0.5 }],
    ['RATE', '0.001', { ratePerSecond: 0.001 }],
    ['RATE', '1000000', { ratePerSecond: 1_000_000 }],
    ['DURATION', '5m', { durationSeconds: 300 }],
    ['RAMP_UP', '10s', { rampUpSeconds: 10 }],
    ['RAMP_UP', '0', { rampUpSeconds: 0 }],
    ['WARM_UP', '5s', { warmUpSeconds: 5 }],
    ['WARM_UP', '0', { warmUpSeconds: 0 }],
    ['THINK_TIME', '1.5s', { thinkTimeSeconds: 1.5 }],
    ['THINK_TIME', '0s', { thinkTimeSeconds: 0 }],
    ['REQUEST_TIMEOUT', '30s', { requestTimeoutMs: 30_000 }],
    ['REQUEST_TIMEOUT', '250ms', { requestTimeoutMs: 250 }],
    ['REQUEST_TIMEOUT', '1001ms', { requestTimeoutMs: 1001 }],
    ['REQUEST_TIMEOUT', '1.001s', { requestTimeoutMs: 1001 }],
    ['REQUEST_TIMEOUT', '1ms', { requestTimeoutMs: 1 }],
    ['RELEASE', '1.4.2 (build 7)', { release: '1.4.2 (build 7)' }],
    ['RELEASE', 'x'.repeat(200), { release: 'x'.repeat(200) }],
    [
      'LOAD_ALLOW_HOSTS',
      'a.example.com, b.example.com:8000,,',
      { allowedHosts: ['a.example.com', 'b.example.com:8000'] },
    ],
  ])('%s=%s', (name, text, expected) => {
    expect(parse({ [name]: text })).toEqual({ allowedHosts: [], ...expected });
  });

  it('BASE_URL as a target', () => {
    expect(parse({ BASE_URL: 'http://u:p@h:81/v1/' }).baseUrl).toMatchObject({
      host: 'h',
      port: 81,
      href: 'http://h:81/v1',
    });
  });

  it.each(SETTINGS.map(({ name }) => name))('%s as absent when it is empty or blank', (name) => {
    expect(parse({ [name]: '' })).toStrictEqual({ allowedHosts: [] });
    expect(parse({ [name]: '  ' })).toStrictEqual({ allowedHosts: [] });
  });
});

describe('a setting is refused by its name', () => {
  it.each<[SettingName, string]>([
    ['BASE_URL', 'localhost:8000'],
    ['BASE_URL', 'http://h?token=1'],
    ['VUS', '0'],
    ['VUS', '-1'],
    ['VUS', '1.5'],
    ['VUS', '1e3'],
    ['VUS', '100001'],
    ['VUS', 'many'],
    ['VUS', '0x10'],
    ['VUS', '5 0'],
    ['RATE', '0'],
    ['RATE', '0.0'],
    ['RATE', '-1'],
    ['RATE', '0.0004'],
    ['RATE', '0.0009999'],
    ['RATE', '1000000.1'],
    ['RATE', '9'.repeat(400)],
    ['VUS', '9'.repeat(400)],
    ['RATE', '.5'],
    ['RATE', '1e3'],
    ['RATE', '50/s'],
    ['RATE', 'NaN'],
    ['RATE', 'Infinity'],
    ['DURATION', '0'],
    ['DURATION', '0s'],
    ['DURATION', '30'],
    ['DURATION', '-5s'],
    ['RAMP_UP', '10'],
    ['WARM_UP', '5'],
    ['WARM_UP', '0.5s'],
    ['THINK_TIME', '1'],
    ['THINK_TIME', '-1s'],
    ['REQUEST_TIMEOUT', '0'],
    ['REQUEST_TIMEOUT', '0ms'],
    ['REQUEST_TIMEOUT', '30'],
    ['RELEASE', 'two\nlines'],
    ['RELEASE', 'two\rlines'],
    ['RELEASE', 'x'.repeat(201)],
  ])('%s=%j', (name, text) => {
    expect(() => parse({ [name]: text })).toThrow(UserError);
    expect(() => parse({ [name]: text })).toThrow(new RegExp(`^${name} .*\\n {2}received: .*\\n {2}expected: `));
  });
});

it('a timeout in whole milliseconds is just that many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (ms) => {
      expect(parse({ REQUEST_TIMEOUT: `${ms}ms` }).requestTimeoutMs).toBe(ms);
    }),
    { examples: [[1001], [1009], [4.35e6]] },
  );
});

// They become Infinity, and k6 is given "Infinityms".
it.each<SettingName>(['DURATION', 'RAMP_UP', 'THINK_TIME', 'REQUEST_TIMEOUT'])('%s of 400 nines is refused', (name) => {
  expect(() => parse({ [name]: `${'9'.repeat(400)}s` })).toThrow(UserError);
});

it('every setting has a flag that reads like its variable, and none takes the prefix of k6', () => {
  for (const { name, flag } of SETTINGS) {
    expect(flag).toBe(`--${name.toLowerCase().replaceAll('_', '-')}`);
    expect(name).not.toMatch(/^K6_/);
  }
  expect(SETTINGS.map(({ name }) => name)).toEqual(
    expect.arrayContaining(
      'BASE_URL PLAN VUS RATE DURATION RAMP_UP WARM_UP THINK_TIME REQUEST_TIMEOUT RELEASE LOAD_ALLOW_HOSTS'.split(' '),
    ),
  );
});

it.each(SETTINGS)('$name is named with its flag, $flag', ({ name, flag }) => {
  expect(bothNames(name)).toBe(`${name} (${flag})`);
});
