import { expect, it, onTestFinished } from 'vitest';
import { k6Environment } from './k6-process.ts';
import { describeKept, forK6 } from './kept-from-k6.ts';

it.each(['VERDICT_TEST_ID', 'VERDICT_DEFAULT_WARM_UP', 'VERDICT_ABORT_AFTER', 'VERDICT_OF_TOMORROW', 'K6_FEWER_USERS'])(
  'k6 does not get %s from outside, and its user is told so',
  (name) => {
    expect(forK6({ PATH: '/bin', TOKEN: 'x', [name]: 'canary' })).toEqual({ PATH: '/bin', TOKEN: 'x' });
    expect(describeKept({ [name]: 'canary' })).toContain(name);
    expect(describeKept({ [name]: 'canary' })).not.toContain('canary');
  },
);

it.each(['K6_WEB_DASHBOARD_PORT', 'K6_CLOUD_TOKEN', 'K6_NO_COLOR', 'K6_BIN', 'MY_VERDICT_X', 'VUS'])(
  'k6 gets %s',
  (name) => {
    expect(forK6({ [name]: '1' })).toEqual({ [name]: '1' });
    expect(describeKept({ [name]: '1' })).toBeUndefined();
  },
);

it("the tool's own orders reach k6, and nothing else by their names", () => {
  process.env.VERDICT_TEST_ID = 'HACK';
  process.env.VERDICT_RUN_ID = 'HACK';
  onTestFinished(() => {
    delete process.env.VERDICT_TEST_ID;
    delete process.env.VERDICT_RUN_ID;
  });
  const environment = k6Environment({ VERDICT_RUN_ID: 'ours' });
  expect(environment.VERDICT_RUN_ID).toBe('ours');
  expect(environment).not.toHaveProperty('VERDICT_TEST_ID');
});
