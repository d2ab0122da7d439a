import { describe, expect, it } from 'vitest';
import type { LoadRecord } from '../../../core/measured.ts';
import type { OutcomeCounts } from '../../../core/outcome.ts';
import { type EndpointFixture, LINUX_HOST } from '../../fixtures.ts';
import { gatherEvidence, type RunEvidence } from '../evidence.ts';
import {
  evidenceOf,
  idsOf,
  point,
  problemOf,
  problemsOf,
  runOf,
  type Setting,
  statementsOf,
  WELL,
} from './fixtures.ts';
import { findProblems } from './index.ts';
import { positives } from './positives.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
const A_MINUTE = { windowSeconds: 59 };
const limited = (outcomes: OutcomeCounts): EndpointFixture => ({ outcomes, rateLimit: RATE_LIMIT });
const positivesOf = (...settings: readonly Setting[]) => positives(evidenceOf(...settings));

it('problems stand by severity, and among equals what is broken anyway comes first', () => {
  const problems = problemsOf({
    endpoints: {
      route: { outcomes: { not_found: 50 } },
      dying: { outcomes: { ok: 500, refused: 400 } },
      limited: { outcomes: { ok: 990, rate_limited: 10 } },
      tail: { outcomes: { ok: 990, check_failed: 1 } },
    },
    rest: { route: { not_found: 3 } },
  });
  expect(problems.map(({ id, severity }) => [id, severity])).toEqual([
    ['broken-route', 'critical'],
    ['not-accepting', 'critical'],
    ['rate-limit-undeclared', 'high'],
    ['low-success', 'high'],
    ['wrong-content', 'medium'],
  ]);
});

describe('timeouts', () => {
  it('name the endpoints that gave hardly any other answer', () => {
    const problem = problemOf('timeouts', {
      endpoints: { hung: { outcomes: { ok: 9, timeout: 91 } }, some: { outcomes: { ok: 10, timeout: 90 } }, c: WELL },
    });
    expect(problem?.description).toBe('1 endpoint gave hardly any other answer: /api/hung.');
    expect(problem?.endpoints).toEqual(['hung', 'some']);
    expect(problem?.impact).toBe('high');
  });

  it('beside refused connections speak the more for something that all share', () => {
    const problem = problemOf('timeouts', {
      endpoints: { a: { outcomes: { ok: 9, timeout: 5, refused: 3 } }, b: { outcomes: { ok: 9, timeout: 5 } } },
    });
    expect(problem?.hypotheses[0]?.supportedBy).toEqual([
      'with one user, these answer: /api/b and /api/a',
      '2 endpoints time out, not one',
      '3 connections refused or reset in the same test',
    ]);
  });

  it('say after which times', () => {
    const hanging = (timeoutMs: number) => ({ outcomes: { ok: 50, timeout: 50 }, timeoutMs });
    expect(problemOf('timeouts', { endpoints: { a: hanging(30_000), b: hanging(500) } })?.summary).toBe(
      '50 % of all requests (100 requests) timed out after 500ms and 30s.',
    );
  });
});

describe('an endpoint that one user could use', () => {
  it('and that the load got nothing but 404 from is no broken route: load has to do with it', () => {
    const setting = { endpoints: { a: { outcomes: { not_found: 500 } } } };
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
    expect(both?.summary).toBe('/api/a and /api/b are broken with a single user already: not found (404).');
    const one = problemOf('broken-route', { endpoints, rest: { a: { not_found: 3 }, b: {} } });
    expect(one?.summary).toBe('/api/a and /api/b are broken whatever the load: not found (404).');
    expect(one?.description).toBe(
      'Load has nothing to do with it: one user met this before the load began, or every reply that came was of this kind.',
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

  it('that answered under load have that against them', () => {
    const problem = problemOf('broken-other', {
      endpoints: { a: { outcomes: { ok: 90, server_error: 10 } } },
      rest: { a: { server_error: 3 } },
    });
    expect(problem?.hypotheses[0]?.contradictedBy).toEqual(['90 replies under load are ok']);
  });
});

describe('a service that does not accept connections', () => {
  it('was never there where one user was refused already', () => {
    const problem = problemOf('not-accepting', {
      endpoints: { a: { outcomes: { refused: 50 } } },
      rest: { a: { refused: 3 } },
      points: [point(1, { refused: 25 }), point(2, { refused: 25 })],
    });
    expect(statementsOf(problem)).toContain('Nothing listens at this address and port.');
    expect(problem?.evidence).toContain('sustained: the first was seen 1s into the load, and no reply ever came');
    expect(problem?.evidence).toContain('sustained: all 50 requests were refused');
  });

  it('is not said to have died for a reset as the load ended', () => {
    const problem = problemOf('not-accepting', {
      endpoints: { a: { outcomes: { ok: 999, reset: 1 } } },
      points: [point(1, { ok: 500 }), point(2, { ok: 499, reset: 1 })],
    });
    expect(statementsOf(problem).join()).not.toContain('died');
    expect(problem?.evidence).toContain(
      'sustained: the first was seen 2s into the load, when nothing was sent after it',
    );
  });

  it.each([
    [9, 'high'],
    [10, 'critical'],
  ])('%i resets in 1,000 are %s', (reset, severity) => {
    const setting = { endpoints: { a: { outcomes: { ok: 1000 - reset, reset } } } };
    expect(problemOf('not-accepting', setting)?.severity).toBe(severity);
  });

  it('is in no positive finding, whatever its thresholds allow', () => {
    const endpoints = { a: { outcomes: { ok: 99_999, refused: 1 } } };
    for (const thresholds of [[], [{ metric: 'okP95Ms', limit: 500, endpoint: 'a' } as const]]) {
      expect(positivesOf({ endpoints, thresholds })).toEqual([]);
      expect(problemOf('not-accepting', { endpoints, thresholds })?.severity).toBe('critical');
    }
  });
});

describe('requests that never reached the service', () => {
  it.each([
    [9, 'high'],
    [10, 'critical'],
  ])('%i in 1,000 are %s', (dns, severity) => {
    expect(problemOf('unreachable-dns', { endpoints: { a: { outcomes: { ok: 1000 - dns, dns } } } })?.severity).toBe(
      severity,
    );
  });

  it('fail with one user too, or give way under load', () => {
    const always = problemOf('unreachable-tls', {
      endpoints: { a: { outcomes: { tls: 9 } } },
      rest: { a: { tls: 3 } },
      causes: ['x509: expired'],
    });
    expect(statementsOf(always)).toEqual([expect.stringMatching(/^The certificate/)]);
    expect(always?.evidence).toContain('seen at rest: x509: expired');
    const some = problemOf('unreachable-tls', { endpoints: { a: { outcomes: { ok: 9, tls: 1 } } } });
    expect(statementsOf(some)[0]).toBe('It gives way under this load.');
  });
});

describe('wrong replies', () => {
  it.each<[string, OutcomeCounts, string]>([
    ['wrong-content', { ok: 991, check_failed: 9 }, 'medium'],
    ['wrong-content', { ok: 990, check_failed: 10 }, 'high'],
    ['wrong-status', { ok: 991, not_found: 3, client_error: 3, unexpected_status: 3 }, 'medium'],
    ['wrong-status', { ok: 990, not_found: 4, client_error: 3, unexpected_status: 3 }, 'high'],
  ])('%s of %j are %s', (id, outcomes, severity) => {
    expect(problemOf(id, { endpoints: { a: { outcomes } } })?.severity).toBe(severity);
  });

  it('do not count those of an endpoint that is broken anyway', () => {
    const endpoints = { a: { outcomes: { ok: 9, not_found: 1 } }, b: { outcomes: { not_found: 50 } } };
    const problem = problemOf('wrong-status', { endpoints, rest: { b: { not_found: 3 } } });
    expect(problem?.endpoints).toEqual(['a']);
    expect(problem?.summary).toMatch(/^1 reply /);
  });
});

describe('rate limiting', () => {
  const notEnforced = (outcomes: OutcomeCounts) =>
    problemOf('rate-limit-not-enforced', { endpoints: { a: limited(outcomes) }, load: A_MINUTE });

  it('not enforced is said with its numbers, and why by whether any 429 came', () => {
    const never = notEnforced({ ok: 1500 });
    expect(never?.evidence).toEqual(['/api/a: 1,500 accepted, at most 60 fit 60 per 1m; 0 replies with 429']);
    expect(statementsOf(never)).toEqual(['No limiter stands before these routes.']);
    expect(statementsOf(notEnforced({ ok: 240, rate_limited: 9 }))).toEqual([
      expect.stringMatching(/^Each worker/),
      expect.stringMatching(/^The limit is declared wrongly/),
    ]);
  });

  it('undeclared is no finding where the source knows nothing of limits', () => {
    const run = runOf({ endpoints: { a: { outcomes: { ok: 60, rate_limited: 40 } } } });
    const foreign = { ...run, endpoints: run.endpoints.map(({ method: _, ...endpoint }) => endpoint) };
    const isFound = (each: RunEvidence) =>
      findProblems(gatherEvidence([each])).some(({ id }) => id === 'rate-limit-undeclared');
    expect([isFound(run), isFound(foreign)]).toEqual([true, false]);
  });
});

describe('slow replies', () => {
  // The p95 of the fixture is 2.33 times its median.
  const slow = (okMedianMs: number, ok = 1000): EndpointFixture => ({ outcomes: { ok }, okMedianMs });

  it('just over their budget are not said to be at it', () => {
    const setting = { endpoints: { a: slow(214.71) } };
    const actual = evidenceOf(setting).endpoints[0]?.thresholds.find(({ metric }) => metric === 'okP95Ms')?.actual ?? 0;
    expect(actual).toBeGreaterThan(500);
    expect(actual).toBeLessThan(500.5);
    expect(problemOf('slow', setting)?.evidence[0]).toContain(`p95 ${actual} ms against 500 ms`);
  });

  it('of one run of several are measured in that run, not in all together', () => {
    const problem = problemOf('slow', { endpoints: { a: slow(430, 50) } }, { endpoints: { a: slow(5, 100_000) } });
    expect(problem?.severity).toBe('high');
    expect(problem?.summary).toMatch(/^1 endpoint of 1 is over the p95 budget, the worst 2\.0× of it/);
  });

  it('of all together alone name the run', () => {
    const thresholds = [{ metric: 'okP95Ms', limit: 100 } as const];
    const slowRun = { endpoints: { a: slow(100) }, thresholds, summary: { scenario: 'y' } };
    const problem = problemOf('slow', { endpoints: { a: slow(5) }, thresholds, summary: { scenario: 'x' } }, slowRun);
    expect(problem?.summary).toMatch(/^p95 of all ok replies is 2\d\d ms in y, 2\.3× of its budget\.$/);
    expect(problem?.evidence).toEqual([
      expect.stringMatching(/^all endpoints together in y: p95 2\d\d ms against 100 ms$/),
    ]);
    expect(problem?.endpoints).toEqual([]);
  });

  it('with one user too are the work itself, and code is shown where the stack is declared', () => {
    const setting: Setting = { endpoints: { a: slow(600) }, okMs: { a: [550, 560, 570] } };
    expect(statementsOf(problemOf('slow', setting))[0]).toMatch(/^The work itself takes so long/);
    const codesOf = (stack: string) =>
      problemOf('slow', { ...setting, summary: { system: { stack } } })?.recommendations.flatMap(
        ({ code }) => code ?? [],
      );
    expect(codesOf('fastapi')).toHaveLength(1);
    expect(codesOf('express')).toEqual([]);
  });

  it('in an open model come without the warning that the load was less', () => {
    const arrivals = { kind: 'constant-arrivals', ratePerSecond: 5, durationSeconds: 9, expectedLatencyMs: 9 } as const;
    const problem = problemOf('slow', { endpoints: { a: slow(600) }, load: { model: 'open', plan: { arrivals } } });
    expect(problem?.description).not.toContain('closed model');
  });
});

describe('too few successes', () => {
  it('are not rounded up to what they must be', () => {
    const problem = problemOf('low-success', { endpoints: { a: { outcomes: { ok: 98_996, timeout: 1004 } } } });
    expect(problem?.summary).toBe(
      '98.996 % of the requests that were not rate limited as declared succeeded (98,996 of 100,000), less than the 99 % they must.',
    );
  });

  it('are judged by the threshold on all requests, where there is one', () => {
    const of = (limit: number) => ({
      endpoints: { a: { outcomes: { ok: 95, timeout: 5 } } },
      thresholds: [{ metric: 'successShare', limit } as const],
    });
    expect(idsOf(of(0.95))).not.toContain('low-success');
    expect(idsOf(of(0.951))).toContain('low-success');
  });

  it('name the endpoints below it', () => {
    const endpoints = { a: { outcomes: { ok: 5, timeout: 5 } }, b: WELL, c: limited({ ok: 1, rate_limited: 9 }) };
    expect(
      problemOf('low-success', { endpoints, thresholds: [{ metric: 'successShare', limit: 1 }] })?.endpoints,
    ).toEqual(['a']);
  });
});

describe('a load that was not valid', () => {
  const problemWith = (load: Partial<LoadRecord>, cpuBusyShare?: number) =>
    problemOf('load-not-valid', {
      endpoints: { a: WELL },
      load,
      summary: { host: { ...LINUX_HOST, ...(cpuBusyShare === undefined ? {} : { cpuBusyShare }) } },
    });
  const done = (completed: number, dropped = 0) => ({ iterations: { completed, dropped, failed: 0 } });

  it.each<[string, Partial<LoadRecord>, boolean]>([
    ['fixed work, all of it', { ...done(2500), plannedIterations: 2500 }, false],
    ['fixed work, all but one', { ...done(2499), plannedIterations: 2500 }, true],
    ['arrivals, 98 %', { ...done(980), plannedIterations: 1000, model: 'open' }, false],
    ['arrivals, less', { ...done(979), plannedIterations: 1000, model: 'open' }, true],
    ['dropped, 1 %', done(990, 10), false],
    ['dropped, more', done(989, 11), true],
    ['fixed work that a crossed threshold ended', { ...done(100), plannedIterations: 2500, endedEarly: true }, false],
  ])('%s: %s', (_case, load, isFound) => {
    expect(problemWith(load) !== undefined).toBe(isFound);
  });

  it('says first what the load lacks', () => {
    expect(problemWith({ ...done(2499), plannedIterations: 2500 })?.summary).toBe(
      'sustained: 2,499 of 2,500 planned iterations completed.',
    );
    expect(problemWith(done(900, 100))?.summary).toBe('sustained: 100 planned iterations dropped (10 %).');
  });

  it('is the fault of a busy generator, and of a free one it is not', () => {
    expect(statementsOf(problemWith(done(900, 100), 0.95))).toEqual(['The generator ran out of CPU.']);
    expect(statementsOf(problemWith(done(900, 100), 0.2))).toEqual([]);
  });

  it('is the fault of a service that keeps every user waiting', () => {
    const problem = problemOf('load-not-valid', {
      endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs: 900 } },
      load: done(900, 100),
    });
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^The service was so slow/)]);
  });
});

describe('positive findings', () => {
  it.each(['refused', 'reset', 'dns', 'tls', 'other_error', 'unclassified', 'timeout', 'server_error'] as const)(
    'say of no service that it stayed up where one request ended in %s',
    (outcome) => {
      const ids = positivesOf({ endpoints: { a: { outcomes: { ok: 99_999, [outcome]: 1 } } } }).map(({ id }) => id);
      expect(ids).not.toContain('stayed-up');
      expect(ids).not.toContain('all-succeeded');
    },
  );

  it('count endpoints within their budget that answer as they should', () => {
    const [fast] = positivesOf({
      endpoints: {
        a: WELL,
        slow: { outcomes: { ok: 1000 }, okMedianMs: 400 },
        failing: { outcomes: { ok: 50, timeout: 50 } },
        limited: limited({ ok: 60, rate_limited: 5 }),
      },
      load: A_MINUTE,
    }).filter(({ id }) => id === 'fast-endpoints');
    expect(fast?.endpoints).toEqual(['a', 'limited']);
    expect(fast?.summary).toMatch(/^2 of 4 endpoints /);
  });

  it('call no endpoint fast that has no budget', () => {
    expect(positivesOf({ endpoints: { a: WELL }, thresholds: [] }).map(({ id }) => id)).toEqual([
      'stayed-up',
      'all-succeeded',
    ]);
  });

  it('name only endpoints that were asked', () => {
    const all = positivesOf({ endpoints: { a: WELL, b: { outcomes: {} } } }).find(({ id }) => id === 'all-succeeded');
    expect(all?.evidence).toEqual(['1,000 of 1,000 ok, on /api/a']);
  });

  it('leave declared 429 replies out of what must succeed, and no others', () => {
    const all = (fixture: EndpointFixture) =>
      positivesOf({ endpoints: { a: fixture }, load: A_MINUTE }).some(({ id }) => id === 'all-succeeded');
    expect(all(limited({ ok: 50, rate_limited: 5 }))).toBe(true);
    expect(all({ outcomes: { ok: 50, rate_limited: 5 } })).toBe(false);
    expect(all(limited({ rate_limited: 5 }))).toBe(false);
  });
});
