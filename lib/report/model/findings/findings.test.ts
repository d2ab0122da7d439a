import { describe, expect, it } from 'vitest';
import type { LoadRecord } from '../../../core/measured.ts';
import type { OutcomeCounts } from '../../../core/outcome.ts';
import { asStored, type RunSummary } from '../../../core/run-summary.ts';
import type { TimelinePoint } from '../../../core/timeline.ts';
import { type EndpointFixture, endpointSummary, measuredRun, runSummary } from '../../fixtures.ts';
import { gatherEvidence } from '../evidence.ts';
import { evidenceOf, idsOf, point, problemOf, problemsOf, type Setting, statementsOf, WELL } from './fixtures.ts';
import { findProblems } from './index.ts';
import { positives } from './positives.ts';

it('nothing is found where nothing is wrong', () => {
  expect(problemsOf({ endpoints: { a: WELL, b: WELL } })).toEqual([]);
});

describe('timeouts', () => {
  const hanging = { outcomes: { ok: 400, timeout: 600 } };

  it.each([
    [1, 'medium'],
    [9, 'medium'],
    [11, 'high'],
    [60, 'critical'],
  ])('of %i in 1,000 requests are %s', (timeout, severity) => {
    const problem = problemOf('timeouts', { endpoints: { a: { outcomes: { ok: 1000 - timeout, timeout } } } });
    expect(problem?.severity).toBe(severity);
    expect(problem?.summary).toContain(`(${timeout} request${timeout === 1 ? '' : 's'}) timed out after 30s`);
    expect(problem?.endpoints).toEqual(['a']);
  });

  it('of endpoints that one user met well point at what all share, or at the handlers when others stay fast', () => {
    const all = problemOf('timeouts', { endpoints: { a: hanging, b: hanging } });
    expect(statementsOf(all)[0]).toMatch(/^Something all requests share runs out/);
    const one = problemOf('timeouts', { endpoints: { a: hanging, b: WELL, c: WELL } });
    expect(statementsOf(one)[0]).toMatch(/^These handlers block/);
    expect(one?.hypotheses[1]?.contradictedBy).toEqual(['these stayed fast beside them: /api/b and /api/c']);
  });

  it('with one user too have nothing to do with load', () => {
    const problem = problemOf('timeouts', {
      endpoints: { a: { outcomes: { timeout: 90 } }, b: WELL },
      rest: { a: { timeout: 1 } },
    });
    expect(statementsOf(problem)).toEqual(['These handlers wait for something that never answers, whatever the load.']);
  });

  it('show code only where the stack is declared', () => {
    const codeOf = (summary: Partial<RunSummary>) =>
      problemOf('timeouts', { endpoints: { a: hanging }, summary })?.recommendations.flatMap(({ code }) => code ?? []);
    expect(codeOf({})).toEqual([]);
    expect(codeOf({ system: { stack: 'django' } })).toEqual([]);
    expect(codeOf({ system: { stack: 'fastapi' } })).toEqual([
      expect.objectContaining({ language: 'python', text: expect.stringContaining('asyncio.wait_for') }),
    ]);
  });
});

describe('a service that does not accept connections', () => {
  const endpoints = { a: { outcomes: { ok: 500, refused: 400, reset: 10 } }, b: WELL };

  it('is a critical finding, and never called stable', () => {
    const problem = problemOf('not-accepting', { endpoints });
    expect(problem).toMatchObject({ severity: 'critical', area: 'availability', endpoints: ['a'] });
    expect(problem?.summary).toContain('400 connections refused, 10 connections reset');
    expect(JSON.stringify(findProblems(evidenceOf({ endpoints })))).not.toMatch(/stable|responsive/);
    expect(positives(evidenceOf({ endpoints })).map(({ id }) => id)).not.toContain('stayed-up');
  });

  it('died where no reply came after the first refusal', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 500 }), point(2, { ok: 10, refused: 5 }), point(3, { refused: 395, reset: 10 })],
    });
    expect(problem?.evidence).toContain('sustained: the first was seen 2s into the load, and no reply came after 2s');
    expect(statementsOf(problem)[0]).toMatch(/^The server process died/);
  });

  it('was started again where replies came again', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 250 }), point(2, { refused: 400, reset: 10 }), point(3, { ok: 250 })],
    });
    expect(statementsOf(problem)[0]).toMatch(/was restarted/);
    expect(statementsOf(problem).join()).not.toContain('died');
  });

  it('limits connections where it only resets some', () => {
    const problem = problemOf('not-accepting', { endpoints: { a: { outcomes: { ok: 999, reset: 1 } } } });
    expect(problem).toMatchObject({ severity: 'high', title: 'The service broke connections' });
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^A limit on connections/)]);
  });
});

describe('breakage at rest', () => {
  it.each<[string, OutcomeCounts, string]>([
    ['status 404', { not_found: 3 }, 'broken-route'],
    ['status 401', { client_error: 3 }, 'broken-access'],
    ['status 302', { unexpected_status: 3 }, 'broken-redirect'],
    ['status 503', { server_error: 3 }, 'broken-other'],
  ])('%s is a finding of its own, and leads', (cause, rest, id) => {
    const endpoints = { a: { outcomes: rest }, b: { outcomes: { ok: 1, timeout: 999 } } };
    const [first] = problemsOf({ endpoints, rest: { a: rest }, causes: [cause] });
    expect(first).toMatchObject({ id, severity: 'critical', endpoints: ['a'] });
    expect(first?.summary).toBe(`/api/a is broken with a single user already: ${cause}.`);
  });

  it('of a health check blinds monitoring', () => {
    const problem = problemOf('broken-route', {
      endpoints: { health: { outcomes: { not_found: 9 } } },
      rest: { health: { not_found: 3 } },
    });
    expect(problem).toMatchObject({ area: 'monitoring', impact: 'high' });
  });

  it('is seen without requests at rest too, where every reply is of the kind', () => {
    const evidence = gatherEvidence([
      asStored(
        runSummary(measuredRun([endpointSummary('a', { outcomes: { not_found: 9, timeout: 4 } })], { atRest: [] })),
      ),
    ]);
    expect(findProblems(evidence)[0]).toMatchObject({
      id: 'broken-route',
      summary: '/api/a is broken whatever the load: not found (404).',
    });
  });
});

describe('rate limiting', () => {
  const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  const load = { windowSeconds: 59 };
  const limited = (outcomes: OutcomeCounts, withoutRetryAfter?: number): EndpointFixture => ({
    outcomes,
    rateLimit,
    ...(withoutRetryAfter === undefined ? {} : { limitedWithoutRetryAfter: withoutRetryAfter }),
  });

  it('that works is a positive finding and no problem', () => {
    const setting = { endpoints: { a: limited({ ok: 60, rate_limited: 440 }) }, load };
    expect(idsOf(setting)).toEqual([]);
    expect(positives(evidenceOf(setting))[0]).toMatchObject({
      id: 'rate-limits-enforced',
      summary: '1 declared rate limit held (440 replies with 429).',
    });
  });

  it.each<[string, EndpointFixture, string]>([
    ['not enforced', limited({ ok: 500 }), 'rate-limit-not-enforced'],
    ['too strict', limited({ ok: 20, rate_limited: 480 }), 'rate-limit-too-strict'],
    ['not declared', { outcomes: { ok: 60, rate_limited: 440 } }, 'rate-limit-undeclared'],
    ['without Retry-After', limited({ ok: 60, rate_limited: 440 }, 440), 'retry-after-missing'],
  ])('%s is found', (_case, fixture, id) => {
    expect(idsOf({ endpoints: { a: fixture }, load })).toContain(id);
  });

  it('without Retry-After on some replies says on how many', () => {
    const problem = problemOf('retry-after-missing', {
      endpoints: { a: limited({ ok: 60, rate_limited: 440 }, 7) },
      load,
    });
    expect(problem?.summary).toBe('7 of 440 replies with 429 had no usable Retry-After.');
  });
});

describe('server errors', () => {
  it.each([
    [9, 'high'],
    [10, 'critical'],
  ])('%i in 1,000 are %s', (server_error, severity) => {
    const setting = { endpoints: { a: { outcomes: { ok: 1000 - server_error, server_error } } } };
    expect(problemOf('server-errors', setting)?.severity).toBe(severity);
  });

  it('under load alone point at concurrency, with one user too at the handler', () => {
    const endpoints = { a: { outcomes: { ok: 900, server_error: 100 } } };
    expect(statementsOf(problemOf('server-errors', { endpoints }))[0]).toMatch(/gives way under concurrent/);
    const atRestToo = problemOf('server-errors', { endpoints, rest: { a: { ok: 1, server_error: 2 } } });
    expect(statementsOf(atRestToo)[0]).toMatch(/^A fault in the handler/);
  });

  it('of endpoints that rate limit alone may be the limiter', () => {
    const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
    const problem = problemOf('server-errors', {
      endpoints: { a: { outcomes: { ok: 50, rate_limited: 400, server_error: 50 }, rateLimit }, b: WELL },
    });
    expect(statementsOf(problem).join()).toContain('The limiter itself fails');
  });
});

describe('slow replies', () => {
  const slow = (okMedianMs: number): EndpointFixture => ({ outcomes: { ok: 1000 }, okMedianMs });

  it('are found by their budget, with how far they are from it', () => {
    // The p95 of the fixture is 2.33 times its median.
    expect(idsOf({ endpoints: { a: slow(214) } })).toEqual([]);
    const problem = problemOf('slow', { endpoints: { a: slow(220), b: WELL } });
    expect(problem).toMatchObject({ severity: 'medium', endpoints: ['a'] });
    expect(problemOf('slow', { endpoints: { a: slow(500), b: WELL } })?.severity).toBe('high');
  });

  it('queue for something where one user waits much less', () => {
    expect(statementsOf(problemOf('slow', { endpoints: { a: slow(300) } }))[0]).toMatch(/^Requests queue/);
  });

  it('in a closed model come with a warning that the load was less', () => {
    expect(problemOf('slow', { endpoints: { a: slow(300) } })?.description).toContain('In a closed model');
  });
});

describe('too few successes', () => {
  const withFailures = (not_found: number) => ({
    endpoints: { a: { outcomes: { ok: 10_000 - not_found, not_found } } },
  });

  it.each([
    [100, undefined],
    [101, 'medium'],
    [501, 'high'],
    [5001, 'critical'],
  ])('%i failures in 10,000 requests are %s', (failures, severity) => {
    expect(problemOf('low-success', withFailures(failures))?.severity).toBe(severity);
  });

  it('leave declared 429s out', () => {
    const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
    const endpoints = { a: { outcomes: { ok: 60, rate_limited: 9000 }, rateLimit } };
    expect(idsOf({ endpoints, load: { windowSeconds: 59 } })).toEqual([]);
  });
});

describe('drift', () => {
  const steady = (p95: (i: number) => number, users: (i: number) => number = () => 50) =>
    Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 100 }, p95(i), users(i)));
  const noise = (i: number) => 50 + ((i * 7919) % 23);

  it('is found where p95 rises while the users stay', () => {
    const problem = problemOf('drift-latency', { endpoints: { a: WELL }, points: steady((i) => 50 + 10 * i) });
    expect(problem).toMatchObject({ severity: 'high', area: 'capacity' });
    expect(problem?.summary).toContain('went from 80.0 ms to 240 ms');
  });

  it.each<[string, TimelinePoint[]]>([
    ['it only varies', steady(noise)],
    [
      'it rises with the users',
      steady(
        (i) => 50 + 10 * i,
        (i) => 2 * (i + 1),
      ),
    ],
    ['it falls', steady((i) => 500 - 10 * i)],
    ['the rise is not felt', steady((i) => 1 + i / 10)],
    ['the run is short', steady((i) => 50 + 10 * i).slice(0, 11)],
  ])('is not found where %s', (_case, points) => {
    expect(idsOf({ endpoints: { a: WELL }, points })).toEqual([]);
  });

  it('is found where more and more requests fail', () => {
    const points = Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 100 - 2 * i, timeout: 2 * i }));
    expect(idsOf({ endpoints: { a: WELL }, points })).toEqual(['drift-failures']);
  });
});

describe('a load that was not valid', () => {
  it.each<[string, Partial<LoadRecord>]>([
    ['dropped iterations', { iterations: { completed: 900, dropped: 100, failed: 0 } }],
    ['too little started', { plannedIterations: 2000, iterations: { completed: 1500, dropped: 0, failed: 0 } }],
    ['exceptions', { iterations: { completed: 1500, dropped: 0, failed: 3 } }],
  ])('is found by %s', (_case, load) => {
    expect(problemOf('load-not-valid', { endpoints: { a: WELL }, load })).toMatchObject({
      severity: 'high',
      area: 'measurement',
    });
  });

  it('may be the fault of a generator without free CPU', () => {
    const host = { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: 2, memoryBytes: 1, cpuBusyShare: 0.81 };
    const problem = problemOf('load-not-valid', { endpoints: { a: WELL }, summary: { host } });
    expect(problem).toMatchObject({ severity: 'medium', title: 'The generator may have been the limit' });
    expect(idsOf({ endpoints: { a: WELL }, summary: { host: { ...host, cpuBusyShare: 0.8 } } })).toEqual([]);
  });
});

describe('other replies', () => {
  it.each<[string, OutcomeCounts]>([
    ['wrong-content', { ok: 990, check_failed: 10 }],
    ['wrong-status', { ok: 990, client_error: 10 }],
    ['unreachable-dns', { dns: 10, ok: 990 }],
    ['unreachable-tls', { tls: 1000 }],
    ['unreachable-other-error', { other_error: 10, ok: 990 }],
    ['cause-not-recorded', { unclassified: 10, ok: 990 }],
  ])('%s is found', (id, outcomes) => {
    expect(idsOf({ endpoints: { a: { outcomes } } })).toContain(id);
  });

  it('a long tail is found where the slowest percent is far from the median', () => {
    const { latencyMs, ...rest } = endpointSummary('a', WELL);
    const ok = { ...latencyMs.ok, p50: 20, p99: 200 };
    const withTail = (changes: object) =>
      findProblems(
        gatherEvidence([
          asStored(runSummary(measuredRun([{ ...rest, latencyMs: { ...latencyMs, ok: { ...ok, ...changes } } }]))),
        ]),
      ).map(({ id }) => id);
    expect(withTail({})).toContain('long-tail');
    expect(withTail({ p99: 199 })).not.toContain('long-tail');
    expect(withTail({ p50: 5, p99: 99 })).not.toContain('long-tail');
    expect(withTail({ count: 199 })).not.toContain('long-tail');
  });
});

it('positive findings need every request to be answered', () => {
  const idsOfPositives = (setting: Setting) => positives(evidenceOf(setting)).map(({ id }) => id);
  expect(idsOfPositives({ endpoints: { a: WELL } })).toEqual(['stayed-up', 'fast-endpoints', 'all-succeeded']);
  expect(idsOfPositives({ endpoints: { a: { outcomes: { ok: 999, timeout: 1 } } } })).toEqual(['fast-endpoints']);
  expect(idsOfPositives({ endpoints: { a: { outcomes: {} } } })).toEqual([]);
});
