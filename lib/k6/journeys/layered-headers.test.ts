import { expect, it } from 'vitest';
import { layeredHeaders } from './layered-headers.ts';

it('the first layer that says a header has the word, however it spells it', () => {
  const headers = layeredHeaders({ 'content-type': 'text/csv' }, undefined, {
    'Content-Type': 'application/json',
    Authorization: 'Bearer t',
  });
  expect(headers).toEqual({ 'content-type': 'text/csv', Authorization: 'Bearer t' });
});

it('no layer says anything', () => {
  expect(layeredHeaders(undefined, {})).toEqual({});
});
