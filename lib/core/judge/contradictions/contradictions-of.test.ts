import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { endpointSummary, FIXTURES, loadRecord, measuredRun, runSummary } from '../../../testing/runs.ts';
import type { EndpointSummary } from '../../measure/measured.ts';
import { LADDER_QUANTILES, type Latency, latencyAt } from '../../measure/quantile-ladder.ts';
import type { RunSummary } from '../run-summary.ts';
import { contradictionsOf } from './contradictions-of.ts';

const told = (run: RunSummary) =>
  contradictionsOf(run).map(({ member, received, expected }) => `${member} is ${received}; ${expected}`);

/** k6's percentiles: https://grafana.com/docs/k6/latest/, linear between the two nearest ranks. */
function latencyOf(samples: readonly number[]): Latency {
  if (samples.length === 0) return { count: 0 };
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (quantile: number) => {
    const rank = quantile * (sorted.length - 1);
    const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
    return low + (high - low) * (rank - Math.floor(rank));
  };
  const mean = samples.reduce((sum, ms) => sum + ms, 0) / samples.length;
  return latencyAt(samples.length, mean, LADDER_QUANTILES.map(at));
}

/** A run of endpoints whose every reply was ok, and took so long. */
function runOf(samples: readonly (readonly number[])[]): RunSummary {
  const endpoints = samples.map((ms, i): EndpointSummary => {
    const latency = latencyOf(ms);
    const { latencyMs: _, ...facts } = endpointSummary(`e${i}`, { outcomes: { ok: ms.length } });
    return { ...facts, latencyMs: { all: latency, ok: latency } };
  });
  const all = latencyOf(samples.flat());
  const requests = all.count;
  return runSummary(
    measuredRun(endpoints, {
      totals: { requests, outcomes: { ok: requests }, latencyMs: { all, ok: all } },
      load: loadRecord({ requestsPerSecond: requests / 61.5 }),
    }),
  );
}

describe('nothing is said of a true run', () => {
  const recorded = fileURLToPath(new URL('../../../report/recorded', import.meta.url));
  it.each(globSync('**/summary.json.gz', { cwd: recorded }))('that was recorded: %s', (file) => {
    const run = JSON.parse(gunzipSync(readFileSync(`${recorded}/${file}`)).toString()) as RunSummary;
    expect(told(run)).toEqual([]);
  });

  it.each(['healthy', 'unmeasured', 'incomplete'] as const)('that tests are made of: %s', (name) => {
    expect(told(FIXTURES[name])).toEqual([]);
  });

  it('whatever its responses took', () => {
    const ms = fc.double({ min: 0.001, max: 60_000, noNaN: true }).map((value) => Number(value.toFixed(6)));
    const ofEndpoint = fc.oneof(
      fc.array(ms, { minLength: 1, maxLength: 12 }),
      fc.array(ms, { minLength: 100, maxLength: 300 }),
    );
    fc.assert(
      fc.property(fc.array(ofEndpoint, { minLength: 1, maxLength: 5 }), (samples) => {
        expect(told(runOf(samples))).toEqual([]);
      }),
    );
  });
});

/** A run as a file holds it, with something of it changed. */
function changed(change: (json: Json) => void, base: RunSummary = FIXTURES.healthy): RunSummary {
  const json = JSON.parse(JSON.stringify(base));
  change(json);
  return json;
}

// biome-ignore lint/suspicious/noExplicitAny: what is changed is a file, of which nothing is known.
type Json = any;

describe('a run is found out in which', () => {
  it.each<[string, (json: Json) => void, RegExp]>([
    [
      'half of the responses of an endpoint are 5xx, and the totals are all ok',
      ({ endpoints: [, each] }) => Object.assign(each.outcomes, { ok: 250, server_error: 250 }),
      /^totals\.outcomes\.ok is 1120; 870, what its endpoints add up to/,
    ],
    [
      'the totals are of more requests than the endpoints',
      ({ totals }) => Object.assign(totals, { requests: 1_000_000, outcomes: { ok: 1_000_000 } }),
      /^totals\.outcomes\.ok is 1000000; 1120, what its endpoints add up to/,
    ],
    ['an outcome is missing', ({ totals }) => (totals.requests += 1), /^totals\.requests is 1501; 1500, one for each/],
    [
      'the latencies are of other responses than the ok ones',
      ({ endpoints: [each] }) => (each.latencyMs.ok.count = 100),
      /^endpoints\[0\]\.latencyMs\.ok\.count is 100; 120, the successful responses/,
    ],
    [
      'the latencies are of fewer requests',
      ({ endpoints: [each] }) => (each.latencyMs.all.count = 499),
      /^endpoints\[0\]\.latencyMs\.all\.count is 499; 500, its requests/,
    ],
    [
      'two endpoints share an id',
      ({ endpoints: [, each] }) => (each.id = 'system-info'),
      /^endpoints\[1\]\.id is "system-info"; another/,
    ],
    [
      'p50 is above p95',
      ({ totals: { latencyMs } }) => (latencyMs.ok.p50 = 400),
      /^totals\.latencyMs\.ok\.p90 is 125\.430966; at least 400, since its p50 is that/,
    ],
    [
      'p95 is above the maximum',
      ({ endpoints: [each] }) => (each.latencyMs.ok.max = 20),
      /^endpoints\[0\]\.latencyMs\.ok\.max is 20; at least 100\.984, since its p99 is that/,
    ],
    [
      'p95 is not what the ladder says',
      ({ endpoints: [each] }) => (each.latencyMs.ok.p95 = 60),
      /^endpoints\[0\]\.latencyMs\.ok\.p95 is 60; 72\.192, as its stored percentiles have it/,
    ],
    [
      'the ladder falls',
      ({ endpoints: [each] }) => (each.latencyMs.ok.ladder[7][1] = 1),
      /^endpoints\[0\]\.latencyMs\.ok\.ladder\[7\] is \[0\.07, 1\]; quantiles and times that rise/,
    ],
    [
      'the mean is above the maximum',
      ({ endpoints: [each] }) => (each.latencyMs.ok.avg = 900),
      /^endpoints\[0\]\.latencyMs\.ok\.avg is 900; from 18\.6 to 195\.768/,
    ],
    [
      'successful responses took longer than any',
      ({ endpoints: [, each] }) => {
        each.latencyMs.ok.max = 9000;
        each.latencyMs.ok.ladder.at(-1)[1] = 9000;
      },
      /^endpoints\[1\]\.latencyMs\.ok\.max is 9000; from .*, the range of all requests/,
    ],
    [
      'the whole is faster than all of its endpoints',
      ({ totals: { latencyMs } }) => {
        const { ladder } = latencyMs.ok;
        for (const rung of ladder) if (rung[0] > 0 && rung[0] < 0.99) rung[1] = 3;
        Object.assign(latencyMs.ok, { p50: 3, p90: 3, p95: 3 });
      },
      /^totals\.latencyMs\.ok\.p50 is 3; from .*, as its endpoints have it/,
    ],
    [
      'requests were cut off, though nothing was',
      ({ load, totals }) => {
        load.unattributedRequests = 500;
        totals.latencyMs.all.count += 500;
      },
      /^load\.unattributedRequests is 500; none, since k6 ended by itself/,
    ],
    [
      'it ended before it began',
      (json) => (json.endedAt = '2026-11-23T18:00:00.000Z'),
      /^endedAt is 2026-11-23T18:00:00\.000Z; not before startedAt/,
    ],
    [
      'its load began before it',
      (json) => (json.loadStartedAt = '2026-11-23T18:00:00.000Z'),
      /^loadStartedAt is .*; not before startedAt/,
    ],
    [
      'it lasted as long as it did not',
      (json) => (json.durationSeconds = 6.5),
      /^durationSeconds is 6\.5; 65\.5, from startedAt to endedAt/,
    ],
    [
      'the load lasted longer than the run',
      ({ load, totals }) => Object.assign(load, { windowSeconds: 6000, requestsPerSecond: totals.requests / 6000 }),
      /^load\.windowSeconds is 6000; at most the 1m3\.5s from the start of the load/,
    ],
    [
      'the rate is another',
      ({ load }) => (load.requestsPerSecond = 1000),
      /^load\.requestsPerSecond is 1000; 24\.3902, 1500 requests over 61\.5 s/,
    ],
    [
      'more responses lack a Retry-After than there are',
      ({ endpoints: [each] }) => (each.limitedWithoutRetryAfter = 381),
      /^endpoints\[0\]\.limitedWithoutRetryAfter is 381; from 0 to 380/,
    ],
    [
      'one user at rest got more',
      ({ atRest: [each] }) => (each.requests = 4),
      /^atRest\[0\]\.requests is 4; 3, one for each outcome of system-info/,
    ],
    [
      'times at rest are missing',
      ({ atRest: [each] }) => each.okMs.pop(),
      /^atRest\[0\]\.okMs is 2; 3, one time for each successful response/,
    ],
    [
      'a threshold was held against another figure',
      ({ thresholds: [each] }) => (each.actual = 20),
      /^thresholds\[0\]\.actual is 20; as the figures say: p95 of successful responses: 160 ms, must be < 500 ms/,
    ],
    [
      'a threshold is said to hold that does not',
      ({ thresholds: [each] }) => Object.assign(each, { limit: 100, verdict: 'pass' }),
      /^thresholds\[0\]\.verdict is pass; as the figures say: p95 of successful responses: 160 ms, must be < 100 ms/,
    ],
    [
      'a threshold was judged on other responses',
      ({ thresholds: [each] }) => (each.samples = 4),
      /^thresholds\[0\]\.samples is 4; 1120, what it is measured on/,
    ],
  ])('%s', (_case, change, expected) => {
    expect(told(changed(change))).toContainEqual(expect.stringMatching(expected));
  });

  it('something failed, and the whole passed', () => {
    const passed = changed((json) => (json.verdict = 'pass'), FIXTURES.unmeasured);
    expect(told(passed)).toEqual([expect.stringMatching(/^verdict is pass; another one, since thresholds\[\d+\]/)]);
  });

  it('a process of a merged run is there twice, or is missing', () => {
    const part = (instance: number, requests: number) => ({
      instance,
      requests,
      startedAt: FIXTURES.healthy.startedAt,
      endedAt: FIXTURES.healthy.endedAt,
      verdict: 'pass',
      k6ExitCode: 0,
    });
    const from = (...mergedFrom: object[]) => told(changed((json) => (json.mergedFrom = mergedFrom)));
    expect(from(part(1, 800), part(2, 700))).toEqual([]);
    expect(from(part(1, 800), part(1, 700))).toEqual(['mergedFrom[1].instance is 1; another one than mergedFrom[0]']);
    expect(from(part(1, 800), part(2, 600))).toEqual([
      'totals.requests is 1500; 1400, what the processes of mergedFrom add up to',
    ]);
    expect(from(part(1, 800), { ...part(2, 700), endedAt: '2027-01-01T00:00:00.000Z' })).toHaveLength(1);
  });
});

it('an earlier version counted responses of wrong content among the latencies of ok ones', () => {
  const endpoints = [endpointSummary('a', { outcomes: { ok: 90, check_failed: 10 } })];
  const run = runSummary(measuredRun(endpoints));
  const asBefore = changed((json) => {
    json.schemaVersion = 1;
    for (const { latencyMs } of [json.totals, json.endpoints[0]]) latencyMs.ok.count = 100;
    for (const threshold of json.thresholds) if (threshold.metric === 'okP95Ms') threshold.samples = 100;
  }, run);
  expect(told(run)).toEqual([]);
  expect(told(asBefore)).toEqual([]);
  expect(told({ ...asBefore, schemaVersion: 2 })).toContainEqual(
    expect.stringMatching(/^totals\.latencyMs\.ok\.count is 100; 90, the successful responses/),
  );
});
