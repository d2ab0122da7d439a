import { describe, expect, it } from 'vitest';
import { asStored, type StoredRun } from '../../core/judge/run-summary.ts';
import type { EndpointSummary } from '../../core/measure/measured.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import {
  atRest,
  endpointSummary,
  loadRecord,
  measuredRun,
  type RunToJudge,
  runSummary,
  STEADY,
} from '../../testing/runs.ts';
import { type EndpointEvidence, gatherEvidence, isBrokenAtRest, isTurnedAway, loadModelOf } from './evidence.ts';

const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

function stored(endpoints: readonly EndpointSummary[], changes: Partial<RunToJudge> = {}): StoredRun {
  return asStored(runSummary(measuredRun(endpoints, { atRest: [], ...changes })));
}

/** One endpoint after a load, and before it where one user met it. */
function endpointAfter(outcomes: OutcomeCounts, rest?: OutcomeCounts, isLimited = false): EndpointEvidence {
  const endpoint = endpointSummary('a', { outcomes, ...(isLimited ? { rateLimit: RATE_LIMIT } : {}) });
  const run = stored([endpoint], { atRest: rest === undefined ? [] : [atRest('a', rest)] });
  const [found] = gatherEvidence([run]).endpoints;
  if (found === undefined) throw new Error('The endpoint is missing');
  return found;
}

describe('with one user before the load, an endpoint is broken', () => {
  it.each<[string, OutcomeCounts | undefined, boolean, boolean]>([
    ['where nothing it got was ok', { not_found: 3 }, false, true],
    ['where that is written out as 0 successful responses', { ok: 0, client_error: 3 }, false, true],
    ['not where one response was ok', { ok: 1, server_error: 2 }, false, false],
    ['not where it was not met', undefined, false, false],
    ['not where nothing was counted', {}, false, false],
    ['not where its declared limit was used up', { rate_limited: 3 }, true, false],
    ['where 429 is all, and no limit is declared', { rate_limited: 3 }, false, true],
    ['where 429 is not all', { rate_limited: 2, not_found: 1 }, true, true],
  ])('%s', (_case, rest, isLimited, isBroken) => {
    expect(isBrokenAtRest(endpointAfter({ server_error: 5 }, rest, isLimited))).toBe(isBroken);
    expect(isBrokenAtRest(endpointAfter({ ok: 1, server_error: 5 }, rest, isLimited))).toBe(false);
  });
});

describe('an endpoint turns requests away', () => {
  it.each<[string, OutcomeCounts, OutcomeCounts | undefined, boolean]>([
    ['where each is not found', { not_found: 9 }, undefined, true],
    ['where each lacks credentials', { client_error: 9 }, undefined, true],
    ['where each is sent elsewhere', { unexpected_status: 9 }, undefined, true],
    ['where each that was answered is', { not_found: 1, timeout: 99, refused: 3 }, undefined, true],
    ['not where one is ok', { not_found: 9, ok: 1 }, undefined, false],
    ['not where it rate limits', { rate_limited: 9 }, undefined, false],
    ['not where it rate limits among others', { not_found: 9, rate_limited: 1 }, undefined, false],
    ['not where nothing is answered', { timeout: 9, refused: 9 }, undefined, false],
    ['not where nothing is sent', {}, undefined, false],
    ['not where one user was answered well before', { not_found: 9 }, { ok: 3 }, false],
    ['where one user was turned away before', { not_found: 9 }, { not_found: 3 }, true],
  ])('%s', (_case, outcomes, rest, isTurned) => {
    expect(isTurnedAway(endpointAfter(outcomes, rest))).toBe(isTurned);
  });
});

describe('several runs together', () => {
  const limited = endpointSummary('a', { outcomes: { ok: 10, rate_limited: 90 }, rateLimit: RATE_LIMIT });
  const other = endpointSummary('b', { outcomes: { ok: 5 } });
  const evidence = gatherEvidence([
    stored([limited], { atRest: [atRest('a', { ok: 3 })], runId: 'one' }),
    stored([limited, other], { atRest: [atRest('a', { not_found: 3 }), atRest('b')], runId: 'two' }),
  ]);

  it('add up, endpoint by endpoint, in their order', () => {
    expect(evidence.endpoints.map(({ id, requests, judgedRequests }) => [id, requests, judgedRequests])).toEqual([
      ['a', 200, 20],
      ['b', 5, 5],
    ]);
    expect(evidence.totals).toMatchObject({ requests: 205, outcomes: { ok: 25, rate_limited: 180 } });
    expect(evidence.setAside).toBe(180);
  });

  it('were met at rest as the first of them says, before any load', () => {
    expect(evidence.endpoints.map((endpoint) => endpoint.atRest?.outcomes)).toEqual([{ ok: 3 }, { ok: 3 }]);
  });

  it('have the thresholds of each endpoint once per run', () => {
    expect(evidence.endpoints.map(({ thresholds }) => thresholds.length)).toEqual([6, 3]);
    for (const { id, thresholds } of evidence.endpoints)
      for (const threshold of thresholds) expect(threshold.endpoint).toBe(id);
  });
});

describe('runs that declare different limits', () => {
  const fixture = { outcomes: { ok: 100, rate_limited: 9 } };
  const none = stored([endpointSummary('a', fixture)], { runId: 'none' });
  const sixty = stored([endpointSummary('a', { ...fixture, rateLimit: RATE_LIMIT })], { runId: 'sixty' });
  const limitOf = (...runs: readonly StoredRun[]) => gatherEvidence(runs).endpoints[0]?.limit;

  it('are each held against their own', () => {
    expect(limitOf(sixty)?.state).toBe('enforced');
    expect(limitOf(none)).toBeUndefined();
    const thousand = { ...RATE_LIMIT, requests: 1000 };
    const other = stored([endpointSummary('a', { outcomes: { ok: 500 }, rateLimit: thousand })], { runId: 'other' });
    expect(limitOf(sixty, other)).toMatchObject({ state: 'enforced', declared: RATE_LIMIT });
    expect(limitOf(other, sixty)).toMatchObject({ state: 'enforced', declared: RATE_LIMIT });
  });

  it('are not held against that of another, whichever came first', () => {
    const unlimited = stored([endpointSummary('a', { outcomes: { ok: 5000 } })], { runId: 'unlimited' });
    expect(limitOf(sixty, unlimited)).toEqual(limitOf(sixty));
    expect(limitOf(unlimited, sixty)).toEqual(limitOf(sixty));
  });

  it('leave out only the 429 responses of those that declare one', () => {
    for (const runs of [
      [none, sixty],
      [sixty, none],
    ]) {
      const evidence = gatherEvidence(runs);
      expect(evidence.endpoints[0]?.judgedRequests).toBe(209);
      expect(evidence.setAside).toBe(9);
    }
  });
});

it('429 responses count against an endpoint that declares no limit', () => {
  expect(endpointAfter({ ok: 5, rate_limited: 5 }).judgedRequests).toBe(10);
  expect(endpointAfter({ ok: 5, rate_limited: 5 }, undefined, true).judgedRequests).toBe(5);
});

describe('the model of a load is', () => {
  const arrivals = { kind: 'constant-arrivals', ratePerSecond: 5, durationSeconds: 9, expectedLatencyMs: 10 } as const;
  const modelOfPlan = (plan: StoredRun['load']['plan']) =>
    loadModelOf({ ...stored([]), load: { ...loadRecord(), ...(plan === undefined ? {} : { plan }) } });

  it.each([
    ['closed', { users: STEADY }],
    ['open', { arrivals }],
    ['mixed', { users: STEADY, arrivals }],
  ] as const)('%s', (model, plan) => {
    expect(modelOfPlan(plan)).toBe(model);
  });

  it('what the record says where its plan is not known, or not known at all', () => {
    expect(loadModelOf({ ...stored([]), load: { model: 'open' } } as StoredRun)).toBe('open');
    expect(loadModelOf({ ...stored([]), load: {} } as StoredRun)).toBeUndefined();
  });
});
