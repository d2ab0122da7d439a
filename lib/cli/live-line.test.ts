import { expect, it } from 'vitest';
import { terminalOf } from './terminal-of.ts';

/** What a terminal of one line of so many columns shows, and what has scrolled up. */
function screen(columns: number) {
  const lines = [''];
  let column = 0;
  const write = (text: string) => {
    for (const character of text) {
      const line = lines.at(-1) ?? '';
      if (character === '\n') lines.push('');
      else if (character !== '\r') lines[lines.length - 1] = line.slice(0, column) + character + line.slice(column + 1);
      column = character === '\n' || character === '\r' ? 0 : column + 1;
      if (column >= columns) throw new Error('the line breaks');
    }
  };
  return {
    ...terminalOf(write, write, false, ['secret'], () => columns),
    lines: () => lines.map((line) => line.trimEnd()),
  };
}

it('a live line is rewritten, stays below what is printed, and leaves nothing behind', () => {
  const { live, print, say, lines } = screen(20);
  live?.('one of many');
  live?.('two');
  expect(lines()).toEqual(['two']);
  print('printed');
  say('said');
  expect(lines()).toEqual(['printed', 'said', 'two']);
  live?.(undefined);
  expect(lines()).toEqual(['printed', 'said', '']);
  print('later');
  expect(lines()).toEqual(['printed', 'said', 'later', '']);
});

it('a live line is no wider than the terminal, one line, and as harmless as any text', () => {
  const { live, lines } = screen(20);
  live?.('123456789 123456789 123456789');
  expect(lines()).toEqual(['123456789 123456789']);
  live?.('a\nb \u001b[2Jc secret');
  expect(lines()).toEqual(['a b c ***']);
});

it('there is none where standard output is no terminal', () => {
  expect(
    terminalOf(
      () => {},
      () => {},
      false,
    ),
  ).not.toHaveProperty('live');
});

/** What a terminal is sent by a live line that shows these texts, as wide as it is each time. */
function sent(...shown: readonly (readonly [columns: number, text: string])[]): string[] {
  const written: string[] = [];
  let columns = 0;
  const { live } = terminalOf(
    (text) => void written.push(text),
    () => {},
    true,
    [],
    () => columns,
  );
  for (const [width, text] of shown) {
    columns = width;
    live?.(text);
  }
  return written;
}

it('a live line is as wide as its text without colours, which end where they should', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
  expect(sent([20, `20s: ${red('2 limits crossed')}, 5 users`], [20, 'short'])).toEqual([
    `\r20s: ${red('2 limits cross')}`,
    `\rshort${' '.repeat(14)}`,
  ]);
});

it('a live line that was wider than the terminal is now is overwritten as far as there is room', () => {
  expect(sent([20, '123456789 12345678'], [10, '12'])).toEqual(['\r123456789 12345678', `\r12${' '.repeat(7)}`]);
});
