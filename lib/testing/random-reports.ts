import fc from 'fast-check';
import { asStored, type StoredRun } from '../core/judge/run-summary.ts';
import { countRequests, OUTCOMES, type Outcome, type OutcomeCounts } from '../core/measure/outcome.ts';
import type { TimelinePoint } from '../core/measure/timeline.ts';
import { present } from '../core/spec/present.ts';
import type { RunEvidence } from '../report/model/evidence.ts';
import { releasePolicyOf } from '../report/model/release-policy.ts';
import { buildReport, type Report } from '../report/model/report.ts';
import { randomRecord, whatWasRecorded, withCauses } from './random-records.ts';
import { atRest, endpointSummary, loadRecord, measuredRun, pooled, runSummary } from './runs.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

export const outcomeCounts = fc.oneof(
  fc.constant({}),
  fc.record({ ok: fc.nat(5000) }),
  fc.record({ ok: fc.nat(100), rate_limited: fc.nat(5000) }),
  fc.dictionary(fc.constantFrom<Outcome>(...OUTCOMES), fc.nat(5000)),
) as fc.Arbitrary<OutcomeCounts>;

const endpoint = fc.record({
  outcomes: outcomeCounts,
  okMedianMs: fc.integer({ min: 1, max: 3000 }),
  isLimited: fc.boolean(),
  rest: fc.option(outcomeCounts, { nil: undefined }),
});

const points = fc.array(
  fc.record({
    outcomes: outcomeCounts,
    p95: fc.option(fc.double({ min: 0.01, max: 5000, noNaN: true }), { nil: undefined }),
    activeUsers: fc.option(fc.nat(50), { nil: undefined }),
  }),
  { maxLength: 20 },
);

const anyRun = fc.record({
  record: randomRecord,
  points: fc.option(points, { nil: undefined }),
  endpoints: fc.array(endpoint, { maxLength: 8 }),
  k6ExitCode: fc.constantFrom(0, 0, 0, 99, 105, 110),
  failed: fc.constantFrom(0, 0, 0, 7),
  dropped: fc.constantFrom(0, 0, 500),
});

/** Of what is random alone next to nothing passes: here the service does what it should, and little goes wrong. */
const goodEndpoint = fc.oneof(
  fc.record({
    outcomes: fc.record({ ok: fc.integer({ min: 1, max: 5000 }) }),
    okMedianMs: fc.integer({ min: 1, max: 200 }),
    isLimited: fc.constant(false),
    rest: fc.constantFrom(undefined, { ok: 3 }, { not_found: 3 }),
  }),
  fc.record({
    outcomes: fc.record({ ok: fc.integer({ min: 1, max: 60 }), rate_limited: fc.nat(5000) }),
    okMedianMs: fc.integer({ min: 1, max: 200 }),
    isLimited: fc.constant(true),
    rest: fc.constantFrom(undefined, { ok: 3 }, { rate_limited: 3 }),
  }),
);

const goodRun = fc.record({
  record: randomRecord,
  points: fc.option(points, { nil: undefined }),
  endpoints: fc.array(fc.oneof({ weight: 20, arbitrary: goodEndpoint }, { weight: 1, arbitrary: endpoint }), {
    minLength: 1,
    maxLength: 8,
  }),
  k6ExitCode: fc.constantFrom(0, 0, 0, 0, 0, 105),
  failed: fc.constant(0),
  dropped: fc.constantFrom(0, 0, 0, 500),
});

type RandomRun = typeof anyRun extends fc.Arbitrary<infer T> ? T : never;

function storedRun(run: RandomRun, number: number): RunEvidence {
  const { record, points, endpoints, k6ExitCode, failed, dropped } = run;
  const summaries = endpoints.map(({ outcomes, okMedianMs, isLimited }, i) =>
    withCauses(
      endpointSummary(`e${i}`, { outcomes, okMedianMs, ...(isLimited ? { rateLimit: RATE_LIMIT } : {}) }),
      record,
    ),
  );
  const stored = asStored(
    runSummary(
      measuredRun(summaries, {
        runId: `run-${number}`,
        scenario: `scenario-${number}`,
        totals: pooled(summaries),
        load: loadRecord({ iterations: { completed: 1500, dropped, failed } }),
        atRest: endpoints.flatMap(({ rest }, i) => (rest === undefined ? [] : [atRest(`e${i}`, rest)])),
      }),
      { k6ExitCode, ...whatWasRecorded(summaries, record) },
    ),
  );
  return points === undefined ? stored : { ...stored, timeline: { periodSeconds: 1, points: points.map(pointOf) } };
}

function pointOf(
  { outcomes, p95, activeUsers }: (typeof points extends fc.Arbitrary<infer T> ? T : never)[number],
  i: number,
): TimelinePoint {
  const requests = countRequests(outcomes);
  return {
    atSeconds: i + 1,
    requests,
    outcomes,
    requestsPerSecond: requests,
    ...present({ okMs: p95 === undefined ? undefined : { p50: p95 / 2, p95, p99: p95 * 2 }, activeUsers }),
  };
}

const runsOf = (run: fc.Arbitrary<RandomRun>) => fc.array(run, { minLength: 1, maxLength: 3 });

/** Such as random runs can meet, or none. */
const anyPolicy = fc.option(
  fc
    .record({
      scenario: fc.constantFrom('scenario-0', 'scenario-1'),
      minSamplesPerEndpoint: fc.constantFrom(0, 1, 400),
    })
    .map((need) => releasePolicyOf({ needs: [need], minDurationSeconds: 1 })),
  { nil: undefined },
);

/** Any test of one to three runs, with its report. */
const anyReport = fc
  .oneof(runsOf(anyRun), runsOf(goodRun as fc.Arbitrary<RandomRun>))
  .map((runs) => runs.map(storedRun))
  .chain((runs) => anyPolicy.map((policy) => ({ runs, ...present({ policy }) })))
  .map(({ runs, ...source }) => ({ runs, ...source, report: buildReport({ runs, scenarios: ['smoke'], ...source }) }));

/** 300 random tests with their reports. They are always the same, so that the cases that they have are known. */
const sampled = fc.sample(anyReport, { numRuns: 300, seed: 1 });

/** Holds a statement against every one of them, and says of which it does not hold. */
export function holdsOfEach(check: (report: Report, runs: readonly StoredRun[]) => void): void {
  for (const [i, { report, runs }] of sampled.entries()) {
    try {
      check(report, runs);
    } catch (error) {
      throw new Error(`Random report ${i}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** What each of them is, as a selector sees it. */
export const ofEach = <Value>(select: (report: Report) => Value) => sampled.map(({ report }) => select(report));
