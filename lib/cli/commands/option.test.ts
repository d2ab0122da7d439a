import { expect, it } from 'vitest';
import { flag, listOptions, parsed, parsedOr, readOptions, text, texts, under, unless } from './option.ts';

const OPTIONS = {
  ...under('First:', { isLoud: flag('--loud', 'louder'), isSlow: unless('--no-slow', 'not slowly') }),
  count: parsedOr('--count <n>', 'how many', '5', Number),
  ratio: parsed('--ratio <r>', 'how much', Number),
  inner: under('Second:', { names: texts('-n, --name <name>', 'names'), file: text('--file <file>', 'where') }),
};

const read = (given: Readonly<Record<string, string | boolean | readonly string[]>>) =>
  readOptions(OPTIONS, ({ flags }) => given[flags]);

it('values have the shape of their options, without what was not given', () => {
  expect(read({})).toEqual({ isLoud: false, isSlow: true, count: 5, inner: { names: [] } });
  expect(Object.keys(read({}))).not.toContain('ratio');
  expect(
    read({
      '--loud': true,
      '--no-slow': false,
      '--count <n>': '7',
      '--ratio <r>': '0.5',
      '-n, --name <name>': ['a', 'b'],
      '--file <file>': 'f',
    }),
  ).toEqual({ isLoud: true, isSlow: false, count: 7, ratio: 0.5, inner: { names: ['a', 'b'], file: 'f' } });
});

it('options come out of their groups in order, each under its heading', () => {
  expect(listOptions(OPTIONS).map(({ flags, heading }) => [flags, heading])).toEqual([
    ['--loud', 'First:'],
    ['--no-slow', 'First:'],
    ['--count <n>', undefined],
    ['--ratio <r>', undefined],
    ['-n, --name <name>', 'Second:'],
    ['--file <file>', 'Second:'],
  ]);
});
