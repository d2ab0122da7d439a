import { describe, expect, it } from 'vitest';
import {
  adviceOf,
  evidenceFor,
  evidenceOf,
  found,
  idsOf,
  problemOf,
  problemOfRun,
  runOf,
  type Setting,
  statementsOf,
  urgenciesOf,
  WELL,
  withOk,
} from '../../../testing/problems.ts';
import type { EndpointFixture } from '../../../testing/runs.ts';
import { slow } from './slow.ts';

/** Replies around a median; their p95, of which 500 ms are allowed, is 2.33 times as much. */
const around = (okMedianMs: number, ok = 1000): EndpointFixture => ({ outcomes: { ok }, okMedianMs });

describe('slow responses', () => {
  it('are found by their budget, with how far they are from it', () => {
    expect(idsOf({ endpoints: { a: around(214) } })).toEqual([]);
    const problem = problemOf('slow', { endpoints: { a: around(220), b: WELL } });
    expect(problem).toMatchObject({ severity: 'medium', endpoints: ['a'] });
    expect(problemOf('slow', { endpoints: { a: around(500), b: WELL } })?.severity).toBe('high');
  });

  it('just over their budget are not said to be at it', () => {
    const setting = { endpoints: { a: around(214.71) } };
    const actual = evidenceOf(setting).endpoints[0]?.thresholds.find(({ metric }) => metric === 'okP95Ms')?.actual ?? 0;
    expect(actual).toBeGreaterThan(500);
    expect(actual).toBeLessThan(500.5);
    expect(problemOf('slow', setting)?.evidence[0]).toContain(`p95 ${actual} ms against 500 ms`);
  });

  it('of twice their budget are high', () => {
    const at = (factor: number) =>
      found(slow, { endpoints: { a: around(300) } }, ({ thresholds }) => ({
        thresholds: thresholds.map((threshold) => ({ ...threshold, actual: threshold.limit * factor })),
      }));
    expect([at(1.999)?.severity, at(1.999)?.impact]).toEqual(['medium', 'medium']);
    expect([at(2)?.severity, at(2)?.impact]).toEqual(['high', 'high']);
  });

  it('at several endpoints have each in the evidence', () => {
    const problem = problemOf('slow', {
      endpoints: { a: around(300), b: around(600), c: WELL, d: { outcomes: { timeout: 5 } } },
      okMs: { a: [20], b: [550] },
    });
    expect(problem?.summary).toMatch(
      /^2 endpoints of 3 are over the p95 budget, the worst 2\.8× of it; p95 of all successful responses [\d.]+ m?s\.$/,
    );
    expect(evidenceFor(problem, 'Requests queue')).toEqual([
      ['/api/a takes 15× its unloaded latency'],
      ['/api/b is over its budget even without load'],
    ]);
    expect(evidenceFor(problem, 'The work itself')).toEqual([
      ['/api/b is over its budget even without load'],
      ['/api/a takes 15× its unloaded latency'],
    ]);
    expect(problem?.evidence[0]).toBe(
      '/api/a: p95 699 ms against 500 ms, median 300 ms, unloaded 20 ms (1,000 successful responses)',
    );
    expect(adviceOf(problem).map((text) => text.slice(0, 40))).toEqual([
      'must: Bring the p95 of /api/a and /api/b',
      'should: Measure how long requests wait f',
      'should: Profile the handlers that are sl',
    ]);
  });

  it('say nothing of one user where nobody met the endpoint before', () => {
    const run = runOf({ endpoints: { a: around(300) } });
    const [line] = problemOfRun('slow', { ...run, atRest: [] })?.evidence ?? [];
    expect(line).toMatch(/median 300 ms \(1,000 successful responses\)$/);
  });

  it('in a closed model come with a warning that the load was less, in an open model without', () => {
    expect(problemOf('slow', { endpoints: { a: around(300) } })?.description).toContain('In a closed model');
    const arrivals = { kind: 'constant-arrivals', ratePerSecond: 5, durationSeconds: 9, expectedLatencyMs: 9 } as const;
    const problem = problemOf('slow', { endpoints: { a: around(600) }, load: { model: 'open', plan: { arrivals } } });
    expect(problem?.description).not.toContain('closed model');
  });
});

describe('slow responses of several runs', () => {
  it('are measured in the run that has them, not in all together', () => {
    const problem = problemOf('slow', { endpoints: { a: around(430, 50) } }, { endpoints: { a: around(5, 100_000) } });
    expect(problem?.severity).toBe('high');
    expect(problem?.summary).toMatch(/^1 endpoint of 1 is over the p95 budget, the worst 2\.0× of it/);
  });

  it('of one endpoint count by the run furthest beyond its limit, in any order', () => {
    const run = (okMedianMs: number): Setting => ({
      endpoints: { a: around(okMedianMs) },
      summary: { runId: String(okMedianMs) },
    });
    for (const settings of [
      [run(250), run(600)],
      [run(600), run(250)],
    ]) {
      const problem = problemOf('slow', ...settings);
      expect(problem?.severity).toBe('high');
      expect(problem?.evidence).toEqual([expect.stringMatching(/^\/api\/a: p95 1\.\d s against 500 ms/)]);
    }
  });

  it('name the run where all endpoints together alone are slow', () => {
    const thresholds = [{ metric: 'okP95Ms', limit: 100 } as const];
    const slowRun = { endpoints: { a: around(100) }, thresholds, summary: { scenario: 'y' } };
    const problem = problemOf('slow', { endpoints: { a: around(5) }, thresholds, summary: { scenario: 'x' } }, slowRun);
    expect(problem?.summary).toMatch(/^p95 of all successful responses is 2\d\d ms in y, 2\.3× of its budget\.$/);
    expect(problem?.evidence).toEqual([
      expect.stringMatching(/^all endpoints together in y: p95 2\d\d ms against 100 ms$/),
    ]);
    expect(problem?.endpoints).toEqual([]);
  });

  it('of which there is one are the service, without the name of the run', () => {
    const problem = problemOf('slow', {
      endpoints: { a: around(100) },
      thresholds: [{ metric: 'okP95Ms', limit: 100 }],
    });
    expect(problem?.summary).toMatch(/^p95 of all successful responses is 2\d\d\.?\d* ms, 2\.3× of its budget\.$/);
    expect(adviceOf(problem)).toEqual([expect.stringMatching(/^must: Bring the p95 of the service under its budget/)]);
  });
});

describe('behind slow responses', () => {
  it('is a queue where one user waits much less', () => {
    expect(statementsOf(problemOf('slow', { endpoints: { a: around(300) } }))[0]).toMatch(/^Requests queue/);
  });

  it('is a queue where they take three times its unloaded latency', () => {
    const setting = { endpoints: { a: around(300) }, okMs: { a: [100, 100, 100] } };
    const statements = (p50: number) => statementsOf(found(slow, setting, withOk({ p50 }))).join();
    expect(statements(300)).toContain('Requests queue');
    expect(statements(299)).not.toContain('Requests queue');
  });

  it('is the work itself with one user too, and code is shown where the stack is declared', () => {
    const setting: Setting = { endpoints: { a: around(600) }, okMs: { a: [550, 560, 570] } };
    expect(statementsOf(problemOf('slow', setting))[0]).toMatch(/^The work itself is slow/);
    const codesOf = (stack: string) =>
      problemOf('slow', { ...setting, summary: { system: { stack } } })?.recommendations.flatMap(
        ({ code }) => code ?? [],
      );
    expect(codesOf('fastapi')).toHaveLength(1);
    expect(codesOf('express')).toEqual([]);
  });

  it('is the work itself where the median of one user is at the budget', () => {
    const statements = (ms: number) =>
      statementsOf(problemOf('slow', { endpoints: { a: around(900) }, okMs: { a: [ms] } })).join();
    expect(statements(500)).toContain('The work itself');
    expect(statements(499)).not.toContain('The work itself');
  });

  it('is what some requests meet where the median is below half the budget', () => {
    const problem = (p50: number) => found(slow, { endpoints: { a: around(300) } }, withOk({ p50 }));
    expect(problem(249)?.hypotheses.at(-1)?.supportedBy).toEqual([
      'half of the responses of /api/a take 249 ms at most',
    ]);
    expect(statementsOf(problem(250)).join()).not.toContain('Some requests meet something');
  });

  it('is nothing that queues or handlers could be advised for, where nothing speaks for them', () => {
    const problem = problemOf('slow', { endpoints: { a: around(300) }, okMs: { a: [200] } });
    expect(problem?.hypotheses).toEqual([]);
    expect(urgenciesOf(problem)).toEqual(['must']);
  });
});
