import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type RawSample } from '../../testing/record-lines.ts';
import { endpointSummary, runSummary, STEADY } from '../../testing/runs.ts';
import { measureRun } from '../measure/measure-run.ts';
import { WATCHES } from '../measure/record/over-time.ts';
import { readRecord } from '../measure/record/read-record.ts';
import { customOfRecord } from './custom-of-record.ts';
import type { MeasuredTest } from './measurement.ts';
import { measurementOfRecord } from './measurement-of-record.ts';
import { mergeRuns, type RunPart } from './merge-runs.ts';
import type { Threshold } from './threshold.ts';

const IDS = ['list', 'show'] as const;
const LIMIT = 500;
const THRESHOLDS: readonly Threshold[] = [
  { metric: 'okP95Ms', limit: LIMIT },
  ...IDS.map((endpoint) => ({ metric: 'okP95Ms', endpoint, limit: LIMIT }) as const),
];
const START = Date.parse('2026-11-23T19:00:00Z');

interface Request {
  readonly endpoint: (typeof IDS)[number];
  readonly status: '200' | '401' | '500';
  readonly ms: number;
  readonly second: number;
}

const TEST: MeasuredTest = {
  runId: 'shared',
  testId: 'A',
  scenario: 'a',
  purpose: 'b',
  planName: 'timed',
  plan: { users: STEADY },
  target: 'http://127.0.0.1:8000',
  endpoints: IDS.map((id) => {
    const { requests: _, outcomes: __, latencyMs: ___, ...facts } = endpointSummary(id, { outcomes: { ok: 1 } });
    return facts;
  }),
  thresholds: THRESHOLDS,
};

function samplesOf({ endpoint, status, ms }: Request): RawSample[] {
  const isOk = status === '200';
  const tags = { endpoint, phase: 'load', status, expected_response: String(isOk) };
  return [
    { metric: 'http_req_duration', value: ms, tags: isOk ? tags : { ...tags, error_code: `1${status}` } },
    { metric: 'checks', kind: 'rate', value: ms < 100 ? 1 : 0, tags: { phase: 'load', check: 'is quick' } },
    { metric: 'payload', contains: 'data', value: ms * 10, tags: { phase: 'load' } },
  ];
}

/** A k6 process that sent these requests, begun so many milliseconds after the first one. */
function partOf(instance: number, requests: readonly Request[], atMs: number): RunPart {
  const fromMs = START + atMs;
  const periods = [0, 1, 2, 3].map((second) => ({
    fromMs: fromMs + second * 1000,
    toMs: fromMs + (second + 1) * 1000,
    samples: requests.filter((each) => each.second === second).flatMap(samplesOf),
  }));
  const setup = JSON.stringify({ loadStartedAtMs: fromMs, atRest: [] });
  const lines = linesOf({
    start: { atMs: fromMs, test: { measured: JSON.stringify(TEST) } },
    limits: [{ metric: 'http_req_duration', tags: { expected_response: 'true' }, values: [LIMIT] }],
    periods,
    samples: [{ metric: 'verdict_event', atMs: fromMs, value: 1, metadata: { event: setup } }],
  });
  const record = readRecord(
    lines.map((line) => JSON.stringify(line)),
    { watches: WATCHES },
  );
  const { measurement } = measurementOfRecord(record);
  const custom = customOfRecord(record);
  const summary = runSummary(
    { ...measureRun(measurement), thresholds: THRESHOLDS },
    { instance, startedAt: new Date(fromMs).toISOString(), ...(custom && { custom }) },
  );
  return { summary, record };
}

/** TrendSink.P of k6's metrics/sink.go. */
function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Of a double that was worked out in another order. */
const ROUNDING = 1e-14;

/** With wide gaps, and with many close to the limit: there a mixture of ladders is far off. */
const ms = fc.oneof(
  fc.double({ min: LIMIT * 0.99, max: LIMIT * 1.01, noNaN: true }),
  fc.double({ min: 1, max: 20, noNaN: true }),
  fc.double({ min: 2000, max: 30_000, noNaN: true }),
  fc.constant(LIMIT),
);
const request: fc.Arbitrary<Request> = fc.record({
  endpoint: fc.constantFrom(...IDS),
  status: fc.constantFrom('200', '200', '200', '401', '500'),
  ms,
  second: fc.integer({ min: 0, max: 3 }),
});
/** No two processes measure the same. */
const parts = fc
  .array(fc.array(request, { maxLength: 60 }), { minLength: 2, maxLength: 4 })
  .map((all) =>
    all.map((requests, i): Request[] => [
      ...requests,
      { endpoint: 'list', status: '200', ms: 100 + i, second: 3 },
      { endpoint: 'show', status: '500', ms: 3, second: 0 },
    ]),
  );

const ofEndpoint = (requests: readonly Request[], id: string) => requests.filter(({ endpoint }) => endpoint === id);
const okMs = (requests: readonly Request[]) => requests.filter(({ status }) => status === '200').map((each) => each.ms);

describe('processes with their records', () => {
  it.each([
    ['beside each other', 137],
    ['one after another', 4000],
  ])('%s merge into what all their samples say', (_, apartMs) => {
    fc.assert(
      fc.property(parts, (each) => {
        const merged = mergeRuns(each.map((requests, i) => partOf(i + 1, requests, i * apartMs)));
        const all = each.flat();
        const sets = [
          [merged.totals, all] as const,
          ...merged.endpoints.map((endpoint) => [endpoint, ofEndpoint(all, endpoint.id)] as const),
        ];
        for (const [{ requests, outcomes, latencyMs }, own] of sets) {
          expect(requests).toBe(own.length);
          expect(outcomes.ok ?? 0).toBe(okMs(own).length);
          expect(outcomes.server_error ?? 0).toBe(own.filter(({ status }) => status === '500').length);
          for (const [latency, samples] of [
            [latencyMs.ok, okMs(own)],
            [latencyMs.all, own.map((one) => one.ms)],
          ] as const) {
            expect(latency.count).toBe(samples.length);
            if (samples.length === 0) continue;
            for (const [name, q] of [
              ['p50', 0.5],
              ['p95', 0.95],
              ['p99', 0.99],
            ] as const) {
              const exact = quantile(samples, q);
              expect(Math.abs((latency[name] ?? 0) - exact)).toBeLessThanOrEqual(0.01 * exact);
              const [low, high] = latency.brackets?.[name] ?? [Number.NaN, Number.NaN];
              expect(exact).toBeGreaterThanOrEqual(low - ROUNDING * exact);
              expect(exact).toBeLessThanOrEqual(high + ROUNDING * exact);
            }
          }
        }
        for (const { endpoint, verdict } of merged.thresholds) {
          const samples = okMs(endpoint === undefined ? all : ofEndpoint(all, endpoint));
          const expected = samples.length === 0 ? 'no_data' : quantile(samples, 0.95) < LIMIT ? 'pass' : 'fail';
          expect(verdict).toBe(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['beside each other', 137],
    ['one after another', 4000],
  ])('%s have endpoints over time, causes, checks and metrics that add up', (_, apartMs) => {
    fc.assert(
      fc.property(parts, (each) => {
        const merged = mergeRuns(each.map((requests, i) => partOf(i + 1, requests, i * apartMs)));
        const all = each.flat();
        const { overTime, custom } = merged;
        const seconds = ((each.length - 1) * apartMs) / 1000 + 4;
        expect(overTime?.atSeconds.at(-1)).toBeGreaterThanOrEqual(seconds - 1);
        expect(overTime?.atSeconds.at(-1)).toBeLessThanOrEqual(seconds + 1);
        for (const { id, requests, ok } of overTime?.endpoints ?? []) {
          const own = ofEndpoint(all, id);
          expect(requests.reduce((a, b) => a + b, 0)).toBe(own.length);
          expect(ok.reduce((a, b) => a + b, 0)).toBe(okMs(own).length);
        }
        for (const { id, causes = [] } of merged.endpoints) {
          for (const status of [401, 500])
            expect(causes.find((cause) => cause.status === status)?.count ?? 0).toBe(
              ofEndpoint(all, id).filter((one) => one.status === String(status)).length,
            );
        }
        const quick = all.filter((one) => one.ms < 100).length;
        expect(custom?.checks).toEqual([{ name: 'is quick', passes: quick, fails: all.length - quick }]);
        expect(custom?.figures).toMatchObject([{ metric: 'payload', values: { count: all.length } }]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a process without its record', () => {
  const ok = (value: number): Request => ({ endpoint: 'list', status: '200', ms: value, second: 1 });
  const failed: Request = { endpoint: 'list', status: '401', ms: 3, second: 2 };
  const [one, two] = [partOf(1, [ok(10), ok(20), failed], 0), partOf(2, [ok(2000), failed, failed], 0)];

  it.each<[string, RunPart]>([
    ['has none', { summary: two.summary }],
    ['has that of another process', { ...one, summary: two.summary }],
  ])('%s: ladders are mixed, and nothing of the others stands for the whole', (_, second) => {
    const merged = mergeRuns([one, second]);
    expect(merged.totals.latencyMs.ok.count).toBe(3);
    expect(merged).not.toHaveProperty('overTime');
    expect(merged).not.toHaveProperty('custom');
    expect(merged.endpoints[0]?.causes).toEqual([{ outcome: 'client_error', count: 3, status: 401 }]);
  });

  it('may have run without a recorder: then the causes of the others are not those of all', () => {
    const merged = mergeRuns([one, { summary: { ...two.summary, isUnrecorded: true } }]);
    expect(merged.isUnrecorded).toBe(true);
    expect(merged.endpoints[0]).not.toHaveProperty('causes');
  });
});
