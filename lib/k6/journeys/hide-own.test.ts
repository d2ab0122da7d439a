import { expect, it } from 'vitest';

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file = './hide-own.ts';
const { hideOwn } = (await import(/* @vite-ignore */ file)) as {
  hideOwn: (text: string, ...own: readonly unknown[]) => string;
};

it.each<[string, unknown, string, string]>([
  ['a row', { name: 'tester', password: 'canary' }, 'tester has canary', '*** has ***'],
  ['what stands deeper', [{ of: [{ key: 'canary' }] }], 'it is canary', 'it is ***'],
  ['a number', { pin: 123_456 }, 'no order for 123456', 'no order for ***'],
  ['what JSON escapes', { password: 'ca"nary' }, String.raw`{"password":"ca\"nary"}`, '{"password":"***"}'],
  ['what a URL encodes', { password: 'ca nary' }, 'http://h/?p=ca%20nary', 'http://h/?p=***'],
  ['nothing that is too short to be told', { sku: 'a-1', n: 2 }, 'a-1 costs 2', 'a-1 costs 2'],
  ['nothing where there is nothing', undefined, 'all of it', 'all of it'],
])('hides %s', (_, own, text, hidden) => {
  expect(hideOwn(text, own, null, true)).toBe(hidden);
});
