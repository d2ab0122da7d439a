import { describe, expect, it } from 'vitest';
import type { LoadRecord } from '../../../core/measured.ts';
import type { OutcomeCounts } from '../../../core/outcome.ts';
import type { RunSummary } from '../../../core/run-summary.ts';
import { type EndpointFixture, LINUX_HOST } from '../../fixtures.ts';
import { gatherEvidence, type RunEvidence } from '../evidence.ts';
import { hypothesis, type Problem, rankHypotheses } from './finding.ts';
import { evidenceOf, point, problemOf, runOf, type Setting, statementsOf, WELL } from './fixtures.ts';
import { findProblems } from './index.ts';
import { positives } from './positives.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

const of = (outcomes: OutcomeCounts): Setting => ({ endpoints: { a: { outcomes } } });

/** The hypothesis that begins like this, with what speaks for and against it. */
function evidenceFor(problem: Problem | undefined, beginning: string): readonly (readonly string[])[] | undefined {
  const found = problem?.hypotheses.find(({ statement }) => statement.startsWith(beginning));
  return found && [found.supportedBy, found.contradictedBy];
}

const advice = (problem: Problem | undefined) =>
  problem?.recommendations.map(({ urgency, text }) => `${urgency}: ${text}`);

function problemOfRun(id: string, run: RunEvidence): Problem | undefined {
  return findProblems(gatherEvidence([run])).find((problem) => problem.id === id);
}

describe('hypotheses stand', () => {
  const guess = hypothesis('guess', { against: ['x'] });
  const weak = hypothesis('weak', { for: ['a', false], against: ['b', undefined] });
  const strong = hypothesis('strong', { for: ['a', 'b', 'c'], against: ['d'] });
  const middle = hypothesis('middle', { for: ['a'] });

  it('by what speaks for them less what speaks against them, and not where nothing speaks for them', () => {
    expect(rankHypotheses([guess, weak, middle, strong]).map(({ statement }) => statement)).toEqual([
      'strong',
      'middle',
      'weak',
    ]);
  });

  it('with the evidence that holds', () => {
    expect(weak).toEqual({ statement: 'weak', supportedBy: ['a'], contradictedBy: ['b'] });
  });
});

describe('timeouts', () => {
  const hanging: EndpointFixture = { outcomes: { ok: 400, timeout: 600 } };

  it('of one endpoint that others stay fast beside', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: WELL } });
    expect(problem?.hypotheses).toEqual([
      {
        statement: 'These handlers block: synchronous work or a slow query that concurrent requests queue for.',
        supportedBy: ['only these are affected, /api/b is not'],
        contradictedBy: [],
      },
      {
        statement: 'Something all requests share runs out under load: workers, threads or a connection pool.',
        supportedBy: ['with one user, these answer: /api/a'],
        contradictedBy: ['these stayed fast beside them: /api/b'],
      },
    ]);
    expect(problem?.evidence).toEqual(['/api/a: 600 timeouts of 1,000 requests (60 %); at rest 12.5 ms']);
    expect(advice(problem)?.[0]).toMatch(/^must: Find out what \/api\/a waits for/);
  });

  it('of all endpoints, the worst first', () => {
    const problem = problemOf('timeouts', { endpoints: { a: { outcomes: { ok: 9, timeout: 1 } }, b: hanging } });
    expect(problem?.endpoints).toEqual(['b', 'a']);
    expect(problem?.description).toBe('2 endpoints are affected, each on a part of its requests.');
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^Something all requests share/)]);
    expect(advice(problem)?.[0]).toMatch(/^must: Find out what \/api\/b and \/api\/a wait for/);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['must', 'must', 'should']);
  });

  it('that one user met as well, at one endpoint of two', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: hanging }, rest: { a: { timeout: 3 } } });
    expect(evidenceFor(problem, 'These handlers wait')).toEqual([
      ['with one user too: /api/a'],
      ['with one user, these answer: /api/b'],
    ]);
    expect(evidenceFor(problem, 'Something all requests share')).toEqual([
      ['with one user, these answer: /api/b', '2 endpoints time out, not one'],
      ['these hang with one user already: /api/a'],
    ]);
  });

  it('leave out an endpoint that got no request, which was spared of nothing', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: { outcomes: {} } } });
    expect(statementsOf(problem).join()).not.toContain('These handlers block');
    expect(problem?.hypotheses[0]?.contradictedBy).toEqual([]);
  });

  it('of an unknown duration are said without it', () => {
    const run = runOf({ endpoints: { a: hanging } });
    const endpoints = run.endpoints.map(({ timeoutMs: _, ...endpoint }) => endpoint);
    expect(problemOfRun('timeouts', { ...run, endpoints, atRest: [] })).toMatchObject({
      summary: '60 % of all requests (600 requests) timed out.',
      evidence: ['/api/a: 600 timeouts of 1,000 requests (60 %)'],
    });
  });
});

describe('server errors', () => {
  const limited: EndpointFixture = { outcomes: { ok: 50, rate_limited: 400, server_error: 50 }, rateLimit: RATE_LIMIT };
  const failing: EndpointFixture = { outcomes: { ok: 900, server_error: 100 } };

  it('met with one user at one endpoint, and not at the other', () => {
    const setting = { endpoints: { a: failing, b: failing }, rest: { a: { server_error: 3 } }, causes: ['status 500'] };
    const problem = problemOf('server-errors', setting);
    expect(evidenceFor(problem, 'A fault in the handler')).toEqual([
      ['it happens with one user too: /api/a'],
      ['with one user, these answer: /api/b'],
    ]);
    expect(evidenceFor(problem, 'Something gives way')).toEqual([
      ['with one user, these answer: /api/b'],
      ['it happens with one user too: /api/a'],
    ]);
    expect(problem?.summary).toBe('200 replies of class 5xx (10 % of all requests), on /api/a and /api/b.');
    expect(problem?.evidence).toEqual([
      '/api/a: 100 server errors in 1,000 requests (10 %); at rest status 500',
      '/api/b: 100 server errors in 1,000 requests (10 %)',
    ]);
    expect(advice(problem)).toEqual([
      "must: Find the exceptions behind the errors of /api/a and /api/b in the service's log, and repair them.",
    ]);
  });

  it('are the limiter only where no endpoint without a limit is affected', () => {
    expect(evidenceFor(problemOf('server-errors', { endpoints: { a: limited, b: WELL } }), 'The limiter')).toEqual([
      ['only endpoints that were rate limiting are affected: /api/a'],
      [],
    ]);
    const both = problemOf('server-errors', { endpoints: { a: limited, b: failing } });
    expect(evidenceFor(both, 'The limiter')).toBeUndefined();
  });

  it('are not the limiter where the limit was not reached', () => {
    const below = problemOf('server-errors', { endpoints: { a: { ...failing, rateLimit: RATE_LIMIT } } });
    expect(evidenceFor(below, 'The limiter')).toBeUndefined();
  });
});

describe('a service that does not accept connections', () => {
  const endpoints = { a: { outcomes: { ok: 500, refused: 400, reset: 10 } } };

  it('that died has all of this for it', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 500 }), point(2, { refused: 200, reset: 10 }), point(3, { refused: 200 })],
    });
    expect(problem?.title).toBe('The service stopped accepting connections');
    expect(problem?.description).toMatch(/^A refused connection means/);
    expect(evidenceFor(problem, 'The server process died')).toEqual([
      [
        'no reply came any more in sustained',
        'it answered a single user before the load',
        'connections that were open broke as well',
      ],
      [],
    ]);
    expect(statementsOf(problem)).toHaveLength(1);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['must', 'must', 'should']);
  });

  it('that came back was restarted, or closed connections', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 250 }), point(2, { refused: 400, reset: 10 }), point(3, { ok: 250 })],
    });
    expect(evidenceFor(problem, 'The server, or a proxy')).toEqual([['replies came again in sustained'], []]);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([
      ['other requests were answered at the same time'],
      [],
    ]);
  });

  it('in one run of two is both, each with the run that shows it', () => {
    const run = (scenario: string, last: OutcomeCounts): Setting => ({
      endpoints,
      points: [point(1, { ok: 9 }), point(2, { refused: 9 }), point(3, last)],
      summary: { scenario, runId: scenario },
    });
    const problem = problemOf('not-accepting', run('gone', { refused: 9 }), run('back', { ok: 9 }));
    expect(evidenceFor(problem, 'The server process died')).toEqual([
      ['no reply came any more in gone'],
      ['replies came again in back'],
    ]);
    expect(evidenceFor(problem, 'The server, or a proxy')).toEqual([
      ['replies came again in back'],
      ['no reply came any more in gone'],
    ]);
  });

  it('that only reset connections has not stopped, and its texts do not say so', () => {
    const problem = problemOf('not-accepting', of({ ok: 999, reset: 1 }));
    expect(problem?.description).toMatch(/^The target accepted connections/);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([['connections were reset, none refused'], []]);
  });

  it('that reset everything from some time on may have died, though nothing was refused', () => {
    const problem = problemOf('not-accepting', {
      ...of({ ok: 500, reset: 500 }),
      points: [point(1, { ok: 500 }), point(2, { reset: 250 }), point(3, { reset: 250 })],
    });
    expect(evidenceFor(problem, 'The server process died')).toEqual([
      ['no reply came any more in sustained'],
      ['no connection was refused'],
    ]);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([
      ['connections were reset, none refused'],
      ['in the end nothing was answered at all'],
    ]);
  });

  it('at rest at one endpoint, while another answered, has that against it', () => {
    const problem = problemOf('not-accepting', {
      endpoints: { a: { outcomes: { refused: 50 } }, b: WELL },
      rest: { a: { refused: 3 } },
    });
    expect(evidenceFor(problem, 'Nothing listens')).toEqual([
      ['refused with one user already: /api/a'],
      ['it answered a single user before the load'],
    ]);
  });
});

describe('broken endpoints', () => {
  it('are told by the replies under load where a used up limit is all that one user met', () => {
    const problem = problemOf('broken-route', {
      endpoints: { a: { outcomes: { not_found: 50 }, rateLimit: RATE_LIMIT } },
      rest: { a: { rate_limited: 3 } },
    });
    expect(problem).toMatchObject({
      title: 'A route is not there',
      summary: '/api/a is broken whatever the load: not found (404).',
      evidence: ['/api/a: at rest 3 × rate limited (429); under load 50 not found (404)'],
    });
  });

  it('are named by their replies, however many requests got none', () => {
    const run = runOf(of({ client_error: 4, timeout: 9 }));
    const problem = problemOfRun('broken-access', { ...run, atRest: [] });
    expect(problem?.summary).toBe('/api/a is broken whatever the load: client error (other 4xx).');
    expect(problem?.evidence).toEqual(['/api/a: not met at rest; under load 9 timeout, 4 client error (other 4xx)']);
    expect(problem?.hypotheses[0]?.supportedBy).toEqual([
      'of 13 requests not one was ok, and every reply was of this kind',
    ]);
  });

  it('that one user met say so alone, with the cause and what came of it under load', () => {
    const problem = problemOf('broken-route', {
      endpoints: { a: { outcomes: {} } },
      rest: { a: { not_found: 3 } },
      causes: ['status 404'],
    });
    expect(problem?.description).toBe('Load has nothing to do with it: one user met this before the load began.');
    expect(problem?.evidence).toEqual([
      '/api/a: at rest 3 × not found (404) (status 404); under load no request was counted',
    ]);
    expect(problem?.hypotheses).toEqual([
      {
        statement: 'The route is registered under another path, or not at all.',
        supportedBy: ['it happens with one user: /api/a'],
        contradictedBy: [],
      },
    ]);
    expect(advice(problem)).toEqual([
      'must: Register the route, or correct its path in the endpoint definitions: /api/a.',
    ]);
  });
});

describe('requests that never reached the service', () => {
  it('are said with the name of the protocol as it is written', () => {
    expect(problemOf('unreachable-tls', of({ ok: 5, tls: 5 }))?.summary).toBe(
      '50 % of all requests (5 requests): the TLS connection fails.',
    );
    expect(problemOf('unreachable-other-error', of({ ok: 5, other_error: 5 }))?.summary).toBe(
      '50 % of all requests (5 requests): requests fail on the way for another reason.',
    );
  });

  it('with one user too have that for it, and under load alone that others got through', () => {
    const always = problemOf('unreachable-dns', {
      endpoints: { a: { outcomes: { dns: 9 } } },
      rest: { a: { dns: 3 } },
    });
    expect(evidenceFor(always, 'The host name')).toEqual([['it fails with one user already'], []]);
    expect(evidenceFor(problemOf('unreachable-dns', of({ dns: 9 })), 'The host name')).toEqual([
      ['it is what k6 reports'],
      [],
    ]);
    expect(evidenceFor(problemOf('unreachable-dns', of({ ok: 1, dns: 9 })), 'The host name')).toEqual([
      ['it is what k6 reports'],
      ['other requests got through'],
    ]);
    expect(advice(always)).toEqual(['must: Check the name in BASE_URL from the machine that makes the load.']);
  });
});

describe('wrong replies', () => {
  it('are said by kind, and one user who got them right speaks for the load', () => {
    const problem = problemOf('wrong-status', of({ ok: 980, not_found: 15, client_error: 5 }));
    expect(problem?.summary).toBe('20 replies (2 % of all requests): some replies have a status nobody expects.');
    expect(problem?.evidence).toEqual([
      '/api/a: 5 replies client error (other 4xx) of 1,000 requests',
      '/api/a: 15 replies not found (404) of 1,000 requests',
    ]);
    expect(problem?.hypotheses[0]?.supportedBy).toEqual(['with one user, these are right: /api/a']);
    expect(advice(problem)).toEqual(['must: Find out which requests these are, in the log of the service: /api/a.']);
  });

  it('have no explanation where nobody met the endpoint before', () => {
    const run = runOf(of({ ok: 980, check_failed: 20 }));
    expect(problemOfRun('wrong-content', { ...run, atRest: [] })?.hypotheses).toEqual([]);
  });
});

describe('slow replies', () => {
  const slow = (okMedianMs: number): EndpointFixture => ({ outcomes: { ok: 1000 }, okMedianMs });

  it('at several endpoints have each in the evidence', () => {
    const problem = problemOf('slow', {
      endpoints: { a: slow(300), b: slow(600), c: WELL, d: { outcomes: { timeout: 5 } } },
      okMs: { a: [20], b: [550] },
    });
    expect(problem?.summary).toMatch(
      /^2 endpoints of 3 are over the p95 budget, the worst 2\.8× of it; p95 of all ok replies [\d.]+ m?s\.$/,
    );
    expect(evidenceFor(problem, 'Requests queue')).toEqual([
      ['/api/a takes 15.0× as long as with one user'],
      ['/api/b is over its budget with one user already'],
    ]);
    expect(evidenceFor(problem, 'The work itself')).toEqual([
      ['/api/b is over its budget with one user already'],
      ['/api/a takes 15.0× as long as with one user'],
    ]);
    expect(problem?.evidence[0]).toBe(
      '/api/a: p95 699 ms against 500 ms, median 300 ms, at rest 20.0 ms (1,000 ok replies)',
    );
    expect(advice(problem)?.map((text) => text.slice(0, 40))).toEqual([
      'must: Bring the p95 of /api/a and /api/b',
      'should: Measure how long requests wait f',
      'should: Profile the handlers that are sl',
    ]);
  });

  it('advise nothing about queues or handlers that nothing speaks for', () => {
    const problem = problemOf('slow', { endpoints: { a: slow(300) }, okMs: { a: [200] } });
    expect(problem?.hypotheses).toEqual([]);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['must']);
  });

  it('say nothing of one user where nobody met the endpoint before', () => {
    const run = runOf({ endpoints: { a: slow(300) } });
    const [line] = problemOfRun('slow', { ...run, atRest: [] })?.evidence ?? [];
    expect(line).toMatch(/median 300 ms \(1,000 ok replies\)$/);
  });

  it('of all together in a single run are the service, without the name of the run', () => {
    const problem = problemOf('slow', { endpoints: { a: slow(100) }, thresholds: [{ metric: 'okP95Ms', limit: 100 }] });
    expect(problem?.summary).toMatch(/^p95 of all ok replies is 2\d\d\.?\d* ms, 2\.3× of its budget\.$/);
    expect(advice(problem)).toEqual([expect.stringMatching(/^must: Bring the p95 of the service under its budget/)]);
  });
});

describe('rate limits', () => {
  const limited = (outcomes: OutcomeCounts, withoutRetryAfter?: number): EndpointFixture => ({
    outcomes,
    rateLimit: RATE_LIMIT,
    ...(withoutRetryAfter === undefined ? {} : { limitedWithoutRetryAfter: withoutRetryAfter }),
  });
  const problemAfter = (id: string, ...fixtures: readonly EndpointFixture[]) =>
    problemOf(id, {
      endpoints: Object.fromEntries(fixtures.map((fixture, i) => ['ab'.charAt(i), fixture])),
      load: { windowSeconds: 59 },
    });

  it.each<[string, EndpointFixture, string, string]>([
    [
      'rate-limit-not-enforced',
      limited({ ok: 90 }),
      '/api/a lets more through than the declared limit.',
      '/api/a and /api/b let more through than the declared limit.',
    ],
    [
      'rate-limit-too-strict',
      limited({ ok: 9, rate_limited: 900 }),
      '/api/a refuses requests that the declared limit allows.',
      '/api/a and /api/b refuse requests that the declared limit allows.',
    ],
    [
      'rate-limit-undeclared',
      { outcomes: { ok: 9, rate_limited: 90 } },
      '/api/a answers 429 without a declared limit.',
      '/api/a and /api/b answer 429 without a declared limit.',
    ],
  ])('%s agree in number', (id, fixture, one, two) => {
    expect(problemAfter(id, fixture)?.summary).toBe(one);
    expect(problemAfter(id, fixture, fixture)?.summary).toBe(two);
  });

  it('of which one never answers 429 and the other too late speak against each other', () => {
    const problem = problemAfter('rate-limit-not-enforced', limited({ ok: 90 }), limited({ ok: 90, rate_limited: 9 }));
    expect(evidenceFor(problem, 'No limiter')).toEqual([
      ['not one reply with 429 came from /api/a'],
      ['some requests were answered 429'],
    ]);
    expect(statementsOf(problem)[0]).toMatch(/^Each worker/);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['must']);
  });

  it('without Retry-After on every reply is what the limiter leaves out, on some it is not known why', () => {
    const fixture = (missing: number) => limited({ ok: 60, rate_limited: 440 }, missing);
    const every = problemAfter('retry-after-missing', fixture(440));
    expect(every?.hypotheses[0]?.supportedBy).toEqual(['it is missing on every one of these replies']);
    expect(every?.evidence).toEqual(['/api/a: 440 of 440']);
    expect(problemAfter('retry-after-missing', fixture(439))?.hypotheses).toEqual([]);
    expect(problemAfter('retry-after-missing', fixture(0))).toBeUndefined();
    expect(every?.recommendations.map(({ urgency }) => urgency)).toEqual(['could']);
  });

  it('that are not declared are said with their share', () => {
    expect(problemAfter('rate-limit-undeclared', { outcomes: { ok: 60, rate_limited: 20 } })?.evidence).toEqual([
      '/api/a: 20 replies with 429 to 80 requests (25 %)',
    ]);
  });

  it('enforced are a positive finding with their share', () => {
    const [finding] = positives(
      evidenceOf({ endpoints: { a: limited({ ok: 60, rate_limited: 180 }) }, load: { windowSeconds: 59 } }),
    );
    expect(finding?.evidence).toEqual(['/api/a: 60 per 1m; of 240 requests, 180 answered 429 (75 %)']);
  });
});

describe('a load that was not valid', () => {
  const problemWith = (load: Partial<LoadRecord>, cpuBusyShare?: number, changes: Partial<RunSummary> = {}) =>
    problemOf('load-not-valid', {
      endpoints: { a: WELL },
      load,
      summary: { host: { ...LINUX_HOST, ...(cpuBusyShare === undefined ? {} : { cpuBusyShare }) }, ...changes },
    });
  const dropped = { iterations: { completed: 900, dropped: 100, failed: 0 } };

  it('says how much was started of what was planned, in an open model', () => {
    const load = {
      model: 'open',
      plannedIterations: 1000,
      iterations: { completed: 900, dropped: 0, failed: 9 },
    } as const;
    const problem = problemWith(load);
    expect(problem?.summary).toBe('sustained: 909 of 1,000 planned iterations started.');
    expect(problem?.evidence).toContain('the script threw an exception in 9 iterations');
    expect(problem?.title).toBe('The load was not the planned one');
    expect(advice(problem)).toEqual(['must: Repeat sustained once its load can be delivered.']);
  });

  it('by a busy generator advises another machine, or another service than the embedded one', () => {
    expect(advice(problemWith({}, 0.9))).toEqual([
      'should: Make the load from a machine with more free CPU, or from several.',
    ]);
    expect(advice(problemWith({}, 0.9, { targetKind: 'reference-backend' }))).toEqual([
      'should: Judge a service of your own: here the embedded backend shared the CPU with k6.',
    ]);
    expect(problemWith({}, 0.9)?.description).toBe('A generator without free CPU measures its own waiting as latency.');
    expect(advice(problemWith(dropped, 0.9))).toHaveLength(2);
  });

  it('is not put down to a busy CPU that was not, nor to a service that was fast', () => {
    expect(problemWith(dropped, 0.2)?.hypotheses).toEqual([]);
    expect(problemWith(dropped)?.hypotheses).toEqual([]);
  });

  it('is put down to timeouts as well', () => {
    const problem = problemOf('load-not-valid', { ...of({ ok: 999, timeout: 1 }), load: dropped });
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^The service was so slow/)]);
  });
});

describe('too few successes', () => {
  it('are said of all requests too, with each thing that was lost', () => {
    const problem = problemOf('low-success', {
      endpoints: { a: { outcomes: { ok: 60, rate_limited: 100, timeout: 40 }, rateLimit: RATE_LIMIT } },
      load: { windowSeconds: 59 },
    });
    expect(problem?.description).toMatch(/^Of all 200 requests, 30 % were ok\./);
    expect(problem?.evidence).toEqual([
      '60 ok (30 % of all requests)',
      '100 rate limited (429) (50 % of all requests)',
      '40 timeout (20 % of all requests)',
    ]);
    expect(advice(problem)).toEqual([
      'must: Raise the success share to at least 99 %: the other findings say what stands in its way.',
    ]);
  });

  it('are judged by the usual share where no threshold is set', () => {
    const share = (ok: number) =>
      problemOf('low-success', { endpoints: { a: { outcomes: { ok, timeout: 10_000 - ok } } }, thresholds: [] });
    expect(share(9900)).toBeUndefined();
    expect(share(9899)?.severity).toBe('medium');
  });
});

describe('failures without a recorded cause', () => {
  it('say how many of them can have been timeouts', () => {
    const run = runOf(of({ ok: 20, unclassified: 480 }));
    const endpoints = run.endpoints.map((endpoint) => ({
      ...endpoint,
      latencyMs: { all: { count: 500, avg: 3000 }, ok: { count: 20 } },
    }));
    const problem = problemOfRun('cause-not-recorded', { ...run, endpoints });
    expect(problem?.summary).toBe(
      '96 % of all requests (480 requests) failed without a recorded cause, of which at most 50 can have lasted 30s.',
    );
    expect(problem?.evidence).toEqual([
      '/api/a: 480 of 500 requests without a cause, average of all 3000 ms: at most 50 timeouts',
    ]);
    expect(evidenceFor(problem, 'They were timeouts')).toEqual([
      ['up to 50 requests can have lasted so long'],
      ['the other 430 requests cannot'],
    ]);
    expect(advice(problem)).toEqual([expect.stringMatching(/^should: Run the test with k6-verdict/)]);
  });

  it('say no bound where the average is not known, or the figures were made by hand', () => {
    const run = runOf(of({ ok: 20, unclassified: 480 }));
    const endpoints = run.endpoints.map((endpoint) => ({
      ...endpoint,
      latencyMs: { all: { count: 500 }, ok: { count: 20 } },
    }));
    const problem = problemOfRun('cause-not-recorded', { ...run, endpoints, source: 'hand-made' });
    expect(problem?.summary).toBe('96 % of all requests (480 requests) failed without a recorded cause.');
    expect(problem?.evidence).toEqual(['/api/a: 480 of 500 requests without a cause']);
    expect(problem?.hypotheses).toEqual([]);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['must', 'must']);
  });
});

describe('drift', () => {
  const rising = Array.from({ length: 24 }, (_, i) => point(i + 1, { ok: 100 }, 50 + 10 * i));

  it('is said with its factor, the test behind it and how long it lasted', () => {
    const problem = problemOf('drift-latency', { endpoints: { a: WELL }, points: rising });
    expect(problem?.summary).toBe(
      'sustained: p95 of ok replies went from 80.0 ms to 240 ms (3.0×) under a steady load.',
    );
    // S = 276, Var S = 24·23·53/18.
    expect(problem?.evidence).toEqual([
      'medians of the first and the last third of 24 periods, while all users were active',
      `rising in 100 % of all pairs of periods (Mann-Kendall test: ${(275 / Math.sqrt((24 * 23 * 53) / 18)).toFixed(1)} standard deviations)`,
      '1m1.5s of load',
    ]);
    expect([problem?.impact, problem?.recommendations[0]?.urgency]).toEqual(['high', 'should']);
  });

  it('that ends in broken connections speaks the more for something used up', () => {
    const leak = (outcomes: OutcomeCounts) =>
      evidenceFor(problemOf('drift-latency', { ...of(outcomes), points: rising }), 'Something is used up');
    expect(leak({ ok: 999, reset: 1 })?.[0]).toEqual([
      'it gets worse while the load stays the same',
      'in the end connections were refused or reset',
    ]);
    expect(leak({ ok: 1000 })?.[0]).toHaveLength(1);
  });
});
