import { expect, it } from 'vitest';
import { describeK6 } from './k6-binary.ts';

it.each([
  ['K6_BIN', 'named by K6_BIN'],
  ['PATH', 'found on PATH'],
  ['cache', 'built earlier by k6-verdict'],
  ['built', 'just built by k6-verdict'],
] as const)('describes a k6 from %s in one line', (source, text) => {
  expect(describeK6({ path: '/opt/k6', version: '2.2.0', source })).toBe(`k6 v2.2.0 at /opt/k6 (${text})`);
});
