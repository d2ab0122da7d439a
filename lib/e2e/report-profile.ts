import { expect } from 'vitest';
import type { StoredSuite } from './suite.ts';
import { countOf } from './tool.ts';
import { startForTest } from './truth.ts';

const TIME_SCALE = 0.05;
/** The timeouts of LOAD-CONCURRENT-001, on that scale. */
export const SCALED = { REQUEST_TIMEOUT: `${30 * TIME_SCALE}s` };
export const WINDOW_SECONDS = 4;

/** The backend of LOAD-CONCURRENT-001, twenty times as fast; its limits are kept even where a burst takes 20 s. */
export function scaledBackend() {
  const limits = ['--limit-scale', '0.2', '--rate-limit-window-seconds', String(WINDOW_SECONDS)];
  return startForTest({ profile: 'report', args: ['--time-scale', String(TIME_SCALE), ...limits] });
}

/** What the joint report must say of a backend that behaves as the one of LOAD-CONCURRENT-001 did. */
export function expectTheReportedCollapse({ exitCode, report, markdown, runs }: StoredSuite): void {
  expect(exitCode).toBe(99);
  expect(report.verdict).toBe('fail');
  expect(runs.map((run) => run.totals.requests)).toEqual([2500, 2500, 2300]);

  const health = report.endpoints.find(({ id }) => id === 'health');
  expect(health?.atRest).toMatchObject({
    isBroken: true,
    causes: ['status 404'],
    outcomes: [{ outcome: 'not_found', count: 3 }],
  });
  expect(report.endpoints.filter(({ atRest }) => atRest?.isBroken)).toHaveLength(1);
  expect(report.endpoints.filter(({ group }) => group === 'broken')).toEqual([health]);
  expect(report.decision.sentence).toMatch(/^Failed: /);
  expect(report.decision.keyFindings).toContain('/api/health fails even without load: status 404.');
  expect(report.problems.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['broken-route', 'not-accepting', 'timeouts', 'low-success']),
  );
  expect(report.criteria.rows.find(({ id }) => id === 'no-crash')?.status).toBe('fail');
  expect(report.criteria.rows.find(({ id }) => id === 'rate-limits')?.status).toBe('pass');

  const [burst, sustained, mixed] = runs;
  expect(burst?.totals.outcomes).toMatchObject({ not_found: 500 });
  expect(countOf(burst?.totals.outcomes ?? {}, 'timeout', 'refused', 'reset')).toBe(0);
  const processes = sustained?.endpoints.find(({ id }) => id === 'system-processes')?.outcomes ?? {};
  expect(processes.timeout).toBeGreaterThan(0);
  expect(processes.ok ?? 0).toBeLessThan(50);
  expect(sustained?.totals.outcomes.refused).toBeGreaterThan(0);
  expect(mixed?.totals.outcomes).toEqual({ refused: 2300 });
  expect(markdown).toContain('connection refused');
  expect(markdown).toContain('timeout');
  expect(markdown).not.toMatch(/\b(is|was|remained|stayed) (stable|responsive)/);
}
