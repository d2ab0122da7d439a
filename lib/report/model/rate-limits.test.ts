import { describe, expect, it } from 'vitest';
import { asStored, type StoredRun } from '../../core/judge/run-summary.ts';
import { judgeRun } from '../../core/judge/verdict.ts';
import type { LoadRecord } from '../../core/measure/measured.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import type { RateLimit } from '../../core/spec/endpoint.ts';
import { atRest, endpointSummary, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import { checkLimit } from './rate-limits.ts';

const LIMIT: RateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' };

interface Case {
  readonly outcomes: OutcomeCounts;
  readonly rest?: OutcomeCounts;
  readonly load?: Partial<LoadRecord>;
}

/** A minute of steady load, unless it is said otherwise. */
function runWith({ outcomes, rest = { ok: 3 }, load = {} }: Case): StoredRun {
  const endpoint = endpointSummary('a', { outcomes, rateLimit: LIMIT });
  return asStored(
    runSummary(
      measuredRun([endpoint], { atRest: [atRest('a', rest)], load: loadRecord({ windowSeconds: 59, ...load }) }),
    ),
  );
}

const stateOf = (...cases: readonly Case[]) => checkLimit('a', LIMIT, cases.map(runWith)).state;

describe('a declared limit of 60 a minute is', () => {
  it.each<[string, string, Case]>([
    ['enforced', '60 of many were accepted', { outcomes: { ok: 60, rate_limited: 500 } }],
    ['enforced', 'the requests at rest used a part of it up', { outcomes: { ok: 56, rate_limited: 500 } }],
    ['not enforced', 'more than fit were accepted', { outcomes: { ok: 61, rate_limited: 500 } }],
    ['not enforced', 'nothing was limited', { outcomes: { ok: 560 } }],
    ['not enforced', 'wrong content was accepted too', { outcomes: { ok: 50, check_failed: 11 } }],
    ['not reached', 'the load was too small', { outcomes: { ok: 60 } }],
    ['not reached', 'errors in front of it were many', { outcomes: { ok: 10, not_found: 500 } }],
    ['too strict', 'far fewer than fit were accepted', { outcomes: { ok: 30, rate_limited: 500 } }],
    ['enforced', 'errors may have used it up', { outcomes: { ok: 30, server_error: 30, rate_limited: 500 } }],
    [
      'enforced',
      'an earlier load may have used it up',
      { outcomes: { ok: 30, rate_limited: 500 }, rest: { rate_limited: 3 } },
    ],
    ['enforced', 'not even its number was sent', { outcomes: { ok: 9, rate_limited: 41 } }],
    ['unknown', 'the load came from several addresses', { outcomes: { ok: 560 }, load: { hasSeveralClients: true } }],
  ])('%s where %s', (state, _why, each) => {
    expect(stateOf(each)).toBe(state);
  });

  it('the same in two minutes, of which each lets its number through', () => {
    const load = { windowSeconds: 121 };
    expect(stateOf({ outcomes: { ok: 180, rate_limited: 900 }, load })).toBe('enforced');
    expect(stateOf({ outcomes: { ok: 181, rate_limited: 900 }, load })).toBe('not enforced');
    expect(stateOf({ outcomes: { ok: 100, rate_limited: 900 }, load })).toBe('too strict');
    const burst = {
      ...load,
      plan: {
        users: { kind: 'fixed-work', users: 5, requestsPerEndpoint: 200, thinkTimeSeconds: 0, pacingSeconds: 0 },
      },
    } as const;
    expect(stateOf({ outcomes: { ok: 100, rate_limited: 900 }, load: burst })).toBe('enforced');
  });

  // At rest 4 requests were sent, which the limiter counted as well: 50 + 4 are nine tenths of 60.
  it('too strict below nine tenths of what fits', () => {
    expect(stateOf({ outcomes: { ok: 50, rate_limited: 500 } })).toBe('enforced');
    expect(stateOf({ outcomes: { ok: 49, rate_limited: 500 } })).toBe('too strict');
  });

  it('too strict only where its number was sent', () => {
    expect(stateOf({ outcomes: { ok: 10, rate_limited: 50 } })).toBe('too strict');
    expect(stateOf({ outcomes: { ok: 10, rate_limited: 49 } })).toBe('enforced');
  });

  it('too strict only where one user was accepted each time', () => {
    const state = (rest: OutcomeCounts) => stateOf({ outcomes: { ok: 5, rate_limited: 900 }, rest });
    expect(state({ ok: 1 })).toBe('too strict');
    expect(state({ ok: 2, rate_limited: 1 })).toBe('enforced');
    expect(state({ timeout: 3 })).toBe('enforced');
    expect(state({})).toBe('enforced');
  });

  it('not known without the time that the load lasted', () => {
    const run = runWith({ outcomes: { ok: 5000 } });
    const { windowSeconds: _, ...load } = run.load;
    const check = checkLimit('a', LIMIT, [{ ...run, load } as StoredRun]);
    expect(check).toMatchObject({ state: 'unknown', accepted: 5000 });
    expect(check.mostAccepted).toBeUndefined();
  });

  it('not known where no run has the endpoint, or declares a limit', () => {
    const nothing = { declared: LIMIT, state: 'unknown', accepted: 0, limited: 0 };
    expect(checkLimit('other', LIMIT, [runWith({ outcomes: { ok: 5000 } })])).toEqual(nothing);
    expect(checkLimit('a', LIMIT, [])).toEqual(nothing);
  });

  it.each<[string, readonly Case[]]>([
    ['too strict', [{ outcomes: { ok: 60, rate_limited: 5 } }, { outcomes: { ok: 5, rate_limited: 500 } }]],
    [
      'unknown',
      [{ outcomes: { ok: 60, rate_limited: 5 } }, { outcomes: { ok: 5 }, load: { hasSeveralClients: true } }],
    ],
    ['enforced', [{ outcomes: { ok: 5 } }, { outcomes: { ok: 60, rate_limited: 5 } }]],
    ['not enforced', [{ outcomes: { ok: 5, rate_limited: 500 } }, { outcomes: { ok: 61 } }]],
  ])('%s after runs of %j, in any order', (state, cases) => {
    expect(stateOf(...cases)).toBe(state);
    expect(stateOf(...[...cases].reverse())).toBe(state);
  });

  it('said with the 429 responses of all runs that lacked Retry-After, and with none where no run knows', () => {
    const missing = (count: number): StoredRun => {
      const run = runWith({ outcomes: { ok: 60, rate_limited: 9 } });
      return {
        ...run,
        endpoints: run.endpoints.map((each) => ({ ...each, limitedWithoutRetryAfter: count })),
      } as StoredRun;
    };
    const unknown = runWith({ outcomes: { ok: 60, rate_limited: 9 } });
    expect(checkLimit('a', LIMIT, [missing(2), unknown, missing(3)]).withoutRetryAfter).toBe(5);
    expect(checkLimit('a', LIMIT, [missing(0)]).withoutRetryAfter).toBe(0);
    expect('withoutRetryAfter' in checkLimit('a', LIMIT, [unknown])).toBe(false);
  });

  it('what the worst of several runs shows, with the 429 responses of all', () => {
    const check = checkLimit(
      'a',
      LIMIT,
      [{ outcomes: { ok: 60, rate_limited: 5 } }, { outcomes: { ok: 70, rate_limited: 7 } }].map(runWith),
    );
    expect(check).toMatchObject({ state: 'not enforced', accepted: 70, mostAccepted: 60, limited: 12 });
  });
});

describe('the judge', () => {
  const judge = (outcomes: OutcomeCounts, changes: Partial<LoadRecord> = {}, rateLimit: RateLimit | null = LIMIT) =>
    judgeRun({
      thresholds: [
        { metric: 'okReplies', limit: 1, operator: '>=', unit: 'count', samples: 5, actual: 5, verdict: 'pass' },
      ],
      endpoints: [endpointSummary('a', { outcomes, ...(rateLimit === null ? {} : { rateLimit }) })],
      load: loadRecord({ windowSeconds: 59, ...changes }),
      k6Thresholds: [],
      k6ExitCode: 0,
    });

  it('fails a run in which more was accepted than fits, and says how much', () => {
    expect(judge({ ok: 61 })).toMatchObject({
      verdict: 'fail',
      reasons: ['a: the declared limit is not enforced: 61 requests were accepted in 59s, at most 60 fit 60 per 1m'],
    });
  });

  it.each([
    ['just as many as fit', judge({ ok: 60, rate_limited: 9 })],
    ['a load from several addresses', judge({ ok: 600 }, { hasSeveralClients: true })],
    ['an endpoint that declares no limit', judge({ ok: 600 }, {}, null)],
    ['a second window', judge({ ok: 120 }, { windowSeconds: 60 })],
  ])('passes %s', (_case, { verdict }) => {
    expect(verdict).toBe('pass');
  });
});
