import { describe, expect, it } from 'vitest';
import type { Truth } from '../../reference/backend/truth.ts';
import { watchLateness } from '../lateness.ts';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

/** Type 7, as k6 computes its percentiles. */
function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  return low + ((sorted[Math.ceil(rank)] ?? Number.NaN) - low) * (rank - Math.floor(rank));
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** What a reply may take between the server and k6, on a machine that is not busy. */
const ON_THE_WAY_MS = 5;

describe('percentiles of successful responses lie within 5 ms, and what the machine was late, of the delays the server measured', () => {
  it.each([
    ['a constant delay', ['--delay-ms', '40']],
    ['a mix with a tenth of slow responses', ['--delay-ms', '20', '--slow-share', '0.1', '--slow-delay-ms', '300']],
  ])('%s', async (_, args) => {
    const backend = await backendWith('--no-rate-limits', ...args);
    const environment = { BASE_URL: backend.url, VUS: '6', DURATION: '6s', THINK_TIME: '60ms' };
    const lateness = watchLateness();
    const { summary } = await runScenario('sustained', environment, ['--no-baseline']);
    // A reply waits for two processes, the server and k6.
    const toleranceMs = ON_THE_WAY_MS + 2 * lateness.end().p99Ms;
    const truth = await backend.readTruth();
    const servedMs = (id: string) => truth.endpoints[id as keyof Truth['endpoints']].serviceMs[200] ?? [];
    const subjects = [
      ...summary.endpoints.map(({ id, latencyMs }) => ({ id, ok: latencyMs.ok, served: servedMs(id) })),
      { id: 'all', ok: summary.totals.latencyMs.ok, served: summary.endpoints.flatMap(({ id }) => servedMs(id)) },
    ];
    for (const { id, ok, served } of subjects) {
      expect(ok.count).toBe(served.length);
      for (const [name, q] of PERCENTILES) {
        expect(Math.abs((ok[name] ?? Number.NaN) - quantile(served, q)), `${id} ${name}`).toBeLessThan(toleranceMs);
      }
    }
  });
});
