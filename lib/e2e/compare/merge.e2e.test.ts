import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { sum } from '../../core/spec/sum.ts';
import { callTool, runScenario, temporaryFolder } from '../tool.ts';
import { backendWith, expectSumsToAgree } from '../truth.ts';

const INSTANCES = 4;
const BACKEND = ['--delay-ms', '5', '--slow-share', '0.2', '--slow-delay-ms', '40'];
const LOAD = { PLAN: 'reference', THINK_TIME: '40ms' };

/** Each `ok` latency of the load that k6 wrote, by endpoint. */
function pooledSamples(files: readonly string[]): Map<string, number[]> {
  const samples = new Map<string, number[]>();
  for (const file of files) {
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const point = JSON.parse(line) as {
        readonly type: string;
        readonly metric: string;
        readonly data: { readonly value: number; readonly tags: Readonly<Record<string, string>> };
      };
      if (point.type !== 'Point' || point.metric !== 'http_req_duration') continue;
      const { endpoint, phase, expected_response: isExpected } = point.data.tags;
      if (endpoint === undefined || phase !== 'load' || isExpected !== 'true') continue;
      samples.set(endpoint, [...(samples.get(endpoint) ?? []), point.data.value]);
    }
  }
  return samples;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

it('four k6 processes of one run merge into what one process does alone, and into what their samples say', async () => {
  const backend = await backendWith(...BACKEND);
  const results = temporaryFolder();
  const raw = (instance: number) => path.join(results, `raw-${instance}.json`);
  const ends = await Promise.all(
    Array.from({ length: INSTANCES }, (_, i) =>
      callTool(
        [
          ...['run', 'sustained', '--results', results, '--no-baseline'],
          ...['--run-id', 'shared', '--instance', `${i + 1}/${INSTANCES}`, '--', '--out', `json=${raw(i + 1)}`],
        ],
        { ...LOAD, BASE_URL: backend.url },
      ),
    ),
  );
  // One process alone can find that the limit is used up by the others, and fail its own part.
  for (const { exitCode, stderr } of ends) expect([0, 99], stderr).toContain(exitCode);
  const folders = ends.map((_, i) => path.join(results, `shared.${i + 1}`));
  const merged = await callTool(['merge', '--results', results, ...folders]);
  expect(merged).toMatchObject({ exitCode: 0 });

  const summary = JSON.parse(readFileSync(path.join(results, 'shared', 'summary.json'), 'utf8')) as RunSummary;
  const truth = await backend.readTruth();
  expectSumsToAgree(summary);
  expect(summary).toMatchObject({ verdict: 'pass', runId: 'shared', load: { plannedIterations: 2500 } });
  expect(summary.mergedFrom).toHaveLength(INSTANCES);
  expect(summary.totals.requests).toBe(2500);
  expect(summary.totals.requests).toBe(truth.totals.received);

  const alone = await backendWith(...BACKEND);
  const one = await runScenario('sustained', { ...LOAD, BASE_URL: alone.url }, ['--no-baseline']);
  const counts = ({ endpoints }: RunSummary) =>
    endpoints.map(({ id, requests, outcomes }) => ({ id, requests, outcomes }));
  expect(counts(summary)).toEqual(counts(one.summary));
  expect(summary.fingerprint).toBe(one.summary.fingerprint);

  const samples = pooledSamples(folders.map((_, i) => raw(i + 1)));
  for (const { id, latencyMs } of summary.endpoints) {
    const own = samples.get(id) ?? [];
    expect(own).toHaveLength(latencyMs.ok.count);
    expect(latencyMs.ok.min).toBeCloseTo(Math.min(...own), 5);
    expect(latencyMs.ok.max).toBeCloseTo(Math.max(...own), 5);
    for (const [name, q] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const [low, high] = latencyMs.ok.brackets?.[name] ?? [Number.NaN, Number.NaN];
      const exact = quantile(own, q);
      expect(exact).toBeGreaterThanOrEqual(low - 1e-5);
      expect(exact).toBeLessThanOrEqual(high + 1e-5);
      expect(high / low).toBeLessThan(1.01);
      expect(Math.abs((latencyMs.ok[name] ?? 0) / exact - 1)).toBeLessThan(0.01);
      expect(latencyMs.ok[name]).toBeGreaterThanOrEqual(low - 1e-5);
      expect(latencyMs.ok[name]).toBeLessThanOrEqual(high + 1e-5);
    }
  }

  const { atSeconds = [], endpoints: curves = [] } = summary.overTime ?? {};
  expect(atSeconds.length).toBeGreaterThanOrEqual(2);
  for (const { id, requests } of summary.endpoints)
    expect(sum(curves.find((each) => each.id === id)?.requests ?? [])).toBe(requests);

  const judged = await callTool(['gate', '--results', results, path.join(results, 'shared')]);
  expect(judged).toMatchObject({ exitCode: 0 });
  expect(judged.stdout).toContain('2,500 requests');
  const again = await callTool(['merge', '--results', results, ...folders]);
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain('EEXIST');
});
