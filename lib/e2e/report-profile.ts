import { expect } from 'vitest';
import type { StoredSuite } from './suite.ts';
import { countOf } from './tool.ts';

/** What the joint report must say of a backend that behaves as the one of LOAD-CONCURRENT-001 did. */
export function expectTheReportedCollapse({ exitCode, report, markdown, runs }: StoredSuite): void {
  expect(exitCode).toBe(99);
  expect(report.verdict).toBe('fail');
  expect(runs.map((run) => run.totals.requests)).toEqual([2500, 2500, 2300]);

  const health = report.atRest.find(({ endpoint }) => endpoint === 'health');
  expect(health).toMatchObject({ isBroken: true, outcomes: [{ outcome: 'not_found', count: 3 }] });
  expect(report.atRest.filter(({ isBroken }) => isBroken)).toHaveLength(1);
  expect(markdown).toContain('health is broken at rest: not found (404)');

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
  expect(markdown).not.toMatch(/stable|responsive/);
}
