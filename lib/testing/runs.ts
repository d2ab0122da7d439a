import { type Budgets, thresholdsOf } from '../core/judge/budgets.ts';
import { judgeThreshold } from '../core/judge/judge-threshold.ts';
import { type GeneratorHost, type RunSummary, SCHEMA_VERSION } from '../core/judge/run-summary.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import { judgeRun } from '../core/judge/verdict.ts';
import type {
  AtRest,
  EndpointFacts,
  EndpointSummary,
  LoadRecord,
  Measured,
  MeasuredRun,
} from '../core/measure/measured.ts';
import { mergeLatencies } from '../core/measure/merge-latencies.ts';
import { addOutcomes, countRequests, type OutcomeCounts } from '../core/measure/outcome.ts';
import { LADDER_TREND_STATS, type Latency, latencyFromTrend } from '../core/measure/quantile-ladder.ts';
import type { LoadShape } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';

/** Latency of `count` requests around a median: a shifted exponential distribution, the same on every machine. */
export function latencyAround(medianMs: number, count: number): Latency {
  const at = (quantile: number) => Number((medianMs * (0.6 - (0.4 * Math.log(1 - quantile)) / Math.LN2)).toFixed(3));
  const values: Record<string, number> = { count, avg: Number((medianMs * 1.177).toFixed(3)), min: at(0) };
  values.max = at(0.99995);
  for (const stat of LADDER_TREND_STATS) {
    const percentile = /^p\((.+)\)$/.exec(stat)?.[1];
    if (percentile !== undefined) values[stat] = at(Number(percentile) / 100);
  }
  return latencyFromTrend(values);
}

/** Requests with these outcomes; the latency of all of them is that of the `ok` ones unless it is said. */
export function measured(outcomes: OutcomeCounts, okMedianMs = 40, allMedianMs = okMedianMs): Measured {
  const requests = countRequests(outcomes);
  return {
    requests,
    outcomes,
    latencyMs: {
      all: latencyAround(allMedianMs, requests),
      ok: latencyAround(okMedianMs, outcomes.ok ?? 0),
    },
  };
}

/** All requests of these endpoints together, as they were: counts are sums, latencies are pooled. */
export function pooled(endpoints: readonly EndpointSummary[]): Measured {
  const outcomes = addOutcomes(endpoints.map((endpoint) => endpoint.outcomes));
  return {
    requests: countRequests(outcomes),
    outcomes,
    latencyMs: {
      all: mergeLatencies(endpoints.map(({ latencyMs }) => latencyMs.all)),
      ok: mergeLatencies(endpoints.map(({ latencyMs }) => latencyMs.ok)),
    },
  };
}

export interface EndpointFixture extends Partial<Omit<EndpointFacts, 'id'>> {
  readonly outcomes: OutcomeCounts;
  readonly okMedianMs?: number;
  readonly allMedianMs?: number;
}

export function endpointSummary(
  id: string,
  { outcomes, okMedianMs, allMedianMs, ...facts }: EndpointFixture,
): EndpointSummary & EndpointFacts {
  return {
    id,
    method: 'GET',
    path: `/api/${id}`,
    category: 'System',
    expectedStatuses: [200],
    timeoutMs: 30_000,
    ...facts,
    ...measured(outcomes, okMedianMs, allMedianMs),
  };
}

/** What one user met at an endpoint before the load. */
export function atRest(endpoint: string, outcomes: OutcomeCounts = { ok: 3 }): AtRest {
  const okMs = [12.5, 11.25, 14].slice(0, outcomes.ok ?? 0);
  return { endpoint, sent: countRequests(outcomes) + 1, requests: countRequests(outcomes), outcomes, okMs };
}

export const STEADY: LoadShape = {
  kind: 'constant-users',
  users: 50,
  durationSeconds: 60,
  rampUpSeconds: 0,
  thinkTimeSeconds: 1,
  pacingSeconds: 0,
};

export function loadRecord(changes: Partial<LoadRecord> = {}): LoadRecord {
  return {
    model: 'closed',
    plan: { users: STEADY },
    windowSeconds: 61.5,
    requestsPerSecond: 24.39,
    iterations: { completed: 1500, dropped: 0, failed: 0 },
    usersAtEnd: 50,
    ...changes,
  };
}

export const BUDGETS: Budgets = {
  overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0, refusedOrReset: 0, successShare: 0.99 },
  everyEndpoint: { okP95Ms: 500, successShare: 0.99, okReplies: 1 },
  endpoints: {},
};

/** A run as it was measured, with what it is to be judged by. */
export interface RunToJudge extends MeasuredRun {
  readonly thresholds: readonly Threshold[];
}

/** What k6 wrote of a run over these endpoints. */
export function measuredRun(
  endpoints: readonly EndpointSummary[],
  changes: Partial<RunToJudge> & { readonly okMedianMs?: number; readonly allMedianMs?: number } = {},
): RunToJudge {
  const { okMedianMs, allMedianMs, ...overrides } = changes;
  const isOfItsOwn = okMedianMs !== undefined || allMedianMs !== undefined;
  const totals = isOfItsOwn
    ? measured(addOutcomes(endpoints.map(({ outcomes }) => outcomes)), okMedianMs, allMedianMs)
    : pooled(endpoints);
  const load = loadRecord();
  return {
    testId: 'LOAD-CONCURRENT-001',
    runId: '20261123T190000Z-sustained-a1b2c3',
    scenario: 'sustained',
    purpose: 'Does the service hold a steady load, and do its rate limits?',
    plan: 'timed',
    target: 'http://127.0.0.1:8000',
    loadStartedAt: '2026-11-23T19:00:02.000Z',
    load: { ...load, requestsPerSecond: totals.requests / load.windowSeconds },
    endpoints,
    totals,
    thresholds: thresholdsOf(
      BUDGETS,
      endpoints.map(({ id }) => id),
    ),
    k6Thresholds: [
      { metric: 'http_req_duration{expected_response:true,phase:load}', threshold: 'p(95)<500', ok: true },
    ],
    atRest: endpoints.map(({ id }) => atRest(id)),
    ...overrides,
  };
}

export const LINUX_HOST: GeneratorHost = {
  platform: 'linux',
  arch: 'x64',
  cpuModel: 'AMD EPYC 7B13',
  cores: 4,
  memoryBytes: 16_777_216_000,
  loadAverage: [0.25, 1.75],
};

/** The summary of a run, judged as every run is. Members that are given win over what the measurements say. */
export function runSummary(
  { thresholds, ...run }: RunToJudge,
  changes: Partial<RunSummary> & { readonly k6ExitCode?: number } = {},
): RunSummary {
  const { k6ExitCode = 0, ...overrides } = changes;
  const { startedAt = '2026-11-23T19:00:00.000Z', endedAt = '2026-11-23T19:01:05.500Z' } = overrides;
  const judgement = judgeRun({
    thresholds: thresholds.map((threshold) =>
      judgeThreshold(threshold, { ...run, ...present({ custom: overrides.custom }) }),
    ),
    endpoints: run.endpoints,
    ...present({ journeys: run.journeys }),
    load: run.load,
    k6Thresholds: run.k6Thresholds,
    k6ExitCode,
  });
  return {
    ...run,
    ...judgement,
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'k6-verdict', version: '0.1.0' },
    instance: 1,
    startedAt,
    endedAt,
    durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    k6Version: '2.2.0',
    k6ExitCode,
    targetKind: 'url',
    host: LINUX_HOST,
    fingerprint: 'sha256:00112233445566778899aabbccddeeff',
    ...overrides,
  };
}

const perMinute = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

const healthyRun = runSummary(
  measuredRun([
    endpointSummary('system-info', { outcomes: { ok: 120, rate_limited: 380 }, rateLimit: perMinute, okMedianMs: 31 }),
    endpointSummary('system-processes', { outcomes: { ok: 500 }, okMedianMs: 85.5 }),
    endpointSummary('projects', { outcomes: { ok: 500 }, category: 'Project', okMedianMs: 4.2 }),
  ]),
  {
    targetKind: 'reference-backend',
    release: '1.4.2',
    commit: '0d5b5e6d06ec43aefda15ca3e7f7adc70e12f1e2',
  },
);

const failingEndpoints = [
  endpointSummary('system-info', {
    outcomes: { ok: 300, server_error: 5, timeout: 150, refused: 45 },
    okMedianMs: 290,
    allMedianMs: 9000,
  }),
  endpointSummary('system-processes', { outcomes: { refused: 4388, reset: 12 }, allMedianMs: 0 }),
  endpointSummary('projects', { outcomes: { not_found: 480 }, category: 'Project', allMedianMs: 3 }),
  endpointSummary('agents', { outcomes: { ok: 100, rate_limited: 300 }, method: 'POST', category: 'Agent' }),
];

const failingRun = runSummary(
  measuredRun(failingEndpoints, {
    // Most requests were refused, which k6 records as 0 ms: they must show in the latency of all requests.
    totals: pooled(failingEndpoints),
    load: loadRecord({
      windowSeconds: 90.2,
      requestsPerSecond: 64.08,
      iterations: { completed: 5780, dropped: 0, failed: 0 },
    }),
    k6Thresholds: [{ metric: 'outcome_server_error', threshold: 'count<=0', ok: false }],
    atRest: [atRest('system-info'), atRest('system-processes'), atRest('projects', { not_found: 3 })],
  }),
  { k6ExitCode: 99, release: '1.5.0-rc.1', endedAt: '2026-11-23T19:01:34.500Z', durationSeconds: 94.5 },
);

const ARRIVALS: LoadShape = {
  kind: 'constant-arrivals',
  ratePerSecond: 10,
  durationSeconds: 60,
  expectedLatencyMs: 1000,
  maxUsers: 20,
};

const unmeasuredRun = runSummary(
  measuredRun([endpointSummary('system-info', { outcomes: {} }), endpointSummary('projects', { outcomes: {} })], {
    load: loadRecord({
      model: 'open',
      plan: { arrivals: ARRIVALS },
      windowSeconds: 0,
      requestsPerSecond: 0,
      plannedIterations: 600,
      iterations: { completed: 0, dropped: 600, failed: 0 },
    }),
    atRest: [],
    k6Thresholds: [],
  }),
);

const { loadStartedAt: _, ...interrupted } = measuredRun(
  [endpointSummary('system-info', { outcomes: { ok: 90 } }), endpointSummary('projects', { outcomes: { ok: 85 } })],
  {
    totals: { ...measured({ ok: 175 }), latencyMs: { all: latencyAround(40, 177), ok: latencyAround(40, 175) } },
    load: loadRecord({
      plan: {
        readers: { kind: 'fixed-work', users: 15, requestsPerEndpoint: 50, thinkTimeSeconds: 0, pacingSeconds: 0.5 },
        visitors: {
          kind: 'ramping-users',
          startUsers: 0,
          stages: [{ users: 5, durationSeconds: 30 }],
          thinkTimeSeconds: 0.25,
          pacingSeconds: 0,
        },
      },
      windowSeconds: 12.25,
      requestsPerSecond: 14.29,
      iterations: { completed: 175, dropped: 0, failed: 0 },
      usersAtEnd: 20,
      unattributedRequests: 2,
    }),
  },
);

const { loadAverage: __, ...windowsHost } = LINUX_HOST;

const incompleteRun = runSummary(interrupted, {
  k6ExitCode: 105,
  endedAt: '2026-11-23T19:00:14.000Z',
  durationSeconds: 14,
  host: { ...windowsHost, platform: 'win32' },
});

/** One run of each kind, the same on every machine. */
export const FIXTURES = {
  healthy: healthyRun,
  failing: failingRun,
  unmeasured: unmeasuredRun,
  incomplete: incompleteRun,
} as const;
