import { expect, it } from 'vitest';
import { UserError } from '../../core/spec/errors.ts';
import { saysWhere } from './says-where.ts';

const hideOwn = (text: string) => text.replaceAll('canary', '***');
const where = (error: unknown, lastStep?: string) => saysWhere(error, { name: 'buy' }, { lastStep, hideOwn }).message;

it('names the journey and the step that was asked last, and hides what is of its user', () => {
  expect(where(new Error('no canary'), 'list')).toBe('journey "buy", after "list": no ***');
  expect(where('plain')).toBe('journey "buy": plain');
});

it('says of no endpoint that it was asked whose call was wrong', () => {
  expect(where(new UserError({ what: 'The path of endpoint "one" lacks a value.' }), 'one')).toBe(
    'journey "buy": The path of endpoint "one" lacks a value.',
  );
});
