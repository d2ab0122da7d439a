import { describe, expect, it } from 'vitest';
import { A_MINUTE, adviceOf, idsOf, limited, oneEndpoint, problemOf, WELL } from '../../../testing/problems.ts';

describe('too few successes', () => {
  it.each([
    [101, 'medium', 'medium'],
    [500, 'medium', 'medium'],
    [501, 'high', 'high'],
    [5000, 'high', 'high'],
    [5001, 'critical', 'high'],
  ])('for %i failures in 10,000 requests are %s, with an impact that is %s', (not_found, severity, impact) => {
    expect(problemOf('low-success', oneEndpoint({ ok: 10_000 - not_found, not_found }))).toMatchObject({
      severity,
      impact,
      area: 'availability',
    });
  });

  it('begin below 99 %', () => {
    expect(problemOf('low-success', oneEndpoint({ ok: 9900, not_found: 100 }))).toBeUndefined();
  });

  it('are judged by the usual share where no threshold is set', () => {
    const share = (ok: number) => problemOf('low-success', oneEndpoint({ ok, timeout: 10_000 - ok }, []));
    expect(share(9900)).toBeUndefined();
    expect(share(9899)?.severity).toBe('medium');
  });

  it('are judged by the threshold on all requests, where there is one', () => {
    const idsFor = (limit: number) => idsOf(oneEndpoint({ ok: 95, timeout: 5 }, [{ metric: 'successShare', limit }]));
    expect(idsFor(0.95)).not.toContain('low-success');
    expect(idsFor(0.951)).toContain('low-success');
  });

  it('leave declared 429s out', () => {
    expect(idsOf({ endpoints: { a: limited({ ok: 60, rate_limited: 9000 }) }, load: A_MINUTE })).toEqual([]);
  });

  it('are not rounded up to what they must be', () => {
    const problem = problemOf('low-success', oneEndpoint({ ok: 98_996, timeout: 1004 }));
    expect(problem?.summary).toBe('Success rate 98.996 % (98,996 of 100,000, expected 429s excluded); required: 99 %.');
  });

  it('are said of all requests too, with each thing that was lost', () => {
    const problem = problemOf('low-success', {
      endpoints: { a: limited({ ok: 60, rate_limited: 100, timeout: 40 }) },
      load: A_MINUTE,
    });
    expect(problem?.description).toMatch(/^Of all 200 requests, 30 % were ok\./);
    expect(problem?.evidence).toEqual([
      '60 ok (30 % of all requests)',
      '100 rate limited (429) (50 % of all requests)',
      '40 timeout (20 % of all requests)',
    ]);
    expect(adviceOf(problem)).toEqual([
      'must: Raise the success rate to at least 99 %; the other findings give the causes.',
    ]);
  });

  it('name the endpoints below it', () => {
    const endpoints = { a: { outcomes: { ok: 5, timeout: 5 } }, b: WELL, c: limited({ ok: 1, rate_limited: 9 }) };
    expect(
      problemOf('low-success', { endpoints, thresholds: [{ metric: 'successShare', limit: 1 }] })?.endpoints,
    ).toEqual(['a']);
  });
});
