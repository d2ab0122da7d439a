import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodedPairs, queryString } from './query.ts';

it.each<[Parameters<typeof queryString>[0], string]>([
  [{}, ''],
  [{ a: undefined }, ''],
  [{ page: 2, q: 'two words & more', empty: '' }, '?page=2&q=two%20words%20%26%20more&empty='],
  [{ tag: ['a', 'b'], none: [] }, '?tag=a&tag=b'],
  [{ 'ü=': true }, '?%C3%BC%3D=true'],
  [{ a: '\ud83d' }, '?a=%EF%BF%BD'],
])('%j', (query, text) => {
  expect(queryString(query)).toBe(text);
  expect(encodedPairs(query)).toBe(text.slice(1));
});

it('is read by a server as it was meant', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (query) => {
      expect(Object.fromEntries(new URLSearchParams(queryString(query)))).toEqual({ ...query });
    }),
  );
});
