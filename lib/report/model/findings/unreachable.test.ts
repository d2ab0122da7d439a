import { describe, expect, it } from 'vitest';
import { adviceOf, evidenceFor, oneEndpoint, problemOf, statementsOf } from '../../../testing/problems.ts';

describe('requests that never reached the service', () => {
  it.each([
    [9, 'high'],
    [10, 'critical'],
  ])('%i in 1,000 are %s', (dns, severity) => {
    expect(problemOf('unreachable-dns', oneEndpoint({ ok: 1000 - dns, dns }))).toMatchObject({
      severity,
      impact: 'high',
      area: 'availability',
    });
  });

  it('are said with the name of the protocol as it is written', () => {
    expect(problemOf('unreachable-tls', oneEndpoint({ ok: 5, tls: 5 }))?.summary).toBe(
      '50 % of all requests (5 requests): the TLS connection fails.',
    );
    expect(problemOf('unreachable-other-error', oneEndpoint({ ok: 5, other_error: 5 }))?.summary).toBe(
      '50 % of all requests (5 requests): requests fail on the way for another reason.',
    );
  });

  it('fail with one user too, or give way under load', () => {
    const always = problemOf('unreachable-tls', {
      endpoints: { a: { outcomes: { tls: 9 } } },
      rest: { a: { tls: 3 } },
      causes: ['x509: expired'],
    });
    expect(statementsOf(always)).toEqual([expect.stringMatching(/^The certificate/)]);
    expect(always?.evidence).toContain('seen without load: x509: expired');
    const some = problemOf('unreachable-tls', oneEndpoint({ ok: 9, tls: 1 }));
    expect(statementsOf(some)[0]).toBe('The service fails under this load.');
  });

  it('with one user too have that for it, and under load alone that others got through', () => {
    const hostName = (setting: Parameters<typeof problemOf>[1]) =>
      evidenceFor(problemOf('unreachable-dns', setting), 'The host name');
    const always = { endpoints: { a: { outcomes: { dns: 9 } } }, rest: { a: { dns: 3 } } };
    expect(hostName(always)).toEqual([['it fails even without load'], []]);
    expect(hostName(oneEndpoint({ dns: 9 }))).toEqual([['it is what k6 reports'], []]);
    expect(hostName(oneEndpoint({ ok: 1, dns: 9 }))).toEqual([
      ['it is what k6 reports'],
      ['other requests got through'],
    ]);
    expect(adviceOf(problemOf('unreachable-dns', always))).toEqual([
      'must: Check the name in BASE_URL from the load generator.',
    ]);
  });
});
