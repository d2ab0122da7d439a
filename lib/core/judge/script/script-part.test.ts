import { expect, it } from 'vitest';
import { partOfLoad } from './script-part.ts';

it.each([
  ['0:1/4', { instance: 1, of: 4 }],
  ['1/4:1/2', { instance: 2, of: 4 }],
  ['3/4:1', { instance: 4, of: 4 }],
  ['0:2/3', { instance: 1, of: 2 }],
  ['0:1', undefined],
  [null, undefined],
  [undefined, undefined],
])('%s is the part %j', (executionSegment, part) => {
  expect(partOfLoad({ options: { executionSegment } })).toEqual(part);
});
