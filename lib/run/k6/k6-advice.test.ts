import { expect, it } from 'vitest';
import { adviceOn } from './k6-advice.ts';

it('an extension that is not built in can be', () => {
  const advice = adviceOn('unknown modules ["k6/x/sql", "k6/x/sql/driver/x"] were tried to be loaded');
  expect(advice).toMatch(/^build k6\/x\/sql, k6\/x\/sql\/driver\/x into the k6 .*README\.md/);
});

it.each([
  'unknown modules ["k6/htp"]',
  'no exported functions in script',
  "executor default: function 'default' not found in exports",
  "couldn't be found on local disk",
  'unknown flag: --vsu',
  "unknown shorthand flag: 'z' in -z",
])('there is something to do about: %s', (words) => {
  expect(adviceOn(words)).not.toMatch(/^build/);
  expect(adviceOn(words)).toBeDefined();
});

it('where k6 says it all, nothing is added', () => {
  expect(adviceOn('Error: k6/x/sql said no')).toBeUndefined();
});
