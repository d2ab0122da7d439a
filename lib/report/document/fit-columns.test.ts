import { describe, expect, it } from 'vitest';
import { columnWidths, shortened, widthOf, wrapped, wrappedList } from './fit-columns.ts';

const RED = '\u001b[31m';
const PLAIN = '\u001b[39m';

describe('a text in columns', () => {
  it('is broken at spaces, and every line but the first is indented', () => {
    expect(wrapped('one two three four', 9)).toBe('one two\nthree\nfour');
    expect(wrapped('one two three four', 9, 2)).toBe('one two\n  three\n  four');
  });

  it('is left alone where it fits, or where there is no end of columns', () => {
    expect(wrapped('one two', 7)).toBe('one two');
    expect(wrapped('one two '.repeat(99), Number.POSITIVE_INFINITY)).toBe('one two '.repeat(99));
  });

  it('keeps a word whole that is longer, and spaces that line something up', () => {
    expect(wrapped('see http://127.0.0.1:8000/api now', 10)).toBe('see\nhttp://127.0.0.1:8000/api\nnow');
    expect(wrapped('  high      it is slow', 16, 12)).toBe('  high      it\n            is\n            slow');
  });

  it('is as wide as what is seen of it: colours take no column', () => {
    expect(widthOf(`${RED}high${PLAIN}`)).toBe(4);
    expect(wrapped(`${RED}high${PLAIN} and low`, 8)).toBe(`${RED}high${PLAIN} and\nlow`);
  });
});

it('a list is broken between its items, and within one only where that does not fit', () => {
  expect(wrappedList('102 not found, 8 timeout', 15)).toBe('102 not found,\n8 timeout');
  expect(wrappedList('102 not found, 8 timeout', 8)).toBe('102 not\nfound, 8\ntimeout');
});

it('an id is shortened in the middle, to exactly the columns that there are', () => {
  expect(shortened('system-processes-by-user', 24)).toBe('system-processes-by-user');
  expect(shortened('system-processes-by-user', 12)).toBe('system…-user');
});

it('columns of a table give way from the widest on, and none below what it needs', () => {
  expect(columnWidths([5, 30, 20], [5, 5, 5], 60, 2)).toEqual([5, 30, 20]);
  expect(columnWidths([5, 30, 20], [5, 5, 5], 49, 2)).toEqual([5, 20, 20]);
  expect(columnWidths([5, 30, 20], [5, 28, 5], 49, 2)).toEqual([5, 28, 12]);
  expect(columnWidths([5, 30, 20], [5, 28, 18], 20, 2)).toEqual([5, 28, 18]);
});
