import { expect, it } from 'vitest';
import { printableJson } from './printable-json.ts';

it.each([
  '\u001b[31m',
  '\u009b31m',
  'a\u202eb',
  '\u2028',
  '\u{e0041}',
  '##[error]x',
  '###vso[task]',
  '\ud800',
  '::error::',
])('%j reads back as it was, and drives nobody', (text) => {
  const json = printableJson({ [text]: [text] }, 1);
  expect(JSON.parse(json)).toEqual({ [text]: [text] });
  expect(json).not.toMatch(/[\p{Cs}\u2028\u202e\u{e0041}]|(?!\n)\p{Cc}|##\w*\[|^\s*::/mu);
});
