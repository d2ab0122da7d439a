import type { StoredRun } from '../core/judge/run-summary.ts';
import type { ScriptWorkload } from '../core/judge/script/script-workload.ts';
import type { LoadRecord, StoredEndpoint } from '../core/measure/measured.ts';
import { countRequests, type OutcomeCounts } from '../core/measure/outcome.ts';
import { LADDER_QUANTILES, type Latency, latencyAt } from '../core/measure/quantile-ladder.ts';

/** A generator of numbers that is the same everywhere (mulberry32). */
export function randomFrom(seed: number): { uniform(): number; normal(): number } {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

export interface EndpointFixture {
  readonly medianMs: number;
  readonly outcomes?: OutcomeCounts;
  readonly hasLimit?: boolean;
}

export interface RunFixture {
  readonly runId?: string;
  readonly startedAt?: string;
  readonly release?: string;
  readonly endpoints: Readonly<Record<string, EndpointFixture>>;
  readonly windowSeconds?: number;
  readonly load?: Partial<LoadRecord>;
  readonly hasLadders?: boolean;
  readonly changes?: Partial<StoredRun>;
}

const LIMIT_MS = 500;

/** A run as it is stored, with a lognormal latency around each median. */
export function storedRun({
  runId = 'run',
  startedAt = '2026-11-24T09:00:00.000Z',
  release,
  endpoints: given,
  windowSeconds = 60,
  load = {},
  hasLadders = true,
  changes = {},
}: RunFixture): StoredRun {
  const endpoints = Object.entries(given).map(([id, fixture]) => endpointOf(id, fixture, hasLadders));
  const outcomes: Record<string, number> = {};
  for (const endpoint of endpoints)
    for (const [outcome, count] of Object.entries(endpoint.outcomes))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + (count ?? 0);
  const requests = countRequests(outcomes);
  const okMs = latencyOf(endpoints[0]?.latencyMs.ok.p50 ?? 1, outcomes.ok ?? 0, hasLadders);
  return {
    source: 'k6-verdict',
    lacks: [],
    testId: 'LOAD-SUSTAINED',
    runId,
    scenario: 'sustained',
    plan: 'timed',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 65_000).toISOString(),
    fingerprint: 'sha256:00112233445566778899aabbccddeeff',
    k6Version: '2.2.0',
    k6ExitCode: 0,
    ...(release === undefined ? {} : { release }),
    load: {
      model: 'open',
      plan: {
        users: {
          kind: 'constant-arrivals',
          ratePerSecond: requests / windowSeconds,
          durationSeconds: 60,
          expectedLatencyMs: 1,
        },
      },
      windowSeconds,
      requestsPerSecond: requests / windowSeconds,
      iterations: { completed: requests, dropped: 0, failed: 0 },
      ...load,
    },
    totals: { requests, outcomes, latencyMs: { all: okMs, ok: okMs } },
    endpoints,
    thresholds: endpoints.map(({ id, latencyMs }) => ({
      metric: 'okP95Ms',
      endpoint: id,
      limit: LIMIT_MS,
      operator: '<',
      unit: 'ms',
      samples: latencyMs.ok.count,
      ...(latencyMs.ok.p95 === undefined ? {} : { actual: latencyMs.ok.p95 }),
      verdict: 'pass',
    })),
    k6Thresholds: [],
    atRest: [],
    verdict: 'pass',
    reasons: ['it holds'],
    ...changes,
  } as StoredRun;
}

export const SCRIPT_WORKLOAD: ScriptWorkload = {
  script: 'a'.repeat(64),
  k6: '2.2',
  scenarios: { default: { executor: 'constant-arrival-rate', rate: 20, duration: '1m0s', preAllocatedVUs: 9 } },
};

/** The same as a run of a script of somebody else. */
export function scriptRun(fixture: RunFixture, workload: ScriptWorkload = SCRIPT_WORKLOAD): StoredRun {
  const { plan: _, ...run } = storedRun(fixture);
  const { plan: __, ...load } = run.load;
  return { ...run, source: 'script', scenario: 'shop', load, thresholds: [], workload } as StoredRun;
}

function endpointOf(
  id: string,
  { medianMs, outcomes = { ok: 600 }, hasLimit = false }: EndpointFixture,
  hasLadders: boolean,
): StoredEndpoint {
  const ok = latencyOf(medianMs, outcomes.ok ?? 0, hasLadders);
  return {
    id,
    path: `/api/${id}`,
    category: 'System',
    method: 'GET',
    expectedStatuses: [200],
    timeoutMs: 30_000,
    ...(hasLimit ? { rateLimit: { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const } : {}),
    requests: countRequests(outcomes),
    outcomes,
    latencyMs: { all: ok, ok },
  };
}

function latencyOf(medianMs: number, count: number, hasLadder: boolean): Latency {
  if (count === 0) return { count: 0 };
  const latency = latencyAt(
    count,
    medianMs * 1.05,
    LADDER_QUANTILES.map((q) => medianMs * spread(q)),
  );
  const { ladder: _, ...figures } = latency;
  return hasLadder ? latency : figures;
}

/** A logistic stand-in for a lognormal distribution: a median of 1, and a p95 of about 1.8. */
function spread(quantile: number): number {
  const q = Math.min(Math.max(quantile, 0.0005), 0.9995);
  return (q / (1 - q)) ** 0.2;
}

/** Runs in turn, AB BA AB ..., five minutes apart: base first. */
export function pairsOf(
  count: number,
  run: (side: 'base' | 'head', pair: number) => Omit<RunFixture, 'startedAt' | 'runId'>,
  make: (fixture: RunFixture) => StoredRun = storedRun,
): { readonly base: StoredRun[]; readonly head: StoredRun[] } {
  const sides = { base: [] as StoredRun[], head: [] as StoredRun[] };
  let at = Date.parse('2026-11-24T09:00:00Z');
  for (let pair = 1; pair <= count; pair += 1) {
    for (const side of pair % 2 === 1 ? (['base', 'head'] as const) : (['head', 'base'] as const)) {
      sides[side].push(make({ ...run(side, pair), runId: `${side}-${pair}`, startedAt: new Date(at).toISOString() }));
      at += 300_000;
    }
  }
  return sides;
}
