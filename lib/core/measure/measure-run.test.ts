import { describe, expect, it } from 'vitest';
import type { K6Measurement } from '../judge/measurement.ts';
import { endpointLatencyMetric, outcomeSubMetric, overallLatencyMetric, undecidedChecksMetric } from './k6-metrics.ts';
import { isMeasured, measureRun } from './measure-run.ts';
import type { K6Metric } from './measured.ts';
import { LADDER_TREND_STATS } from './quantile-ladder.ts';

const trend = (count: number, ms: number): K6Metric => ({
  values: Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, stat === 'count' ? count : count === 0 ? 0 : ms])),
});
const counter = (count: number): K6Metric => ({ values: { count, rate: count / 7 } });

function measurement(metrics: K6Measurement['metrics']): K6Measurement {
  const endpoint = {
    id: 'a',
    method: 'GET',
    path: '/a',
    category: 'A',
    expectedStatuses: [200],
    timeoutMs: 1000,
  } as const;
  return {
    runId: 'r',
    testId: 't',
    scenario: 's',
    purpose: 'p',
    planName: 'timed',
    plan: { users: { kind: 'fixed-work', users: 2, requestsPerEndpoint: 50, thinkTimeSeconds: 0, pacingSeconds: 0 } },
    target: 'http://127.0.0.1',
    endpoints: [endpoint],
    thresholds: [],
    atRest: [],
    metrics,
  };
}

const COUNTED = {
  [endpointLatencyMetric('ok', 'a')]: trend(90, 5),
  [endpointLatencyMetric('not ok', 'a')]: trend(10, 1000),
  [outcomeSubMetric('timeout', 'a')]: counter(8),
  [outcomeSubMetric('server_error', 'a')]: counter(2),
  [overallLatencyMetric('all')]: trend(100, 6),
  [overallLatencyMetric('ok')]: trend(90, 5),
  iterations: counter(100),
  load_window: { values: { value: 4000 } },
};

describe('measureRun', () => {
  it('adds up what k6 counts and what the script counts', () => {
    const run = measureRun(measurement(COUNTED));
    expect(run.endpoints[0]).toMatchObject({ requests: 100, outcomes: { ok: 90, timeout: 8, server_error: 2 } });
    expect(run.endpoints[0]?.latencyMs.all).toMatchObject({ count: 100, p50: 5, p99: 1000 });
    expect(run.totals).toMatchObject({ requests: 100, outcomes: { ok: 90, timeout: 8, server_error: 2 } });
    expect(run.load).toMatchObject({
      windowSeconds: 4,
      requestsPerSecond: 25,
      plannedIterations: 100,
      iterations: { completed: 100, dropped: 0, failed: 0 },
    });
  });

  it('keeps wrong content out of ok and its latency, though its status was expected', () => {
    const counted = {
      ...COUNTED,
      // k6's own figures of them are not looked at.
      [endpointLatencyMetric('ok', 'a')]: trend(90, 400),
      [overallLatencyMetric('ok')]: trend(90, 400),
      [endpointLatencyMetric('ok', 'a', true)]: trend(60, 5),
      [overallLatencyMetric('ok', true)]: trend(60, 5),
      [endpointLatencyMetric('not ok', 'a', true)]: trend(40, 1000),
      [outcomeSubMetric('check_failed', 'a')]: counter(30),
      [undecidedChecksMetric('a')]: counter(2),
    };
    const run = measureRun({ ...measurement(counted), checksContent: true });
    const outcomes = { ok: 60, check_failed: 30, timeout: 8, server_error: 2 };
    const ok = { count: 60, p95: 5 };
    expect(run.endpoints[0]).toMatchObject({ outcomes, latencyMs: { ok, all: { count: 100 } }, undecidedChecks: 2 });
    expect(run.totals).toMatchObject({ outcomes, latencyMs: { ok, all: { count: 100 } } });
  });

  it('calls a failed request whose cause was cut off unclassified', () => {
    const run = measureRun(measurement({ ...COUNTED, [outcomeSubMetric('timeout', 'a')]: counter(7) }));
    expect(run.endpoints[0]?.outcomes).toEqual({ ok: 90, timeout: 7, server_error: 2, unclassified: 1 });
  });

  it('says how many requests k6 counted that no endpoint has', () => {
    const run = measureRun(measurement({ ...COUNTED, [overallLatencyMetric('all')]: trend(102, 6) }));
    expect(run.load.unattributedRequests).toBe(2);
    expect(run.totals.requests).toBe(100);
  });

  it.each([
    [0, 2, undefined],
    [1, 2, 1],
    [2, 2, 2],
    [50, 50, 50],
  ])('takes %i of them from a run of at most %i users', (missing, mostUsers, unattributedRequests) => {
    const run = measureRun(
      measurement({
        ...COUNTED,
        [overallLatencyMetric('all')]: trend(100 + missing, 6),
        vus_max: { values: { value: mostUsers } },
      }),
    );
    expect(run.load.unattributedRequests).toBe(unattributedRequests);
    expect(run.totals).toMatchObject({ requests: 100, latencyMs: { all: { count: 100 + missing } } });
  });

  it.each([
    [3, 2],
    [1, 0],
    [51, 50],
  ])('refuses %i of them from a run of at most %i users: nobody could have sent so many', (missing, mostUsers) => {
    const metrics = {
      ...COUNTED,
      [overallLatencyMetric('all')]: trend(100 + missing, 6),
      vus_max: { values: { value: mostUsers } },
    };
    expect(() => measureRun(measurement(metrics))).toThrow(
      `k6 counted ${100 + missing} requests of the load, but its endpoints 100`,
    );
  });

  // k6 looks at its users once a second: a run that is cut short before has no vus_max.
  it('refuses more of them than its plan has users where k6 did not say how many it had', () => {
    const metrics = { ...COUNTED, [overallLatencyMetric('all')]: trend(100_100, 6) };
    expect(() => measureRun(measurement(metrics))).toThrow();
  });

  it.each([
    ['more outcomes than requests', { [outcomeSubMetric('timeout', 'a')]: counter(11) }],
    ['fewer requests in all than at the endpoints', { [overallLatencyMetric('all')]: trend(99, 6) }],
    ['another number of successful responses in all', { [overallLatencyMetric('ok')]: trend(91, 5) }],
  ])('refuses %s', (_, wrong) => {
    expect(() => measureRun(measurement({ ...COUNTED, ...wrong }))).toThrow();
  });

  it('measures nothing of a run that sent nothing', () => {
    const run = measureRun(measurement({}));
    expect(run.totals).toEqual({ requests: 0, outcomes: {}, latencyMs: { all: { count: 0 }, ok: { count: 0 } } });
    expect(run.load.requestsPerSecond).toBe(0);
  });
});

it('what measureRun looks at leaves k6', () => {
  for (const name of Object.keys(COUNTED)) expect(isMeasured(name, counter(1))).toBe(true);
  for (const name of ['vus', 'vus_max', 'dropped_iterations', 'failed_iterations'])
    expect(isMeasured(name, { values: { value: 2 } })).toBe(true);
});

it('what measureRun does not look at does not leave k6', () => {
  expect(isMeasured('http_req_waiting', trend(5, 1))).toBe(false);
  expect(isMeasured(outcomeSubMetric('dns', 'a'), counter(0))).toBe(false);
  expect(isMeasured(outcomeSubMetric('dns', 'a'), counter(1))).toBe(true);
  expect(isMeasured(outcomeSubMetric('reset', 'a'), { ...counter(0), thresholds: { 'count<=0': { ok: true } } })).toBe(
    true,
  );
});
