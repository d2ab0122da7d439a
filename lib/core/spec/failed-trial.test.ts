import { expect, it } from 'vitest';
import { isFailedTrial, trialError } from './failed-trial.ts';

it('names the scenario, the journey, the step, and what was answered', () => {
  const { message } = trialError('shop', { failed: 'the trial of journey "buy"', at: 'login', why: 'status 401' });
  expect(message).toMatch(/^shop: the trial of journey "buy" failed at "login", so the load was not sent\./);
  expect(message).toContain('received: status 401');
  expect(message).toContain('--no-baseline');
});

it('no flag leaves out the setup of a test', () => {
  const { message } = trialError('shop', { failed: 'setup of the test', why: 'TypeError: no' });
  expect(message).toMatch(/^shop: setup of the test failed, so the load was not sent\./);
  expect(message).not.toContain('--no-baseline');
});

it('is told from other events', () => {
  expect(isFailedTrial({ failedTrial: { failed: 'setup of the test', why: 'no' } })).toBe(true);
  expect(isFailedTrial({ loadStartedAtMs: 1 })).toBe(false);
  expect(isFailedTrial(null)).toBe(false);
});
