import { expect, it } from 'vitest';
import { present } from './present.ts';

it('leaves out what is undefined, and nothing else', () => {
  expect(Object.entries(present({ a: undefined, b: 0, c: null, d: '', e: false }))).toEqual([
    ['b', 0],
    ['c', null],
    ['d', ''],
    ['e', false],
  ]);
});

it('is typed so that optional members stay optional', () => {
  const maybe = (value: string | undefined): { readonly always: number; readonly sometimes?: string } =>
    present({ always: 1, sometimes: value });
  expect('sometimes' in maybe(undefined)).toBe(false);
  expect(maybe('x')).toEqual({ always: 1, sometimes: 'x' });
});
