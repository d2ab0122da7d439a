import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../core/judge/run-summary.ts';
import type { Threshold } from '../../../core/judge/threshold.ts';
import type { Problem } from '../../../core/spec/document/finding.ts';
import {
  adviceOf,
  evidenceFor,
  found,
  oneEndpoint,
  problemOf,
  problemOfRun,
  runOf,
  statementsOf,
  urgenciesOf,
  WELL,
  withOk,
} from '../../../testing/problems.ts';
import type { EndpointFixture } from '../../../testing/runs.ts';
import type { RunEvidence } from '../evidence.ts';
import { timeouts } from './timeouts.ts';

const hanging: EndpointFixture = { outcomes: { ok: 400, timeout: 600 } };

describe('timeouts', () => {
  // At most 1 % may time out where nothing else is said.
  it.each<[number, readonly Threshold[] | undefined, Problem['severity'], Problem['impact']]>([
    [1, undefined, 'medium', 'medium'],
    [9, undefined, 'medium', 'medium'],
    [11, undefined, 'high', 'medium'],
    [49, undefined, 'high', 'medium'],
    [50, undefined, 'critical', 'high'],
    [49, [], 'medium', 'medium'],
    [49, [{ metric: 'okP95Ms', limit: 1 }], 'medium', 'medium'],
    [50, [], 'critical', 'high'],
  ])('of %i in 1,000 requests, with thresholds %j, are %s', (timeout, thresholds, severity, impact) => {
    const problem = problemOf('timeouts', oneEndpoint({ ok: 1000 - timeout, timeout }, thresholds));
    expect(problem).toMatchObject({ severity, impact, area: 'availability', endpoints: ['a'] });
    expect(problem?.summary).toContain(`(${timeout} request${timeout === 1 ? '' : 's'}) timed out after 30s`);
  });

  it('of one endpoint that gives hardly any other answer have a high impact, however few its requests', () => {
    const few = (ok: number, timeout: number) =>
      problemOf('timeouts', { endpoints: { a: { outcomes: { ok, timeout } }, b: { outcomes: { ok: 100_000 } } } });
    expect(few(9, 91)?.impact).toBe('high');
    expect(few(10, 90)?.impact).toBe('medium');
    expect(few(10, 90)?.description).toBe('1 endpoint is affected, each on some of its requests.');
  });

  it('name the endpoints that gave hardly any other answer', () => {
    const problem = problemOf('timeouts', {
      endpoints: { hung: { outcomes: { ok: 9, timeout: 91 } }, some: { outcomes: { ok: 10, timeout: 90 } }, c: WELL },
    });
    expect(problem?.description).toBe('1 endpoint timed out on almost every request: /api/hung.');
    expect(problem?.endpoints).toEqual(['hung', 'some']);
    expect(problem?.impact).toBe('high');
  });

  it('say after which times', () => {
    const after = (timeoutMs: number) => ({ outcomes: { ok: 50, timeout: 50 }, timeoutMs });
    expect(problemOf('timeouts', { endpoints: { a: after(30_000), b: after(500) } })?.summary).toBe(
      '50 % of all requests (100 requests) timed out after 500ms and 30s.',
    );
  });

  it('of an unknown duration are said without it', () => {
    const run = runOf({ endpoints: { a: hanging } });
    const endpoints = run.endpoints.map(({ timeoutMs: _, ...endpoint }) => endpoint);
    expect(problemOfRun('timeouts', { ...run, endpoints, atRest: [] } as RunEvidence)).toMatchObject({
      summary: '60 % of all requests (600 requests) timed out.',
      evidence: ['/api/a: 600 timeouts of 1,000 requests (60 %)'],
    });
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

describe('behind timeouts', () => {
  it('of one endpoint that others stay fast beside are its handlers', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: WELL } });
    expect(problem?.hypotheses).toEqual([
      {
        statement: 'These handlers block: concurrent requests queue for synchronous work or a slow query.',
        supportedBy: ['only these are affected, /api/b is not'],
        contradictedBy: [],
      },
      {
        statement: 'A shared resource runs out under load: workers, threads or a connection pool.',
        supportedBy: ['with one user, these answer: /api/a'],
        contradictedBy: ['these stayed fast beside them: /api/b'],
      },
    ]);
    expect(problem?.evidence).toEqual(['/api/a: 600 timeouts of 1,000 requests (60 %); unloaded 13 ms']);
    expect(adviceOf(problem)[0]).toMatch(/^must: Find out what \/api\/a waits for/);
  });

  it('are the handlers too where several others stay fast, each by name', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: WELL, c: WELL } });
    expect(statementsOf(problem)[0]).toMatch(/^These handlers block/);
    expect(problem?.hypotheses[1]?.contradictedBy).toEqual(['these stayed fast beside them: /api/b and /api/c']);
  });

  it('of all endpoints, the worst first, is what all requests share', () => {
    const problem = problemOf('timeouts', { endpoints: { a: { outcomes: { ok: 9, timeout: 1 } }, b: hanging } });
    expect(problem?.endpoints).toEqual(['b', 'a']);
    expect(problem?.description).toBe('2 endpoints are affected, each on some of its requests.');
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^A shared resource runs out/)]);
    expect(adviceOf(problem)[0]).toMatch(/^must: Find out what \/api\/b and \/api\/a wait for/);
    expect(urgenciesOf(problem)).toEqual(['must', 'must', 'should']);
  });

  it('and refused connections is the more what all requests share', () => {
    const problem = problemOf('timeouts', {
      endpoints: { a: { outcomes: { ok: 9, timeout: 5, refused: 3 } }, b: { outcomes: { ok: 9, timeout: 5 } } },
    });
    expect(problem?.hypotheses[0]?.supportedBy).toEqual([
      'with one user, these answer: /api/b and /api/a',
      '2 endpoints time out, not one',
      '3 connections refused or reset in the same test',
    ]);
  });

  it('that one user met as well is nothing of the load', () => {
    const problem = problemOf('timeouts', {
      endpoints: { a: { outcomes: { timeout: 90 } }, b: WELL },
      rest: { a: { timeout: 1 } },
    });
    expect(statementsOf(problem)).toEqual(['These handlers wait for something that never answers, even without load.']);
  });

  it('that one user met at one endpoint of two may be either', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: hanging }, rest: { a: { timeout: 3 } } });
    expect(evidenceFor(problem, 'These handlers wait')).toEqual([
      ['with one user too: /api/a'],
      ['with one user, these answer: /api/b'],
    ]);
    expect(evidenceFor(problem, 'A shared resource')).toEqual([
      ['with one user, these answer: /api/b', '2 endpoints time out, not one'],
      ['these hang even without load: /api/a'],
    ]);
  });

  it('an endpoint that got no request was spared of nothing', () => {
    const problem = problemOf('timeouts', { endpoints: { a: hanging, b: { outcomes: {} } } });
    expect(statementsOf(problem).join()).not.toContain('These handlers block');
    expect(problem?.hypotheses[0]?.contradictedBy).toEqual([]);
  });

  it('an endpoint stayed fast with a p95 below 500 ms', () => {
    const setting = { endpoints: { a: { outcomes: { ok: 500, timeout: 500 } }, b: WELL } };
    const statements = (p95: number) => statementsOf(found(timeouts, setting, withOk({ p95 }))).join();
    expect(statements(499)).toContain('These handlers block');
    expect(statements(500)).not.toContain('These handlers block');
  });
});
