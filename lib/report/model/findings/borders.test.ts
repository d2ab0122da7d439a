import { describe, expect, it } from 'vitest';
import type { LoadRecord } from '../../../core/measured.ts';
import type { OutcomeCounts } from '../../../core/outcome.ts';
import type { Latency } from '../../../core/quantile-ladder.ts';
import type { TimelinePoint } from '../../../core/timeline.ts';
import type { EndpointFixture } from '../../fixtures.ts';
import type { EndpointEvidence, Evidence } from '../evidence.ts';
import type { Problem, Rule } from './finding.ts';
import { evidenceOf, idsOf, point, problemOf, problemsOf, type Setting, statementsOf, WELL } from './fixtures.ts';
import { slow } from './slow.ts';
import { tail } from './tail.ts';
import { timeouts } from './timeouts.ts';
import { validity } from './validity.ts';

const of = (outcomes: OutcomeCounts, thresholds?: Setting['thresholds']): Setting => ({
  endpoints: { a: { outcomes } },
  ...(thresholds === undefined ? {} : { thresholds }),
});

/** The first finding of a rule, on evidence whose endpoints are changed before. */
function found(
  rule: Rule,
  setting: Setting,
  change: (endpoint: EndpointEvidence) => Partial<EndpointEvidence>,
): Problem | undefined {
  const evidence = evidenceOf(setting);
  const endpoints = evidence.endpoints.map((endpoint) => ({ ...endpoint, ...change(endpoint) }));
  return rule({ ...evidence, endpoints } satisfies Evidence)[0];
}

const withOk =
  (ok: Partial<Latency>) =>
  ({ latencyMs }: EndpointEvidence) => ({ latencyMs: { ...latencyMs, ok: { ...latencyMs.ok, ...ok } } });

describe('the severity and the impact of', () => {
  const cases: readonly [string, Setting, Problem['severity'], Problem['impact']][] = [
    ['timeouts', of({ ok: 951, timeout: 49 }, []), 'medium', 'medium'],
    ['timeouts', of({ ok: 951, timeout: 49 }), 'high', 'medium'],
    ['timeouts', of({ ok: 951, timeout: 49 }, [{ metric: 'okP95Ms', limit: 1 }]), 'medium', 'medium'],
    ['timeouts', of({ ok: 950, timeout: 50 }, []), 'critical', 'high'],
    ['server-errors', of({ ok: 991, server_error: 9 }), 'high', 'medium'],
    ['server-errors', of({ ok: 990, server_error: 10 }), 'critical', 'high'],
    ['not-accepting', of({ ok: 991, reset: 9 }), 'high', 'high'],
    ['unreachable-dns', of({ ok: 991, dns: 9 }), 'high', 'high'],
    ['cause-not-recorded', of({ ok: 951, unclassified: 49 }), 'high', 'high'],
    ['wrong-content', of({ ok: 990, check_failed: 10 }), 'high', 'medium'],
    ['low-success', of({ ok: 9899, not_found: 101 }), 'medium', 'medium'],
    ['low-success', of({ ok: 9500, not_found: 500 }), 'medium', 'medium'],
    ['low-success', of({ ok: 9499, not_found: 501 }), 'high', 'high'],
    ['low-success', of({ ok: 5000, not_found: 5000 }), 'high', 'high'],
    ['low-success', of({ ok: 4999, not_found: 5001 }), 'critical', 'high'],
    ['rate-limit-undeclared', of({ ok: 999, rate_limited: 1 }), 'high', 'medium'],
  ];
  it.each(cases)('%s of %j are %s and %s', (id, setting, severity, impact) => {
    const { severity: actual, impact: actualImpact } = problemOf(id, setting) ?? {};
    expect([actual, actualImpact]).toEqual([severity, impact]);
  });

  it('timeouts: one endpoint that hangs has a high impact, however few its requests', () => {
    const hanging = (ok: number, timeout: number) =>
      problemOf('timeouts', { endpoints: { a: { outcomes: { ok, timeout } }, b: { outcomes: { ok: 100_000 } } } });
    expect(hanging(9, 91)?.impact).toBe('high');
    expect(hanging(10, 90)?.impact).toBe('medium');
    expect(hanging(10, 90)?.description).toBe('1 endpoint is affected, each on a part of its requests.');
  });

  it('broken endpoints: a single one is medium, unless it is a health check', () => {
    const broken = (...ids: readonly string[]) =>
      problemOf('broken-route', {
        endpoints: Object.fromEntries(ids.map((id) => [id, { outcomes: { not_found: 9 } }])),
        rest: Object.fromEntries(ids.map((id) => [id, { not_found: 3 }])),
      });
    expect([broken('a')?.impact, broken('a')?.area]).toEqual(['medium', 'correctness']);
    expect([broken('a', 'b')?.impact, broken('a', 'b')?.area]).toEqual(['high', 'correctness']);
    expect([broken('readiness')?.impact, broken('readiness')?.area]).toEqual(['high', 'monitoring']);
    expect([broken('ping', 'b')?.impact, broken('ping', 'b')?.area]).toEqual(['high', 'correctness']);
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
  ])('broken endpoints: /api/%s is a health check: %s', (id, isHealth) => {
    const problem = problemOf('broken-route', {
      endpoints: { [id]: { outcomes: { not_found: 9 } } },
      rest: { [id]: { not_found: 3 } },
    });
    expect(problem?.area).toBe(isHealth ? 'monitoring' : 'correctness');
    expect(problem?.description.includes('blinds monitoring')).toBe(isHealth);
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(isHealth ? ['must', 'should'] : ['must']);
  });

  it('slow replies: twice the budget is high', () => {
    const at = (factor: number) =>
      found(slow, { endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs: 300 } } }, ({ thresholds }) => ({
        thresholds: thresholds.map((threshold) => ({ ...threshold, actual: threshold.limit * factor })),
      }));
    expect([at(1.999)?.severity, at(1.999)?.impact]).toEqual(['medium', 'medium']);
    expect([at(2)?.severity, at(2)?.impact]).toEqual(['high', 'high']);
  });
});

it.each<[string, Problem['area']]>([
  ['timeouts', 'availability'],
  ['server-errors', 'availability'],
  ['not-accepting', 'availability'],
  ['unreachable-dns', 'availability'],
  ['low-success', 'availability'],
  ['wrong-content', 'correctness'],
  ['rate-limit-undeclared', 'user experience'],
])('%s put at stake: %s', (id, area) => {
  const outcomes = { ok: 80, timeout: 4, server_error: 4, refused: 3, dns: 3, check_failed: 3, rate_limited: 3 };
  expect(problemOf(id, of(outcomes))?.area).toBe(area);
});

it('rate limits put protection at stake, those who keep to them, or the capacity', () => {
  const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  const limited = (outcomes: OutcomeCounts): EndpointFixture => ({
    outcomes,
    rateLimit,
    ...{ limitedWithoutRetryAfter: 2 },
  });
  const problems = problemsOf({
    endpoints: { a: limited({ ok: 61, rate_limited: 9 }), b: limited({ ok: 5, rate_limited: 900 }) },
    load: { windowSeconds: 59 },
  });
  expect(problems.map(({ id, severity, impact, area, endpoints }) => [id, severity, impact, area, endpoints])).toEqual([
    ['rate-limit-not-enforced', 'high', 'high', 'protection', ['a']],
    ['rate-limit-too-strict', 'medium', 'medium', 'user experience', ['b']],
    ['retry-after-missing', 'low', 'medium', 'capacity', ['a', 'b']],
  ]);
});

describe('a long tail', () => {
  const isFound = (ok: Partial<Latency>) => found(tail, { endpoints: { a: WELL } }, withOk(ok)) !== undefined;

  it.each<[boolean, Partial<Latency>]>([
    [true, { p50: 10, p99: 100 }],
    [false, { p50: 9, p99: 99.9 }],
    [true, { p50: 20, p99: 200 }],
    [false, { p50: 20, p99: 199.9 }],
    [true, { p50: 10, p99: 100, count: 200 }],
    [false, { p50: 10, p99: 100, count: 199 }],
  ])('is found: %s, of %j', (isExpected, ok) => {
    expect(isFound(ok)).toBe(isExpected);
  });

  it('is not found where the median or the p99 is not known', () => {
    expect(
      found(tail, { endpoints: { a: WELL } }, ({ latencyMs }) => ({
        latencyMs: { ...latencyMs, ok: { count: 1000, p99: 9000 } },
      })),
    ).toBeUndefined();
    expect(
      found(tail, { endpoints: { a: WELL } }, ({ latencyMs }) => ({
        latencyMs: { ...latencyMs, ok: { count: 1000, p50: 1 } },
      })),
    ).toBeUndefined();
  });

  it('is said with the least factor of the endpoints that have it', () => {
    const problem = found(tail, { endpoints: { a: WELL, b: WELL, c: WELL } }, (endpoint) =>
      withOk({ p50: 10, p99: { a: 300, b: 120 }[endpoint.id] ?? 20 })(endpoint),
    );
    expect(problem).toMatchObject({
      severity: 'low',
      impact: 'medium',
      area: 'user experience',
      endpoints: ['a', 'b'],
    });
    expect(problem?.summary).toBe('One percent of the ok replies of /api/a and /api/b takes 12.0× the median or more.');
    expect(problem?.evidence[0]).toBe('/api/a: median 10.0 ms, p99 300 ms (1,000 ok replies)');
    expect(problem?.recommendations.map(({ urgency }) => urgency)).toEqual(['could']);
  });

  it('of every endpoint is not put down to what some requests do', () => {
    const slowest = withOk({ p50: 10, p99: 300 });
    expect(statementsOf(found(tail, { endpoints: { a: WELL, b: WELL } }, slowest))).toHaveLength(1);
    const one = found(tail, { endpoints: { a: WELL, b: WELL } }, (each) => (each.id === 'a' ? slowest(each) : {}));
    expect(statementsOf(one)).toHaveLength(2);
  });
});

describe('the borders of what a hypothesis rests on', () => {
  it('an endpoint stayed fast beside timeouts with a p95 below 500 ms', () => {
    const setting = { endpoints: { a: { outcomes: { ok: 500, timeout: 500 } }, b: WELL } };
    const statements = (p95: number) => statementsOf(found(timeouts, setting, withOk({ p95 }))).join();
    expect(statements(499)).toContain('These handlers block');
    expect(statements(500)).not.toContain('These handlers block');
  });

  it('slow replies queue where they take three times as long as with one user', () => {
    const setting = { endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs: 300 } }, okMs: { a: [100, 100, 100] } };
    const statements = (p50: number) => statementsOf(found(slow, setting, withOk({ p50 }))).join();
    expect(statements(300)).toContain('Requests queue');
    expect(statements(299)).not.toContain('Requests queue');
  });

  it('slow replies are slow anyway where the median of one user is at the budget', () => {
    const statements = (ms: number) =>
      statementsOf(
        problemOf('slow', { endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs: 900 } }, okMs: { a: [ms] } }),
      ).join();
    expect(statements(500)).toContain('The work itself');
    expect(statements(499)).not.toContain('The work itself');
  });

  it('slow replies are some of them alone where the median is below half the budget', () => {
    const setting = { endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs: 300 } } };
    const problem = (p50: number) => found(slow, setting, withOk({ p50 }));
    expect(problem(249)?.hypotheses.at(-1)?.supportedBy).toEqual(['half of the replies of /api/a take 249 ms at most']);
    expect(statementsOf(problem(250)).join()).not.toContain('Some requests meet something');
  });
});

it('of an endpoint that is slow in two runs, the one furthest beyond its limit counts, in any order', () => {
  const run = (okMedianMs: number): Setting => ({
    endpoints: { a: { outcomes: { ok: 1000 }, okMedianMs } },
    summary: { runId: String(okMedianMs) },
  });
  for (const settings of [
    [run(250), run(600)],
    [run(600), run(250)],
  ]) {
    const problem = problemOf('slow', ...settings);
    expect(problem?.severity).toBe('high');
    expect(problem?.evidence).toEqual([expect.stringMatching(/^\/api\/a: p95 1\d{3}(\.\d+)? ms against 500 ms/)]);
  }
});

it('dropped iterations are put down to replies of more than a second', () => {
  const statements = (p95: number) => {
    const iterations = { completed: 900, dropped: 100, failed: 0 };
    const evidence = evidenceOf({ endpoints: { a: WELL }, load: { iterations } });
    const runs = evidence.runs.map((run) => {
      const { all, ok } = run.totals.latencyMs;
      return { ...run, totals: { ...run.totals, latencyMs: { all, ok: { ...ok, p95 } } } };
    });
    return statementsOf(validity({ ...evidence, runs })[0]);
  };
  expect(statements(1001)).toEqual([expect.stringMatching(/^The service was so slow/)]);
  expect(statements(1000)).toEqual([]);
});

describe('drift begins', () => {
  type Third = readonly [number, number, number, number];
  const flat = (value: number): Third => [value, value, value, value];
  const setting = (points: readonly TimelinePoint[], load: Partial<LoadRecord> = {}): Setting => ({
    endpoints: { a: WELL },
    points,
    load,
  });
  const slower = (thirds: readonly Third[], users: (i: number) => number = () => 50) =>
    setting(thirds.flat().map((p95, i) => point(i + 1, { ok: 100 }, p95, users(i))));
  const failing = (thirds: readonly Third[]) =>
    setting(thirds.flat().map((timeout, i) => point(i + 1, { ok: 1000 - timeout, timeout })));

  it('at half as much again', () => {
    expect(idsOf(slower([flat(100), flat(120), flat(150)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([flat(100), flat(120), flat(149.9)]))).toEqual([]);
  });

  it('at ten milliseconds', () => {
    expect(idsOf(slower([flat(10), flat(12), flat(20)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([flat(10), flat(12), flat(19.9)]))).toEqual([]);
  });

  it('at five percent more failures', () => {
    expect(idsOf(failing([flat(0), flat(25), flat(50)]))).toEqual(['drift-failures']);
    expect(idsOf(failing([flat(0), flat(25), flat(49)]))).toEqual([]);
  });

  // Of 12 periods √Var S = √(12·11·29/18) = 14.58: S = 47 is 3.15 standard deviations, S = 46 is 3.09 rounded up.
  it('at 3.09 standard deviations', () => {
    expect(idsOf(slower([[100, 101, 100, 100], flat(120), flat(200)]))).toEqual(['drift-latency']);
    expect(idsOf(slower([[100, 101, 100, 100], [120, 121, 120, 120], flat(200)]))).toEqual([]);
    expect(idsOf(failing([[0, 1, 0, 0], flat(25), flat(100)]))).toEqual(['drift-failures']);
    expect(idsOf(failing([[0, 1, 0, 0], [25, 26, 25, 25], flat(100)]))).toEqual([]);
  });

  it('where nine of ten users are there', () => {
    const thirds = [flat(100), flat(120), flat(150)];
    expect(idsOf(slower(thirds, (i) => (i === 0 ? 45 : 50)))).toEqual(['drift-latency']);
    expect(idsOf(slower(thirds, (i) => (i === 0 ? 44 : 50)))).toEqual([]);
  });

  it('in twelve periods that had requests', () => {
    const points = [flat(0), flat(25), flat(50)]
      .flat()
      .map((timeout, i) => point(i + 1, { ok: 1000 - timeout, timeout }));
    expect(idsOf(setting([...points.slice(0, 11), point(12, {})]))).toEqual([]);
    expect(idsOf(setting([...points, point(13, {})]))).toEqual(['drift-failures']);
  });
});
