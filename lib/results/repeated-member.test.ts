import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findRepeatedMember } from './repeated-member.ts';

it.each([
  ['{"verdict":"fail","verdict":"pass"}', 'verdict'],
  ['{"a":[{"b":1,"c":{},"b":2}]}', 'b'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a":{"a":[]}, "b":[1,{"x":"}"}], "b":null}', 'b'],
  ['{"\\"":1,"\\"":2}', '"'],
])('%s has a member twice', (text, name) => {
  expect(findRepeatedMember(text)).toBe(name);
});

it.each([
  '{"a":{"b":1},"b":1}',
  '[{"a":1},{"a":1}]',
  '{"a":"a","b":["a","a"]}',
  '"a"',
  '{"a":"{\\"a\\":1,\\"a\\":2}"}',
])('%s has none', (text) => {
  expect(findRepeatedMember(text)).toBeUndefined();
});

it('nothing that JSON.stringify wrote has one', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const written = JSON.stringify(JSON.parse(text));
      expect(findRepeatedMember(written)).toBeUndefined();
    }),
  );
});
