import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../core/judge/run-summary.ts';
import type { LoadRecord } from '../../../core/measure/measured.ts';
import { present } from '../../../core/spec/present.ts';
import { adviceOf, evidenceOf, idsOf, oneEndpoint, problemOf, statementsOf, WELL } from '../../../testing/problems.ts';
import { LINUX_HOST } from '../../../testing/runs.ts';
import { validity } from './validity.ts';

const problemWith = (load: Partial<LoadRecord>, cpuBusyShare?: number, changes: Partial<RunSummary> = {}) =>
  problemOf('load-not-valid', {
    endpoints: { a: WELL },
    load,
    summary: { host: { ...LINUX_HOST, ...present({ cpuBusyShare }) }, ...changes },
  });
const done = (completed: number, dropped = 0) => ({ iterations: { completed, dropped, failed: 0 } });

describe('a load that was not valid', () => {
  it.each<[string, Partial<LoadRecord>]>([
    ['dropped iterations', done(900, 100)],
    ['too little started', { ...done(1500), plannedIterations: 2000 }],
    ['exceptions', { iterations: { completed: 1500, dropped: 0, failed: 3 } }],
  ])('is found by %s', (_case, load) => {
    expect(problemWith(load)).toMatchObject({ severity: 'high', area: 'measurement' });
  });

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

  it('says how much was started of what was planned, in an open model', () => {
    const problem = problemWith({
      model: 'open',
      plannedIterations: 1000,
      iterations: { completed: 900, dropped: 0, failed: 9 },
    });
    expect(problem?.summary).toBe('sustained: 909 of 1,000 planned iterations started.');
    expect(problem?.evidence).toContain('the script threw an exception in 9 iterations');
    expect(problem?.title).toBe('The planned load was not delivered');
    expect(adviceOf(problem)).toEqual(['must: Repeat sustained when its load can be delivered.']);
  });

  it('is put down to a busy generator, and not to a free one or one of which nothing is known', () => {
    expect(statementsOf(problemWith(done(900, 100), 0.95))).toEqual(['The generator ran out of CPU.']);
    expect(problemWith(done(900, 100), 0.2)?.hypotheses).toEqual([]);
    expect(problemWith(done(900, 100))?.hypotheses).toEqual([]);
  });

  it('is put down to responses of more than a second', () => {
    const statements = (p95: number) => {
      const evidence = evidenceOf({ endpoints: { a: WELL }, load: done(900, 100) });
      const runs = evidence.runs.map((run) => {
        const { all, ok } = run.totals.latencyMs;
        return { ...run, totals: { ...run.totals, latencyMs: { all, ok: { ...ok, p95 } } } };
      });
      return statementsOf(validity({ ...evidence, runs })[0]);
    };
    expect(statements(1001)).toEqual([expect.stringMatching(/^The service was too slow/)]);
    expect(statements(1000)).toEqual([]);
  });

  it('is put down to timeouts as well', () => {
    const problem = problemOf('load-not-valid', { ...oneEndpoint({ ok: 999, timeout: 1 }), load: done(900, 100) });
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^The service was too slow/)]);
  });
});

it('a busy machine is no finding: it says nothing of the service', () => {
  expect(idsOf({ endpoints: { a: WELL }, summary: { host: { ...LINUX_HOST, cpuBusyShare: 0.99 } } })).toEqual([]);
});
