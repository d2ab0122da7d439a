import { describe, expect, it } from 'vitest';
import {
  adviceOf,
  evidenceFor,
  limited,
  oneEndpoint,
  problemOf,
  RATE_LIMIT,
  statementsOf,
  WELL,
} from '../../../testing/problems.ts';
import type { EndpointFixture } from '../../../testing/runs.ts';

describe('server errors', () => {
  const failing: EndpointFixture = { outcomes: { ok: 900, server_error: 100 } };
  const limitedAndFailing = limited({ ok: 50, rate_limited: 400, server_error: 50 });

  it.each([
    [9, 'high', 'medium'],
    [10, 'critical', 'high'],
  ])('of %i in 1,000 requests are %s, with an impact that is %s', (server_error, severity, impact) => {
    expect(problemOf('server-errors', oneEndpoint({ ok: 1000 - server_error, server_error }))).toMatchObject({
      severity,
      impact,
      area: 'availability',
    });
  });

  it('under load alone point at concurrency, with one user too at the handler', () => {
    const endpoints = { a: failing };
    expect(statementsOf(problemOf('server-errors', { endpoints }))[0]).toMatch(/fails under concurrent/);
    const atRestToo = problemOf('server-errors', { endpoints, rest: { a: { ok: 1, server_error: 2 } } });
    expect(statementsOf(atRestToo)[0]).toMatch(/^A fault in the handler/);
  });

  it('met with one user at one endpoint, and not at the other', () => {
    const setting = { endpoints: { a: failing, b: failing }, rest: { a: { server_error: 3 } }, causes: ['status 500'] };
    const problem = problemOf('server-errors', setting);
    expect(evidenceFor(problem, 'A fault in the handler')).toEqual([
      ['it happens with one user too: /api/a'],
      ['with one user, these answer: /api/b'],
    ]);
    expect(evidenceFor(problem, 'Something fails')).toEqual([
      ['with one user, these answer: /api/b'],
      ['it happens with one user too: /api/a'],
    ]);
    expect(problem?.summary).toBe('200 responses of class 5xx (10 % of all requests), on /api/a and /api/b.');
    expect(problem?.evidence).toEqual([
      '/api/a: 100 server errors in 1,000 requests (10 %); unloaded status 500',
      '/api/b: 100 server errors in 1,000 requests (10 %)',
    ]);
    expect(adviceOf(problem)).toEqual([
      "must: Find the exceptions behind the errors of /api/a and /api/b in the service's log, and repair them.",
    ]);
  });

  it('are the limiter that fails only where no endpoint without a limit is affected', () => {
    const one = problemOf('server-errors', { endpoints: { a: limitedAndFailing, b: WELL } });
    expect(evidenceFor(one, 'The limiter itself fails')).toEqual([
      ['only endpoints that were rate limiting are affected: /api/a'],
      [],
    ]);
    const both = problemOf('server-errors', { endpoints: { a: limitedAndFailing, b: failing } });
    expect(evidenceFor(both, 'The limiter itself fails')).toBeUndefined();
  });

  it('are not the limiter where the limit was not reached', () => {
    const below = problemOf('server-errors', { endpoints: { a: { ...failing, rateLimit: RATE_LIMIT } } });
    expect(evidenceFor(below, 'The limiter itself fails')).toBeUndefined();
  });
});
