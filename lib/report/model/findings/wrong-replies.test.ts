import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import { adviceOf, oneEndpoint, problemOf, problemOfRun, runOf } from '../../../testing/problems.ts';

describe('wrong responses', () => {
  it.each<[string, OutcomeCounts, string]>([
    ['wrong-content', { ok: 991, check_failed: 9 }, 'medium'],
    ['wrong-content', { ok: 990, check_failed: 10 }, 'high'],
    ['wrong-status', { ok: 991, not_found: 3, client_error: 3, unexpected_status: 3 }, 'medium'],
    ['wrong-status', { ok: 990, not_found: 4, client_error: 3, unexpected_status: 3 }, 'high'],
  ])('%s of %j are %s', (id, outcomes, severity) => {
    expect(problemOf(id, oneEndpoint(outcomes))).toMatchObject({ severity, impact: 'medium', area: 'correctness' });
  });

  it('are said by kind, and one user who got them right speaks for the load', () => {
    const problem = problemOf('wrong-status', oneEndpoint({ ok: 980, not_found: 15, client_error: 5 }));
    expect(problem?.summary).toBe('20 responses (2 % of all requests): some responses have an unexpected status.');
    expect(problem?.evidence).toEqual([
      '/api/a: 5 responses client error (other 4xx) of 1,000 requests',
      '/api/a: 15 responses not found (404) of 1,000 requests',
    ]);
    expect(problem?.hypotheses[0]?.supportedBy).toEqual(['with one user, these are right: /api/a']);
    expect(adviceOf(problem)).toEqual(['must: Find out which requests these are, in the log of the service: /api/a.']);
  });

  it('have no explanation where nobody met the endpoint before', () => {
    const run = runOf(oneEndpoint({ ok: 980, check_failed: 20 }));
    expect(problemOfRun('wrong-content', { ...run, atRest: [] })?.hypotheses).toEqual([]);
  });

  it('do not count those of an endpoint that is broken anyway', () => {
    const endpoints = { a: { outcomes: { ok: 9, not_found: 1 } }, b: { outcomes: { not_found: 50 } } };
    const problem = problemOf('wrong-status', { endpoints, rest: { b: { not_found: 3 } } });
    expect(problem?.endpoints).toEqual(['a']);
    expect(problem?.summary).toMatch(/^1 response /);
  });

  it('no more than there are users, all of them 4xx, are the first ones of each user', () => {
    const statements = (client_error: number) =>
      problemOf('wrong-status', oneEndpoint({ ok: 900, client_error }))?.hypotheses.map(({ statement }) => statement);
    expect(statements(50)?.[0]).toMatch(/^The first request of each user/);
    expect(statements(51)).toEqual([expect.stringMatching(/^Under load the service loses/)]);
  });
});
