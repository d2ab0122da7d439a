import { expect, it } from 'vitest';
import { partOfScript } from './part-of-script.ts';

it.each([
  [{ scenario: 'default' }, 'load'],
  [{ scenario: 'default', group: '::setup' }, 'load'],
  [{ group: '::setup' }, 'setup'],
  [{ group: '::setup::log in' }, 'setup'],
  [{ group: '::teardown' }, 'teardown'],
  [{ group: '::teardown::clean up' }, 'teardown'],
  [{}, 'setup'],
])('a series with the tags %j is of the %s', (tags, part) => {
  expect(partOfScript({})(tags)).toBe(part);
  expect(partOfScript({ systemTags: ['group', 'scenario'] })(tags)).toBe(part);
});

it.each([
  [{ group: '::setup' }, 'setup'],
  [{ group: '::teardown::clean up' }, 'teardown'],
  [{ group: '::setups' }, 'load'],
  [{}, 'load'],
])('without the tag scenario, one with %j is of the %s', (tags, part) => {
  expect(partOfScript({ systemTags: ['group', 'url'] })(tags)).toBe(part);
});
