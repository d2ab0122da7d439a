import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import {
  adviceOf,
  idsOf,
  oneEndpoint,
  problemOf,
  problemOfRun,
  problemsOf,
  RATE_LIMIT,
  runOf,
  urgenciesOf,
} from '../../../testing/problems.ts';

/** What is found of endpoints that answer 404 only, one user too. */
const notThere = (...ids: readonly string[]) =>
  problemOf('broken-route', {
    endpoints: Object.fromEntries(ids.map((id) => [id, { outcomes: { not_found: 9 } }])),
    rest: Object.fromEntries(ids.map((id) => [id, { not_found: 3 }])),
  });

describe('a broken endpoint', () => {
  it.each<[string, OutcomeCounts, string]>([
    ['status 404', { not_found: 3 }, 'broken-route'],
    ['status 401', { client_error: 3 }, 'broken-access'],
    ['status 302', { unexpected_status: 3 }, 'broken-redirect'],
    ['status 503', { server_error: 3 }, 'broken-other'],
  ])('of %s is a finding of its own, and leads', (cause, rest, id) => {
    const endpoints = { a: { outcomes: rest }, b: { outcomes: { ok: 1, timeout: 999 } } };
    const [first] = problemsOf({ endpoints, rest: { a: rest }, causes: [cause] });
    expect(first).toMatchObject({ id, severity: 'critical', endpoints: ['a'] });
    expect(first?.summary).toBe(`/api/a fails even without load: ${cause}.`);
  });

  it('that one user met says so alone, with the cause and what came of it under load', () => {
    const problem = problemOf('broken-route', {
      endpoints: { a: { outcomes: {} } },
      rest: { a: { not_found: 3 } },
      causes: ['status 404'],
    });
    expect(problem?.description).toBe('Load is not the cause: one user met this before the load began.');
    expect(problem?.evidence).toEqual([
      '/api/a: unloaded 3 × not found (404) (status 404); under load no request was counted',
    ]);
    expect(problem?.hypotheses).toEqual([
      {
        statement: 'The route is registered under another path, or not at all.',
        supportedBy: ['it happens with one user: /api/a'],
        contradictedBy: [],
      },
    ]);
    expect(adviceOf(problem)).toEqual([
      'must: Register the route, or correct its path in the endpoint definitions: /api/a.',
    ]);
  });

  it('that nobody met before the load is named by its responses, however many requests got none', () => {
    const run = runOf(oneEndpoint({ client_error: 4, timeout: 9 }));
    const problem = problemOfRun('broken-access', { ...run, atRest: [] });
    expect(problem?.summary).toBe('/api/a fails whatever the load: client error (other 4xx).');
    expect(problem?.evidence).toEqual([
      '/api/a: no unloaded baseline; under load 9 timeout, 4 client error (other 4xx)',
    ]);
    expect(problem?.hypotheses[0]?.supportedBy).toEqual([
      'none of 13 requests succeeded, and every response was of this kind',
    ]);
  });

  it('is told by the responses under load where a used up limit is all that one user met', () => {
    const problem = problemOf('broken-route', {
      endpoints: { a: { outcomes: { not_found: 50 }, rateLimit: RATE_LIMIT } },
      rest: { a: { rate_limited: 3 } },
    });
    expect(problem).toMatchObject({
      title: 'A route is not there',
      summary: '/api/a fails whatever the load: not found (404).',
      evidence: ['/api/a: unloaded 3 × rate limited (429); under load 50 not found (404)'],
    });
  });

  it('is none that answered under load: what one user met does not fit that', () => {
    const setting = { endpoints: { a: { outcomes: { ok: 90, server_error: 10 } } }, rest: { a: { client_error: 3 } } };
    expect(problemOf('broken-access', setting)).toBeUndefined();
    expect(problemOf('not-ok-at-rest', setting)).toMatchObject({ area: 'measurement', endpoints: ['a'] });
    expect(problemOf('not-ok-at-rest', oneEndpoint({ ok: 9 }))).toBeUndefined();
  });

  it('is not one that one user could use and the load got nothing but 404 from: load has to do with it', () => {
    const setting = oneEndpoint({ not_found: 500 });
    expect(idsOf(setting)).toEqual(['low-success', 'wrong-status']);
    expect(problemOf('wrong-status', setting)?.hypotheses[0]?.supportedBy).toEqual([
      'with one user, these are right: /api/a',
    ]);
  });
});

describe('broken endpoints', () => {
  it('of one kind are one finding; one user met all of them, or not', () => {
    const endpoints = { a: { outcomes: { not_found: 9 } }, b: { outcomes: { not_found: 9 } } };
    const both = problemOf('broken-route', { endpoints, rest: { a: { not_found: 3 }, b: { not_found: 3 } } });
    expect(both).toMatchObject({ endpoints: ['a', 'b'], impact: 'high' });
    expect(both?.summary).toBe('/api/a and /api/b fail even without load: not found (404).');
    const one = problemOf('broken-route', { endpoints, rest: { a: { not_found: 3 }, b: {} } });
    expect(one?.summary).toBe('/api/a and /api/b fail whatever the load: not found (404).');
    expect(one?.description).toBe(
      'Load is not the cause: one user met this before the load began, or every response that came was of this kind.',
    );
  });

  it('of different kinds are different findings', () => {
    expect(
      idsOf({
        endpoints: { a: { outcomes: { not_found: 9 } }, b: { outcomes: { client_error: 9 } } },
        rest: { a: { not_found: 3 }, b: { client_error: 3 } },
      }).slice(0, 2),
    ).toEqual(['broken-route', 'broken-access']);
  });

  it.each<[readonly string[], string, string]>([
    [['a'], 'medium', 'correctness'],
    [['a', 'b'], 'high', 'correctness'],
    [['readiness'], 'high', 'monitoring'],
    [['ping', 'b'], 'high', 'correctness'],
  ])('%j have the impact and put at stake: %s, %s', (ids, impact, area) => {
    expect(notThere(...ids)).toMatchObject({ impact, area });
  });

  it.each([
    ['health', true],
    ['healthz', true],
    ['health_check', true],
    ['HealthCheck', true],
    ['readiness', true],
    ['readyz', true],
    ['liveness', true],
    ['live', true],
    ['ping', true],
    ['shipping', false],
    ['delivery', false],
    ['already', false],
  ])('/api/%s hides from monitoring, as a health check: %s', (id, isHealth) => {
    const problem = notThere(id);
    expect(problem?.area).toBe(isHealth ? 'monitoring' : 'correctness');
    expect(problem?.description.includes('monitoring cannot see')).toBe(isHealth);
    expect(urgenciesOf(problem)).toEqual(isHealth ? ['must', 'should'] : ['must']);
  });
});
