import { describe, expect, it } from 'vitest';
import { asStored } from '../../../core/judge/run-summary.ts';
import type { Latency } from '../../../core/measure/quantile-ladder.ts';
import { found, problemOfRun, statementsOf, urgenciesOf, WELL, withOk } from '../../../testing/problems.ts';
import { endpointSummary, measuredRun, runSummary } from '../../../testing/runs.ts';
import { tail } from './tail.ts';

describe('a long tail', () => {
  it.each<[boolean, Partial<Latency>]>([
    [true, { p50: 10, p99: 100 }],
    [false, { p50: 9, p99: 99.9 }],
    [true, { p50: 20, p99: 200 }],
    [false, { p50: 20, p99: 199.9 }],
    [true, { p50: 10, p99: 100, count: 200 }],
    [false, { p50: 10, p99: 100, count: 199 }],
  ])('is found: %s, of %j', (isExpected, ok) => {
    expect(found(tail, { endpoints: { a: WELL } }, withOk(ok)) !== undefined).toBe(isExpected);
  });

  it('is found in a run', () => {
    const { latencyMs, ...endpoint } = endpointSummary('a', WELL);
    const ok = { ...latencyMs.ok, p50: 20, p99: 200 };
    const run = asStored(runSummary(measuredRun([{ ...endpoint, latencyMs: { ...latencyMs, ok } }])));
    expect(problemOfRun('long-tail', run)?.endpoints).toEqual(['a']);
  });

  it.each<[string, Latency]>([
    ['median', { count: 1000, p99: 9000 }],
    ['p99', { count: 1000, p50: 1 }],
  ])('is not found where the %s is not known', (_which, ok) => {
    expect(
      found(tail, { endpoints: { a: WELL } }, ({ latencyMs }) => ({ latencyMs: { ...latencyMs, ok } })),
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
    expect(problem?.summary).toBe(
      'The slowest 1 % of successful responses of /api/a and /api/b takes 12× the median or longer.',
    );
    expect(problem?.evidence[0]).toBe('/api/a: median 10 ms, p99 300 ms (1,000 successful responses)');
    expect(urgenciesOf(problem)).toEqual(['could']);
  });

  it('of every endpoint is not put down to what some requests do', () => {
    const slowest = withOk({ p50: 10, p99: 300 });
    expect(statementsOf(found(tail, { endpoints: { a: WELL, b: WELL } }, slowest))).toHaveLength(1);
    const one = found(tail, { endpoints: { a: WELL, b: WELL } }, (each) => (each.id === 'a' ? slowest(each) : {}));
    expect(statementsOf(one)).toHaveLength(2);
  });
});
