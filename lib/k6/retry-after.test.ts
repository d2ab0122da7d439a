import { expect, it } from 'vitest';
import { saysWhenToRetry } from './retry-after.ts';

it.each<[Record<string, string>, boolean]>([
  [{ 'Retry-After': '30' }, true],
  [{ 'Retry-After': '0' }, true],
  [{ 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, true],
  [{ 'Retry-After': 'soon' }, false],
  [{ 'Retry-After': '' }, false],
  [{ 'Retry-After': '-' }, false],
  [{}, false],
])('%j says when to come back: %s', (headers, isSaid) => {
  expect(saysWhenToRetry({ headers })).toBe(isSaid);
});
