import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsIn, kindOfText, kindOfValue, shownName, withoutCredentials, withoutSecretsOf } from './shown.ts';

it.each([
  [undefined, 'nothing'],
  ['', 'an empty text'],
  ['  ', 'a blank text'],
  ['0', 'zero'],
  ['0.0', 'zero'],
  ['-3', 'a number below zero'],
  ['12', 'a whole number'],
  ['1.5', 'a number with decimals'],
  ['20x', 'a number with letters behind it'],
  ['http://h', 'a URL'],
  ['a\nb', 'a text of several lines'],
  ['hunter2', 'a text'],
])('%j is %s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind);
});

it('the kind of a value holds nothing of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\d.\-\s]{0,3}[A-Z]{1,3}[0-9A-Z:/@=]{8,}$/), (secret) => {
      expect(kindOfText(secret)).not.toContain(secret.trim());
    }),
  );
  expect([12, 0, Number.NaN, true, null, [], ['x'], { a: 1 }].map(kindOfValue)).toEqual([
    'a whole number',
    'zero',
    'no finite number',
    'true',
    'null',
    'a list',
    'a list',
    'an object',
  ]);
});

describe('a name is shown', () => {
  it.each([
    ['smok', '"smok"'],
    ['results/20261124T120000Z-smoke-a1b2c3', '"results/20261124T120000Z-smoke-a1b2c3"'],
    ['http://user:canary@h/x', '"http://***@h/x"'],
    ['https://h/run?token=canary', '"https://h/run?***"'],
    ['TOKEN=canary', '"TOKEN=***"'],
    ['Authorization: Bearer canary', '"Authorization: Bearer ***"'],
    ['a\u001bb', '"a\\u001bb"'],
  ])('%j as %s', (name, shown) => {
    expect(shownName(name)).toBe(shown);
  });

  it('not longer than a person reads', () => {
    expect(shownName('x'.repeat(500)).length).toBeLessThan(130);
  });
});

it.each([
  ['http://u:p@h/', 'http://***@h/'],
  ['see http://u:p@ss@h and //x@y', 'see http://***@h and //***@y'],
  ['mail me@example.com', 'mail me@example.com'],
])('%j is %j without credentials', (text, rest) => {
  expect(withoutCredentials(text)).toBe(rest);
});

it('credentials are found as they may be said again', () => {
  expect(credentialsIn('x http://u:p:q@h y')).toEqual(['u:p:q', 'p:q']);
  expect(credentialsIn('http://token@h')).toEqual(['token', 'token']);
  expect(credentialsIn('http://h/a')).toEqual([]);
});

it.each([
  ['TOKEN=canary npm start', 'sh: 1: canary: not found'],
  ['serve --password=canary', 'unknown option --password=canary'],
  ['serve --db postgres://app:canary@db/x', 'cannot reach postgres://app:canary@db/x with canary'],
  ['serve --token c4n4ry-canary', 'no such token: c4n4ry-canary'],
  ['npm start', 'no database at postgres://app:canary@db/x'],
])('the last words of %j do not hold its secrets', (command, said) => {
  expect(withoutSecretsOf(command, said)).not.toContain('canary');
});

it('last words keep what helps', () => {
  expect(withoutSecretsOf('PORT=8000 serv --port 8000', 'sh: 1: serv: not found')).toBe('sh: 1: serv: not found');
});
