import { describe, expect, it } from 'vitest';
import type { K6Measurement } from '../core/judge/measurement.ts';
import {
  endpointLatencyMetric,
  OWN_METRICS,
  outcomeSubMetric,
  overallLatencyMetric,
} from '../core/measure/k6-metrics.ts';
import type { EndpointFacts, K6Metric } from '../core/measure/measured.ts';
import { OBSERVED_OUTCOMES } from '../core/measure/outcome.ts';
import { LADDER_PERCENTILES, type Latency } from '../core/measure/quantile-ladder.ts';
import { endpointSummary, LINUX_HOST, measuredRun, type RunToJudge } from '../testing/runs.ts';
import { type Circumstances, completeSummary, describeHost, isMeasurementOf } from './complete-summary.ts';
import { fingerprintOf } from './fingerprint.ts';

const info = endpointSummary('system-info', { outcomes: { ok: 500 } });
const projects = endpointSummary('projects', { outcomes: { ok: 500 }, okMedianMs: 4 });
const run = measuredRun([info, projects]);

function trendOf({ count, avg = 0, min = 0, max = 0, ladder = [] }: Latency): K6Metric {
  const percentiles = LADDER_PERCENTILES.map((percentile, i) => [`p(${percentile})`, ladder[i + 1]?.[1] ?? 0]);
  return { values: { count, avg, min, max, ...Object.fromEntries(percentiles) } };
}

/** What k6 leaves of this run, in which every endpoint gave either `ok` replies or others. */
function measurementOf({ load, totals, k6Thresholds, plan, ...named }: RunToJudge): K6Measurement {
  const { completed, failed, dropped } = load.iterations;
  const metrics: Record<string, K6Metric> = {
    iterations: { values: { count: completed + failed } },
    dropped_iterations: { values: { count: dropped } },
    vus: { values: { value: load.usersAtEnd ?? 0 } },
    [OWN_METRICS.failedIterations]: { values: { count: failed } },
    [OWN_METRICS.loadWindow]: { values: { value: load.windowSeconds * 1000 } },
  };
  for (const replies of ['all', 'ok'] as const)
    metrics[overallLatencyMetric(replies)] = trendOf(totals.latencyMs[replies]);
  for (const { id, outcomes, latencyMs } of named.endpoints) {
    metrics[endpointLatencyMetric('ok', id)] = trendOf(latencyMs.ok);
    metrics[endpointLatencyMetric('not ok', id)] = trendOf(latencyMs.ok.count > 0 ? { count: 0 } : latencyMs.all);
    for (const outcome of OBSERVED_OUTCOMES) {
      metrics[outcomeSubMetric(outcome, id)] = { values: { count: outcomes[outcome] ?? 0 } };
    }
  }
  for (const { metric, threshold, ok } of k6Thresholds) {
    metrics[metric] = { values: {}, ...metrics[metric], thresholds: { [threshold]: { ok } } };
  }
  const endpoints = named.endpoints.map(
    ({ requests: _, outcomes: __, latencyMs: ___, ...facts }) => facts as EndpointFacts,
  );
  return { ...named, endpoints, planName: plan, plan: load.plan, metrics };
}

const circumstances: Circumstances = {
  startedAt: new Date('2026-11-23T19:00:00Z'),
  endedAt: new Date('2026-11-23T19:01:05.5Z'),
  k6Version: '2.2.0',
  k6ExitCode: 0,
  targetKind: 'url',
  system: undefined,
  events: [],
  serverSamples: [],
  part: undefined,
  release: '1.4.2',
  commit: '0d5b5e6d06ec43aefda15ca3e7f7adc70e12f1e2',
  host: LINUX_HOST,
};

describe('a complete summary', () => {
  it('joins what k6 measured with what it cannot know, and judges it', () => {
    const summary = completeSummary(measurementOf(run), circumstances);
    const { thresholds, load, ...same } = run;
    expect(summary).toMatchObject({
      ...same,
      load: { ...load, requestsPerSecond: 1000 / load.windowSeconds },
      schemaVersion: 2,
      instance: 1,
      release: '1.4.2',
      commit: circumstances.commit,
      startedAt: '2026-11-23T19:00:00.000Z',
      endedAt: '2026-11-23T19:01:05.500Z',
      durationSeconds: 65.5,
      k6Version: '2.2.0',
      k6ExitCode: 0,
      fingerprint: fingerprintOf(run, '2.2.0'),
      tool: { name: 'k6-verdict', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      verdict: 'pass',
      reasons: [`all ${thresholds.length} thresholds hold`],
    });
    expect(summary.thresholds.map(({ metric, limit, endpoint }) => ({ metric, limit, endpoint }))).toEqual(
      thresholds.map(({ metric, limit, endpoint }) => ({ metric, limit, endpoint })),
    );
  });

  it('leaves out what is not known', () => {
    const { loadStartedAt: _, ...early } = run;
    const unknown = { release: undefined, commit: undefined, k6ExitCode: undefined };
    const summary = completeSummary(measurementOf(early), { ...circumstances, ...unknown });
    for (const key of ['release', 'commit', 'k6ExitCode', 'loadStartedAt']) expect(summary).not.toHaveProperty(key);
    expect(summary.verdict).toBe('incomplete');
  });

  it("takes k6's exit code into the verdict", () => {
    expect(completeSummary(measurementOf(run), { ...circumstances, k6ExitCode: 99 }).verdict).toBe('fail');
  });

  it.each([
    ['127.0.0.2-127.0.0.9', 50, 8],
    ['127.0.0.2-127.0.0.9', 3, 3],
    ['127.0.0.1', 50, undefined],
    [undefined, 50, undefined],
  ])('sent from %s by at most %i users has %s client addresses', (localIPs, users, expected) => {
    const measurement = measurementOf(run);
    const { load } = completeSummary(
      {
        ...measurement,
        ...(localIPs === undefined ? {} : { k6Options: { localIPs } }),
        metrics: { ...measurement.metrics, vus_max: { values: { value: users } } },
      },
      circumstances,
    );
    expect(load.clientAddresses).toBe(expected);
  });

  describe('of requests that k6 counted and no endpoint did', () => {
    const { totals } = run;
    const all = { ...totals.latencyMs.all, count: totals.requests + 2 };
    const cutOff = measurementOf({ ...run, totals: { ...totals, latencyMs: { ...totals.latencyMs, all } } });
    const measurement = { ...cutOff, metrics: { ...cutOff.metrics, vus_max: { values: { value: 50 } } } };

    it('is refused when k6 says that nothing was cut off', () => {
      expect(() => completeSummary(measurement, circumstances)).toThrow(
        'k6 counted 2 requests more than its endpoints, though nothing was cut off',
      );
    });

    it.each([105, 103, 108, undefined])('says how many when k6 ended with %s', (k6ExitCode) => {
      const { load, verdict } = completeSummary(measurement, { ...circumstances, k6ExitCode });
      expect(load.unattributedRequests).toBe(2);
      expect(verdict).toBe('incomplete');
    });
  });

  it('judges the thresholds on what was measured', () => {
    const broken = endpointSummary('projects', { outcomes: { not_found: 500 } });
    const summary = completeSummary(measurementOf(measuredRun([info, broken])), circumstances);
    expect(summary.verdict).toBe('fail');
    expect(summary.reasons).toContainEqual(expect.stringMatching(/^projects: successful responses: 0, must be >= 1/));
  });
});

it.each([
  ['the measurement of this run', { ...measurementOf(run) }, true],
  ['that of another run', { ...measurementOf(run), runId: 'other' }, false],
  ['nothing', undefined, false],
  ['null', null, false],
  ['a text', run.runId, false],
  ['an empty object', {}, false],
])('%s: usable is $2', (_case, measurement, expected) => {
  expect(isMeasurementOf(run.runId, measurement)).toBe(expected);
});

it('the host has cores, memory and, except on Windows, its load before and after', () => {
  const host = describeHost({ loadAverage: [0.5, 1.5] });
  expect(host.cores).toBeGreaterThan(0);
  expect(host.memoryBytes).toBeGreaterThan(0);
  expect(host.loadAverage).toEqual(process.platform === 'win32' ? undefined : [0.5, 1.5]);
});
