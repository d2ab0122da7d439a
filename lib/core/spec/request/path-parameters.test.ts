import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import { PathTemplate } from './path-parameters.ts';

const template = (path: string) => new PathTemplate('endpoint "get-item"', path);

it.each<[string, string[]]>([
  ['/orders', []],
  ['/orders/{id}', ['id']],
  ['/orders/{id}/items/{item_2}', ['id', 'item_2']],
  ['/{a}{b}', ['a', 'b']],
])('the parameters of %s are %j', (path, names) => {
  expect(template(path).names).toEqual(names);
});

it.each<[string, Record<string, unknown> | undefined, string]>([
  ['/orders', undefined, '/orders'],
  ['/orders/{id}', { id: 42 }, '/orders/42'],
  ['/orders/{id}', { id: 'a/b ü é?#%' }, '/orders/a%2Fb%20%C3%BC%20%C3%A9%3F%23%25'],
  ['/orders/{id}/items/{item}', { item: true, id: 0 }, '/orders/0/items/true'],
  ['/files/{name}.json', { name: '...' }, '/files/....json'],
  ['/orders/{id}', { id: '\ud83d' }, '/orders/%EF%BF%BD'],
])('%s with %j is %s', (path, values, filled) => {
  expect(template(path).fill(values)).toBe(filled);
});

it('a server finds the value that was meant, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
      fc.pre(value !== '.' && value !== '..');
      const { pathname } = new URL(template('/orders/{id}/items').fill({ id: value }), 'http://localhost');
      const segments = pathname.split('/');
      expect(segments).toHaveLength(4);
      expect(decodeURIComponent(segments[2] ?? '')).toBe(value);
    }),
  );
});

describe('what is no value of a segment is refused, and named', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['nothing', {}, /lacks a value for \{id\}/],
    ['an empty text', { id: '' }, /received: an empty text/],
    ['this folder', { id: '.' }, /another path/],
    ['the folder above', { id: '..' }, /another path/],
    ['no number', { id: Number.NaN }, /lacks a value for \{id\}/],
    ['an object', { id: {} }, /received: an object/],
    ['a misspelt name', { ids: 1 }, /no parameter "ids"[\s\S]*did you mean "id"\?/],
  ])('%s', (_, values, message) => {
    const fill = () => template('/orders/{id}').fill(values);
    expect(fill).toThrow(UserError);
    expect(fill).toThrow(message);
    expect(fill).toThrow('endpoint "get-item"');
  });
});
