import { expect, it } from 'vitest';
import { saysWhenToRetry } from './retry-after.ts';

it.each<[Record<string, string>, boolean]>([
  [{ 'Retry-After': '30' }, true],
  [{ 'Retry-After': '0' }, true],
  [{ 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, true],
  [{ 'Retry-After': 'Sunday, 06-Nov-94 08:49:37 GMT' }, true],
  [{ 'Retry-After': 'Sun Nov  6 08:49:37 1994' }, true],
  [{ 'Retry-After': 'Sunday' }, false],
  [{ 'Retry-After': 'soon' }, false],
  [{ 'Retry-After': 'in 5' }, false],
  [{ 'Retry-After': '-5' }, false],
  [{ 'Retry-After': '1.5' }, false],
  [{ 'Retry-After': '2026-10-21T07:28:00Z' }, false],
  [{ 'Retry-After': '' }, false],
  [{ 'Retry-After': '-' }, false],
  [{}, false],
])('%j says when to come back: %s', (headers, isSaid) => {
  expect(saysWhenToRetry({ headers })).toBe(isSaid);
});
