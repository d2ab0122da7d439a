import { describe, expect, it } from 'vitest';
import { isFailedTrial, lostBeforeLoad, trialError } from './failed-trial.ts';

const TRIAL = 'the trial of journey "buy"';
const WORKS = 'that everything works for one user, before many do it at once';
const NO_BASELINE = 'mend the scenario or the service; --no-baseline leaves the trial out';

describe('what failed before the load', () => {
  it('names the scenario, the journey, the step, and what was answered', () => {
    expect(trialError('shop', { failed: TRIAL, at: 'login', why: 'status 401' }).mistake).toEqual({
      what: 'shop: the trial of journey "buy" failed at "login", so the load was not sent.',
      received: 'status 401',
      expected: WORKS,
      todo: NO_BASELINE,
    });
  });

  it('says after which step an exception was thrown', () => {
    expect(trialError('shop', { failed: TRIAL, after: 'login', why: 'TypeError: no' }).mistake.what).toBe(
      'shop: the trial of journey "buy" failed after "login", so the load was not sent.',
    );
  });

  it('says each thing once of a mistake in a call', () => {
    const mistake = { received: 'nothing', expected: 'a text' };
    const { message } = trialError('shop', { failed: TRIAL, after: 'list', why: 'It lacks a value.', mistake });
    expect(message).toBe(
      [
        'shop: the trial of journey "buy" failed after "list", so the load was not sent: It lacks a value.',
        '  received: nothing',
        '  expected: a text',
        `  to do:    ${NO_BASELINE}`,
      ].join('\n'),
    );
  });

  it('says what to do where it was setup, which no flag leaves out', () => {
    const { mistake } = trialError('shop', { failed: 'setup of the test', why: 'TypeError: no' });
    expect(mistake).toMatchObject({
      what: 'shop: setup of the test failed, so the load was not sent.',
      todo: 'mend setup in the scenario, or the service: without it the load cannot begin',
    });
  });

  it('says that something is left where teardown failed as well', () => {
    const { mistake } = trialError('shop', { failed: TRIAL, why: 'status 401', notCleared: 'Error: no' });
    expect(mistake.todo).toBe(
      `${NO_BASELINE}; teardown failed as well (Error: no), so clear up by hand what setup has made`,
    );
  });

  it('says that await may be missing where nobody caught it', () => {
    const { message } = trialError('shop', lostBeforeLoad('Error: lost'));
    expect(message).toMatch(
      /^shop: setup or the trial of the journeys failed, so the load was not sent: Error: lost\n/,
    );
    expect(message).toContain('with await');
  });

  it('is told from other events', () => {
    expect(isFailedTrial({ failedTrial: { failed: 'setup of the test', why: 'no' } })).toBe(true);
    expect(isFailedTrial({ loadStartedAtMs: 1 })).toBe(false);
    expect(isFailedTrial(null)).toBe(false);
  });
});
