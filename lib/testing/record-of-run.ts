import type { MeasuredTest } from '../core/judge/measurement.ts';
import { OWN_METRICS, stoppedAtTag } from '../core/measure/k6-metrics.ts';
import { EVENT_KEY } from '../core/questions/events.ts';
import { type RawPeriod, type RawRecord, type RawSample, recordLines } from './record-lines.ts';

const STARTED_AT_MS = Date.parse('2026-01-02T03:04:05.000Z');

/** A request of the load as k6 tags it, answered as expected unless said otherwise. */
export function requestSample(endpoint: string, value: number, tags: RawSample['tags'] = {}): RawSample {
  return {
    metric: 'http_req_duration',
    value,
    tags: { endpoint, phase: 'load', status: '200', expected_response: 'true', ...tags },
  };
}

/** What the script notes of journeys of one name, by how they ended; each that ended was started. */
export function journeySamples(
  journey: string,
  { completedMs = [], stoppedAt = [], failed = 0, interrupted = 0 }: EndsOfJourneys,
): RawSample[] {
  const started = completedMs.length + stoppedAt.length + failed + interrupted;
  const count = { kind: 'counter', value: 1 } as const;
  return [
    ...times(started, { ...count, metric: OWN_METRICS.journeyStarted, tags: { journey } }),
    ...completedMs.map((value) => ({ metric: OWN_METRICS.journeyCompleted, value, tags: { journey } })),
    ...stoppedAt.map((id) => ({
      ...count,
      metric: OWN_METRICS.journeyStopped,
      tags: { stopped_at: stoppedAtTag(journey, id) },
    })),
    ...times(failed, { ...count, metric: OWN_METRICS.failedIterations, tags: { phase: 'load', journey } }),
  ];
}

interface EndsOfJourneys {
  readonly completedMs?: readonly number[];
  /** The endpoints at which some were stopped. */
  readonly stoppedAt?: readonly string[];
  readonly failed?: number;
  readonly interrupted?: number;
}

function times(count: number, sample: RawSample): RawSample[] {
  return Array.from({ length: count }, () => sample);
}

/** A test of these endpoints, as its record has it. */
export function testInRecord(endpoints: readonly string[], changes: Partial<MeasuredTest> = {}): MeasuredTest {
  return {
    runId: 'run',
    testId: 'TEST',
    scenario: 'example',
    purpose: 'Is it recorded?',
    planName: 'timed',
    plan: {
      users: {
        kind: 'constant-users',
        users: 5,
        rampUpSeconds: 0,
        durationSeconds: 6,
        thinkTimeSeconds: 1,
        pacingSeconds: 0,
      },
    },
    target: 'http://127.0.0.1:1',
    endpoints: endpoints.map((id) => ({
      id,
      method: 'GET',
      path: `/${id}`,
      category: 'Any',
      expectedStatuses: [200],
      timeoutMs: 1000,
    })),
    thresholds: [],
    ...changes,
  };
}

/** The record of a test of the library: its load begins with its first period. */
export function recordOfTest(
  test: MeasuredTest,
  periods: readonly RawPeriod[],
  { limits = [], samples = [], end = {} }: Omit<RawRecord, 'start' | 'periods'> = {},
): string {
  const atMs = periods[0]?.fromMs ?? STARTED_AT_MS;
  const setup = { loadStartedAtMs: atMs, atRest: [] };
  return recordLines({
    start: { atMs, test: { measured: JSON.stringify(test) } },
    limits,
    periods,
    samples: [
      { metric: OWN_METRICS.events, atMs, value: 1, metadata: { [EVENT_KEY]: JSON.stringify(setup) } },
      ...samples,
    ],
    end,
  });
}

/** Periods of a second each, with the samples of each second. */
export function secondsOf(samples: readonly (readonly RawSample[])[]): RawPeriod[] {
  return samples.map((each, i) => ({
    fromMs: STARTED_AT_MS + i * 1000,
    toMs: STARTED_AT_MS + (i + 1) * 1000,
    samples: each,
  }));
}

/** A run of one endpoint in which all was well, and what its summary says beside its record. */
export function recordOfRun({ seconds, okPerSecond }: { readonly seconds: number; readonly okPerSecond: number }) {
  const second = Array.from({ length: okPerSecond }, (_, i) => requestSample('list', 5 + i));
  const requests = seconds * okPerSecond;
  const none = { count: requests };
  return {
    text: recordOfTest(testInRecord(['list']), secondsOf(Array.from({ length: seconds }, () => second))),
    facts: {
      loadStartedAt: new Date(STARTED_AT_MS).toISOString(),
      totals: { requests, outcomes: { ok: requests }, latencyMs: { all: none, ok: none } },
    },
  };
}
