import { expect, it } from 'vitest';
import { describeK6 } from './k6-binary.ts';

it.each([
  ['K6_BIN', false, 'named by K6_BIN, without the recorder'],
  ['cache', true, 'built earlier by k6-verdict, with the recorder'],
  ['built', true, 'just built by k6-verdict, with the recorder'],
  ['PATH', false, 'found on PATH, without the recorder'],
] as const)('describes a k6 from %s in one line', (source, hasRecorder, text) => {
  expect(describeK6({ path: '/opt/k6', version: '2.2.0', source, hasRecorder })).toBe(`k6 v2.2.0 at /opt/k6 (${text})`);
});
