import { expect, it } from 'vitest';
import { UserError } from '../../core/spec/errors.ts';
import { whyOf } from './why-of.ts';

const hide = (text: string) => text.replaceAll('canary', '***');

it('is the text of an exception, of whatever was thrown', () => {
  expect(whyOf(new TypeError('no canary'), hide)).toEqual({ why: 'TypeError: no ***' });
  expect(whyOf('plain canary', hide)).toEqual({ why: 'plain ***' });
});

it('is each member of a mistake, without the name of its class', () => {
  const mistake = { what: 'It lacks a value.', received: 'nothing', expected: 'a text' };
  expect(whyOf(new UserError(mistake))).toEqual({
    why: 'It lacks a value.',
    mistake: { received: 'nothing', expected: 'a text' },
  });
});
