import { expect, it } from 'vitest';
import { adviceOf, idsOf, oneEndpoint, problemOf } from '../../../testing/problems.ts';

it('requests that never left the machine are a finding about the measurement, and about nothing else', () => {
  const setting = oneEndpoint({ ok: 312, not_sent: 215 });
  expect(idsOf(setting)).toEqual(['not-sent']);
  const problem = problemOf('not-sent', setting);
  expect(problem).toMatchObject({ area: 'measurement', severity: 'high' });
  expect(problem?.summary).toContain('215 of 527 requests (41 %) never left this machine');
  expect(adviceOf(problem).join()).toMatch(/ulimit -n.*ip_local_port_range/);
});

it('are less grave where they are few', () => {
  expect(problemOf('not-sent', oneEndpoint({ ok: 999, not_sent: 1 }))?.severity).toBe('medium');
});

it('with one user too, they do not make an endpoint broken', () => {
  const setting = { ...oneEndpoint({ ok: 99, not_sent: 1 }), rest: { a: { not_sent: 3 } } };
  expect(idsOf(setting)).toEqual(['not-sent']);
});
