import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGETS, endpointSummary, loadRecord, measuredRun } from '../../testing/runs.ts';
import type { EndpointSummary, LoadRecord } from '../measure/measured.ts';
import type { OutcomeCounts } from '../measure/outcome.ts';
import type { Budget } from '../spec/budget.ts';
import type { RateLimit } from '../spec/endpoint.ts';
import { COMPARE_EXIT_CODES, RUN_EXIT_CODES } from '../spec/exit-codes.ts';
import { formatActual, formatLimit, formatValue } from '../spec/figure-text.ts';
import { type Budgets, thresholdsOf } from './budgets.ts';
import { judgeThreshold } from './judge-threshold.ts';
import type { JudgedThreshold } from './threshold.ts';
import { describeThreshold } from './threshold-text.ts';
import { exitCodeOfRun, type JudgedRun, judgeRun, VERDICTS, type Verdict, worstVerdict } from './verdict.ts';

const held: JudgedThreshold = {
  metric: 'okP95Ms',
  limit: 500,
  operator: '<',
  unit: 'ms',
  actual: 120,
  samples: 3000,
  verdict: 'pass',
};
const crossed: JudgedThreshold = { ...held, endpoint: 'system-info', actual: 612, verdict: 'fail' };
const { actual: _, ...withoutActual } = held;
const unmeasured: JudgedThreshold = { ...withoutActual, endpoint: 'projects', samples: 0, verdict: 'no_data' };

const judge = (run: Partial<JudgedRun<JudgedThreshold>>) =>
  judgeRun({ thresholds: [held], endpoints: [], load: loadRecord(), k6Thresholds: [], k6ExitCode: 0, ...run });
const withIterations = (iterations: Partial<LoadRecord['iterations']>, changes: Partial<LoadRecord> = {}): LoadRecord =>
  loadRecord({ ...changes, iterations: { completed: 1000, dropped: 0, failed: 0, ...iterations } });

const droppedLoad = withIterations({ dropped: 500 });

it('a run whose load was delivered and whose thresholds hold passes, with a reason', () => {
  expect(judge({})).toEqual({ verdict: 'pass', thresholds: [held], reasons: ['the one threshold holds'] });
  expect(judge({ thresholds: [held, held] }).reasons).toEqual(['all 2 thresholds hold']);
});

describe('what only warns, or is waived, decides nothing', () => {
  const warned: JudgedThreshold = { ...crossed, level: 'warn', verdict: 'warn' };
  const waived: JudgedThreshold = { ...crossed, waiver: { reason: 'PERF-12', until: '2026-12-31' }, verdict: 'waived' };

  it.each<[string, readonly JudgedThreshold[], Verdict, string]>([
    ['a warning', [held, warned], 'pass', '1 of 2 thresholds hold; of the others 1 only warns'],
    ['a waiver', [held, waived], 'pass', '1 of 2 thresholds hold; of the others 1 is waived'],
    [
      'several of both',
      [held, warned, warned, waived, waived],
      'pass',
      '1 of 5 thresholds hold; of the others 2 only warn, and 2 are waived',
    ],
    ['only a warning', [warned], 'no_data', 'there is no threshold to judge by: each one only warns, or is waived'],
    [
      'a warning that holds',
      [{ ...held, level: 'warn' }],
      'no_data',
      'there is no threshold to judge by: each one only warns, or is waived',
    ],
    ['only a waiver', [waived], 'no_data', 'there is no threshold to judge by: each one only warns, or is waived'],
  ])('%s', (_case, thresholds, verdict, reason) => {
    expect(judge({ thresholds })).toEqual({ verdict, thresholds, reasons: [reason] });
  });

  it('and neither says that an endpoint works which never answered as it should', () => {
    const endpoint = endpointSummary('system-info', { outcomes: { not_found: 7 } });
    for (const excused of [warned, waived]) {
      const { verdict, reasons } = judge({ thresholds: [held, excused], endpoints: [endpoint] });
      expect(verdict).toBe('fail');
      expect(reasons).toEqual(['system-info: not one of 7 requests was ok']);
    }
  });

  it('nor does the failure of one endpoint stand for that of another', () => {
    const { reasons } = judge({
      thresholds: [{ ...crossed, endpoint: 'system-info' }],
      endpoints: [endpointSummary('projects', { outcomes: { not_found: 7 } })],
    });
    expect(reasons).toContain('projects: not one of 7 requests was ok');
  });

  it('nor hides what k6 found', () => {
    expect(judge({ thresholds: [held, waived], k6ExitCode: 99 }).verdict).toBe('fail');
  });
});

describe('the worst thing decides, and comes first among the reasons', () => {
  it.each<[string, Partial<JudgedRun<JudgedThreshold>>, Verdict, RegExp]>([
    [
      'a crossed threshold',
      { thresholds: [held, crossed] },
      'fail',
      /^system-info: p95 of successful responses: 612 ms, must be < 500 ms \(3,000 samples\)$/,
    ],
    [
      'a threshold without data',
      { thresholds: [held, unmeasured] },
      'no_data',
      /^projects: .*: nothing was measured, must be < 500 ms$/,
    ],
    ['dropped load', { load: droppedLoad }, 'invalid_load', /^500 planned iterations \(33 %\) were dropped/],
    ['no data beats dropped load', { thresholds: [unmeasured], load: droppedLoad }, 'no_data', /^projects: /],
    ['a failure beats no data', { thresholds: [unmeasured, crossed] }, 'fail', /^system-info: /],
    ['a failure beats dropped load', { thresholds: [crossed], load: droppedLoad }, 'fail', /^system-info: /],
    [
      'an interruption beats everything',
      { thresholds: [unmeasured, crossed], load: droppedLoad, k6ExitCode: 105 },
      'incomplete',
      /^the run was interrupted/,
    ],
    ['no threshold at all', { thresholds: [] }, 'no_data', /^there is no threshold to judge by$/],
  ])('%s', (_case, run, verdict, firstReason) => {
    const judgement = judge(run);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.reasons[0]).toMatch(firstReason);
  });

  it('while the lesser reasons are still named: a hung target that also drops iterations', () => {
    const { verdict, reasons } = judge({ thresholds: [unmeasured, crossed], load: droppedLoad });
    expect(verdict).toBe('fail');
    expect(reasons.map((reason) => reason.slice(0, 12))).toEqual(['system-info:', 'projects: p9', '500 planned ']);
  });

  it('over several runs', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...VERDICTS], { minLength: 1 }), (verdicts) => {
        const ranks = verdicts.map((verdict) => VERDICTS.indexOf(verdict));
        expect(worstVerdict(verdicts)).toBe(VERDICTS[Math.min(...ranks)]);
      }),
    );
    expect(VERDICTS).toEqual(['incomplete', 'fail', 'no_data', 'invalid_load', 'pass']);
  });
});

describe("k6's exit code", () => {
  it.each<[number | undefined, Verdict, string]>([
    [97, 'incomplete', 'k6 did not end by itself (k6 exit code 97)'],
    [98, 'incomplete', 'k6 did not end by itself (k6 exit code 98)'],
    [100, 'incomplete', 'setup took too long (k6 exit code 100)'],
    [101, 'incomplete', 'teardown took too long (k6 exit code 101)'],
    [102, 'incomplete', 'k6 ran into a timeout of its own (k6 exit code 102)'],
    [103, 'incomplete', "the run was stopped through k6's REST API (k6 exit code 103)"],
    [104, 'incomplete', "k6 refused the scenario's configuration (k6 exit code 104)"],
    [105, 'incomplete', 'the run was interrupted (k6 exit code 105)'],
    [106, 'incomplete', 'k6 did not end by itself (k6 exit code 106)'],
    [107, 'incomplete', 'the script threw an exception outside the load (k6 exit code 107)'],
    [108, 'incomplete', 'the script called test.abort() (k6 exit code 108)'],
    [109, 'incomplete', 'k6 itself crashed (k6 exit code 109)'],
    [110, 'fail', 'the script marked the run as failed (k6 exit code 110)'],
    [129, 'incomplete', 'k6 did not end by itself (k6 exit code 129)'],
    [137, 'incomplete', 'k6 did not end by itself (k6 exit code 137)'],
    [255, 'incomplete', 'k6 did not end by itself (k6 exit code 255)'],
    [1, 'incomplete', 'k6 did not end by itself (k6 exit code 1)'],
    [-1, 'incomplete', 'k6 did not end by itself (k6 exit code -1)'],
    [undefined, 'incomplete', 'k6 was killed by a signal, or how it ended is not known'],
  ])('%s makes %s of a run whose thresholds hold', (k6ExitCode, verdict, reason) => {
    expect(judge({ k6ExitCode })).toMatchObject({ verdict, reasons: [reason] });
  });

  it('other than 0 never leaves a pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (k6ExitCode) => {
        expect(judge({ k6ExitCode }).verdict).not.toBe('pass');
      }),
    );
  });

  it('99 fails a run while all of our thresholds hold, and k6 says which it was', () => {
    const k6Thresholds = [
      { metric: 'http_req_duration', threshold: 'p(95)<1', ok: false },
      { metric: 'http_reqs', threshold: 'count>1', ok: true },
      { metric: 'timeouts', threshold: 'rate<0.01', ok: false },
    ];
    expect(judge({ k6ExitCode: 99, k6Thresholds })).toMatchObject({
      verdict: 'fail',
      reasons: ['k6 found a threshold crossed: http_req_duration: p(95)<1; timeouts: rate<0.01'],
    });
    expect(judge({ k6ExitCode: 99 })).toMatchObject({
      verdict: 'fail',
      reasons: ['k6 found a threshold crossed: it does not say which'],
    });
  });

  it('0 does not hide a threshold that k6 found crossed', () => {
    expect(judge({ k6Thresholds: [{ metric: 'timeouts', threshold: 'rate<0.01', ok: false }] }).verdict).toBe('fail');
  });

  it('99 adds no reason of its own where we found a threshold crossed too', () => {
    expect(judge({ thresholds: [crossed], k6ExitCode: 99 }).reasons).toHaveLength(1);
  });

  it('99 fails even where nothing else could be judged', () => {
    expect(judge({ thresholds: [unmeasured], k6ExitCode: 99 }).verdict).toBe('fail');
    expect(judge({ thresholds: [], k6ExitCode: 99 }).verdict).toBe('fail');
  });
});

it('an exception in an iteration fails the run, though k6 exits 0', () => {
  expect(judge({ load: withIterations({ failed: 1 }) })).toMatchObject({
    verdict: 'fail',
    reasons: ['the script threw an exception in 1 iteration (see k6.log)'],
  });
});

it('a script of others fails where an exception ended each of its iterations, and fewer leave it to its thresholds', () => {
  const ended = (thrown: number) => judge({ load: { iterations: { completed: 40, dropped: 0, thrown } } });
  expect(ended(40)).toMatchObject({
    verdict: 'fail',
    reasons: ['an exception ended every one of 40 iterations of the script (see k6.log)'],
  });
  expect(ended(39).verdict).toBe('pass');
});

it('a record that is not whole leaves a run incomplete, though k6 exits 0 and all thresholds hold', () => {
  const load = { ...withIterations({ failed: 0 }), recordLacks: 'it was cut off' };
  expect(judge({ load })).toMatchObject({
    verdict: 'incomplete',
    reasons: ['the record is not whole: it was cut off'],
  });
});

describe('a declared limit', () => {
  const sliding = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  const fixed = { ...sliding, algorithm: 'fixed-window' } as const;
  const limited = (id: string, outcomes: OutcomeCounts, rateLimit: RateLimit = sliding) =>
    endpointSummary(id, { outcomes, rateLimit });
  const load = loadRecord({ windowSeconds: 59 });

  it('that is not enforced fails the run, and the reason names both numbers', () => {
    const endpoints = [limited('info', { ok: 1234 }), limited('other', { ok: 60, rate_limited: 9 })];
    expect(judge({ endpoints, load })).toMatchObject({
      verdict: 'fail',
      reasons: [
        'info: the declared limit is not enforced: 1,234 requests were accepted in 59s, at most 60 fit 60 per 1m',
      ],
    });
  });

  it.each<[string, OutcomeCounts, RateLimit, number, Verdict]>([
    ['a sliding window holds its number', { ok: 60 }, sliding, 59.9, 'pass'],
    ['a sliding window holds no more', { ok: 61 }, sliding, 59.9, 'fail'],
    ['a second window begins', { ok: 120 }, sliding, 60, 'pass'],
    ['a second window holds no more', { ok: 121 }, sliding, 60, 'fail'],
    ['a fixed window has a part at both ends', { ok: 120 }, fixed, 59, 'pass'],
    ['a fixed window has no third part', { ok: 121 }, fixed, 59, 'fail'],
    ['wrong content was accepted', { ok: 50, check_failed: 11 }, sliding, 59, 'fail'],
    ['errors may come from in front of it', { ok: 50, server_error: 500, timeout: 500 }, sliding, 59, 'pass'],
  ])('%s: %j of %j in %d s: %s', (_case, outcomes, rateLimit, windowSeconds, verdict) => {
    const endpoints = [limited('info', outcomes, rateLimit)];
    expect(judge({ endpoints, load: loadRecord({ windowSeconds }) }).verdict).toBe(verdict);
  });

  it('with a budget is judged by that alone', () => {
    const endpoints = [limited('info', { ok: 61 })];
    const budget = { metric: 'acceptedBeyondLimit', endpoint: 'info', limit: 0, level: 'warn' } as const;
    const judged = judgeThreshold(budget, { endpoints, totals: measuredRun(endpoints).totals, load });
    expect(judged.verdict).toBe('warn');
    expect(judge({ endpoints, load, thresholds: [held, judged] }).verdict).toBe('pass');
    expect(judge({ endpoints, load, thresholds: [held, { ...judged, endpoint: 'other' }] }).verdict).toBe('fail');
  });

  it('holds for each client address by itself', () => {
    const judgeFrom = (clientAddresses: number, ok: number) =>
      judge({ endpoints: [limited('info', { ok })], load: { ...load, clientAddresses } }).verdict;
    expect(judgeFrom(8, 480)).toBe('pass');
    expect(judgeFrom(8, 481)).toBe('fail');
  });

  it('is per client, so a load of clients that nobody counted is not judged by it', () => {
    const endpoints = [limited('info', { ok: 5000 })];
    expect(judge({ endpoints, load }).verdict).toBe('fail');
    expect(judge({ endpoints, load: { ...load, hasSeveralClients: true } }).verdict).toBe('pass');
  });

  it('is not looked for where none is declared', () => {
    expect(judge({ endpoints: [endpointSummary('info', { outcomes: { ok: 5000 } })], load }).verdict).toBe('pass');
  });

  it('stands after the thresholds, one reason for each endpoint', () => {
    const endpoints = [limited('a', { ok: 61 }), limited('b', { ok: 62 })];
    const { reasons } = judge({ endpoints, load, thresholds: [crossed] });
    expect(reasons.map((reason) => reason.split(':')[0])).toEqual(['system-info', 'a', 'b']);
  });
});

describe('a run that a crossed threshold ended early', () => {
  const load = loadRecord({ endedEarly: true, windowSeconds: 12.5 });

  it('fails, and says first that its figures are those of a shorter run', () => {
    expect(judge({ load, thresholds: [crossed], k6ExitCode: 99 })).toMatchObject({
      verdict: 'fail',
      reasons: [
        'the run was ended early, after 12.5s of load: a threshold was crossed',
        expect.stringMatching(/^system-info: /),
      ],
    });
  });

  it('fails though every threshold holds in the end', () => {
    expect(judge({ load }).verdict).toBe('fail');
  });

  it('is not called an invalid load for what it left out', () => {
    const iterations = { completed: 10, dropped: 90, failed: 0 };
    const { reasons } = judge({ load: { ...load, plannedIterations: 2500, iterations } });
    expect(reasons).toEqual(['the run was ended early, after 12.5s of load: a threshold was crossed']);
  });
});

describe('the load counts as delivered', () => {
  it.each([
    [990, 10, 'pass'],
    [989, 11, 'invalid_load'],
    [0, 1, 'invalid_load'],
    [99, 1, 'pass'],
    [98, 2, 'invalid_load'],
  ] as const)('with %i iterations done and %i dropped: %s', (completed, dropped, verdict) => {
    expect(judge({ load: withIterations({ completed, dropped }) }).verdict).toBe(verdict);
  });

  it.each([
    [1000, 980, 'pass'],
    [1000, 979, 'invalid_load'],
    [50, 49, 'pass'],
    [50, 48, 'invalid_load'],
    [150, 147, 'pass'],
    [150, 146, 'invalid_load'],
    [10, 10, 'pass'],
    [10, 9, 'invalid_load'],
    [1, 0, 'invalid_load'],
    [2.5, 3, 'pass'],
    [1000, 1001, 'pass'],
    [1000, 0, 'invalid_load'],
  ] as const)('open model, %i planned and %i started: %s', (plannedIterations, completed, verdict) => {
    const load = withIterations({ completed }, { model: 'open', plannedIterations });
    expect(judge({ load }).verdict).toBe(verdict);
  });

  it('open model: iterations that failed were started', () => {
    const load = withIterations({ completed: 0, failed: 980 }, { model: 'open', plannedIterations: 1000 });
    expect(judge({ load }).reasons).toHaveLength(1);
  });

  it.each([
    [2500, 2500, 'pass'],
    [2500, 2499, 'invalid_load'],
    [2500, 0, 'invalid_load'],
  ] as const)('fixed work, %i planned and %i completed: %s', (plannedIterations, completed, verdict) => {
    expect(judge({ load: withIterations({ completed }, { plannedIterations }) }).verdict).toBe(verdict);
  });

  // k6 starts 10 of them: its ramping executor starts an iteration whenever the area under the rate reaches a whole one.
  it('open model, all of 10.5 planned started that k6 can start', () => {
    const load = withIterations({ completed: 10 }, { model: 'open', plannedIterations: 10.5 });
    expect(judge({ load }).verdict).toBe('pass');
  });

  it('and the reason names both numbers', () => {
    expect(judge({ load: withIterations({ completed: 1234 }, { plannedIterations: 2500 }) }).reasons).toEqual([
      '1,234 of 2,500 planned iterations were completed',
    ]);
    const open = withIterations({ completed: 900 }, { model: 'open', plannedIterations: 1000.4 });
    expect(judge({ load: open }).reasons).toEqual(['900 of 1,000 planned iterations were started']);
  });
});

describe('an endpoint, whatever the budgets leave out:', () => {
  const others = endpointSummary('services', { outcomes: { ok: 1_000_000 } });
  const declaredLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

  function judgeUnder(budgets: Budgets, endpoints: readonly EndpointSummary[]) {
    const { totals } = measuredRun(endpoints);
    const ids = endpoints.map(({ id }) => id);
    const thresholds = thresholdsOf(budgets, ids).map((threshold) => judgeThreshold(threshold, { endpoints, totals }));
    return judge({ thresholds, endpoints });
  }

  /** The overall budget alone, which a million ok replies of another endpoint hold. */
  const overallOnly = (budget: Budget = BUDGETS.overall): Budgets => ({
    overall: budget,
    everyEndpoint: {},
    endpoints: {},
  });

  it.each<[string, OutcomeCounts, 'fail' | 'no_data', string]>([
    ['404', { not_found: 500 }, 'fail', 'projects: not one of 500 requests was ok'],
    ['401', { client_error: 500 }, 'fail', 'projects: not one of 500 requests was ok'],
    ['429', { rate_limited: 1234 }, 'fail', 'projects: not one of 1,234 requests was ok'],
    ['wrong content', { check_failed: 1 }, 'fail', 'projects: not one of 1 request was ok'],
    ['no request', {}, 'no_data', 'projects: no request was counted'],
  ])('with nothing but %s', (_case, outcomes, verdict, reason) => {
    const broken = endpointSummary('projects', { outcomes });
    expect(judgeUnder(overallOnly({ timeoutRate: 0.01 }), [broken, others])).toMatchObject({
      verdict,
      reasons: [reason],
    });
    expect(judgeUnder(overallOnly({ timeoutRate: 0.01 }), [others]).verdict).toBe('pass');
  });

  it('a single successful response is enough where no budget asks for more', () => {
    const barely = endpointSummary('projects', { outcomes: { ok: 1, not_found: 500 } });
    expect(judgeUnder(overallOnly({ timeoutRate: 0.01 }), [barely, others]).verdict).toBe('pass');
  });

  it('no reason is added to a threshold that has failed at the same endpoint', () => {
    const broken = endpointSummary('projects', { outcomes: { not_found: 500 } });
    const { reasons } = judgeUnder({ ...overallOnly({}), endpoints: { projects: { okReplies: 1 } } }, [broken]);
    expect(reasons).toEqual(['projects: successful responses: 0, must be >= 1 (500 samples)']);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const budget: fc.Arbitrary<Budget> = fc.record(
    {
      okP95Ms: fc.double({ min: 0, max: 60_000, noNaN: true }),
      timeoutRate: share,
      serverErrors: fc.nat(1000),
      refusedOrReset: fc.nat(1000),
      successShare: share,
      okReplies: fc.nat(1000),
    },
    { requiredKeys: [] },
  );
  const budgets: fc.Arbitrary<Budgets> = fc.record({
    overall: budget,
    everyEndpoint: budget,
    endpoints: fc.dictionary(fc.constantFrom('projects', 'services'), budget),
  });

  it.each<[string, (count: number) => OutcomeCounts]>([
    ['404', (not_found) => ({ not_found })],
    ['401', (client_error) => ({ client_error })],
    ['429', (rate_limited) => ({ rate_limited })],
    ['404, 401 and 429', (count) => ({ not_found: count, client_error: count, rate_limited: count })],
  ])('never passes with nothing but %s', (_case, outcomesOf) => {
    fc.assert(
      fc.property(budgets, fc.integer({ min: 1, max: 5000 }), fc.boolean(), (random, count, isLimited) => {
        const broken = endpointSummary('projects', {
          outcomes: outcomesOf(count),
          ...(isLimited ? { rateLimit: declaredLimit } : {}),
        });
        expect(['fail', 'no_data']).toContain(judgeUnder(random, [broken, others]).verdict);
      }),
      {
        examples: [
          [overallOnly({}), 1, true],
          [overallOnly(), 500, true],
        ],
      },
    );
  });

  // A threshold that had nothing to judge counts as having said it, and takes the failure away.
  it.each<[string, Budget, EndpointSummary]>([
    ['404 under a latency budget', { okP95Ms: 500 }, endpointSummary('projects', { outcomes: { not_found: 500 } })],
    ['401 under a latency budget', { okP95Ms: 500 }, endpointSummary('projects', { outcomes: { client_error: 500 } })],
    [
      'declared 429 under a success budget',
      { successShare: 0.99 },
      endpointSummary('projects', { outcomes: { rate_limited: 500 }, rateLimit: declaredLimit }),
    ],
  ])('fails with nothing but %s', (_case, everyEndpoint, broken) => {
    expect(judgeUnder({ ...overallOnly({}), everyEndpoint }, [broken, others]).verdict).toBe('fail');
  });

  // OutcomeCounts: an outcome that never happened may be absent, so it may be there as well.
  it('fails with 0 successful responses where the 0 is written out', () => {
    const broken = endpointSummary('projects', { outcomes: { ok: 0, not_found: 500 } });
    expect(judgeUnder(overallOnly({ timeoutRate: 0.01 }), [broken, others]).verdict).toBe('fail');
  });
});

describe('a value beside a limit that it is not', () => {
  /** A text as its reader takes it: `9.00 ms` and `9 ms` are one value. */
  const read = (text: string) =>
    text
      .replace(/[\d.,]+/, (number) => String(Number(number.replaceAll(',', ''))))
      .replace(/^([\d.]+) s$/, (_, s) => `${Number(s) * 1000} ms`);

  it.each<[number, number, JudgedThreshold['unit'], string]>([
    [0.98996, 0.99, 'share', '98.996 %'],
    [0.989999, 0.99, 'share', '98.9999 %'],
    [0.010004, 0.01, 'share', '1.0004 %'],
    [500.3, 500, 'ms', '500.3 ms'],
    [499.7, 500, 'ms', '499.7 ms'],
    [500.000001, 500, 'ms', '500.000001 ms'],
    [50.04, 50, 'ms', '50.04 ms'],
    [10_001, 10_000, 'ms', '10.001 s'],
    [500, 500, 'ms', '500 ms'],
    [0.99, 0.99, 'share', '99 %'],
    [0.5, 0.99, 'share', '50 %'],
    [1, 0, 'count', '1'],
  ])('%d against %d (%s) reads %s', (actual, limit, unit, text) => {
    expect(formatActual(actual, limit, unit)).toBe(text);
    if (actual !== limit) expect(read(text)).not.toBe(read(formatValue(limit, unit)));
  });

  it('never reads like it where it is beyond: milliseconds to the nanosecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999_999 }), (limit, nanoseconds) => {
        const actual = limit + nanoseconds / 1e6;
        fc.pre(actual < 1000);
        expect(read(formatActual(actual, limit, 'ms'))).not.toBe(read(formatValue(limit, 'ms')));
      }),
      {
        examples: [
          [500, 300_000],
          [999, 999_999],
          [9, 1],
          [99, 960_000],
        ],
      },
    );
  });

  it('never reads like it where it falls short: shares of a million', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.nat(),
        (percent, all, n) => {
          const limit = percent / 100;
          const actual = (n % (all + 1)) / all;
          fc.pre(actual < limit);
          expect(read(formatActual(actual, limit, 'share'))).not.toBe(read(formatValue(limit, 'share')));
        },
      ),
      {
        examples: [
          [99, 100_000, 98_996],
          [100, 1_000_000, 999_999],
          [1, 1_000_000, 9999],
        ],
      },
    );
  });

  it.each<[string, number, number, JudgedThreshold['unit']]>([
    ['a limit that is rounded itself', 500, 499.6, 'ms'],
    ['a limit that is rounded itself', 0.99, 0.99004, 'share'],
    ['a limit of five nines: "> 99.99 %"', 0.99995, 0.99999, 'share'],
    ['a value with another number of digits: "100.0 ms"', 99.96, 100, 'ms'],
    ['a value with another number of digits: "10.00 ms"', 9.996, 10, 'ms'],
    ['a value in another unit: "10000 ms" and "10.00 s"', 9999.7, 10_000, 'ms'],
    ['a value with more than nine digits', 1000.000001, 1000, 'ms'],
  ])('%s: %d against %d', (_case, actual, limit, unit) => {
    const shown = read(formatLimit(limit, unit));
    expect(read(formatActual(actual, limit, unit))).not.toBe(shown);
    // The limit itself must be what it reads.
    expect(shown).toBe(unit === 'ms' ? `${limit} ms` : `${Number((limit * 100).toFixed(6))} %`);
  });

  it('in a reason', () => {
    const crossedByLittle: JudgedThreshold = {
      ...held,
      metric: 'successShare',
      operator: '>=',
      unit: 'share',
      limit: 0.99,
      actual: 0.98996,
      verdict: 'fail',
    };
    expect(judge({ thresholds: [crossedByLittle, { ...crossed, actual: 500.3 }] }).reasons).toEqual([
      'success rate (excluding expected 429s): 98.996 %, must be >= 99 % (3,000 samples)',
      'system-info: p95 of successful responses: 500.3 ms, must be < 500 ms (3,000 samples)',
    ]);
  });
});

describe('describeThreshold', () => {
  it.each<[JudgedThreshold, string]>([
    [held, 'p95 of successful responses: 120 ms, must be < 500 ms (3,000 samples)'],
    [
      { ...held, metric: 'successShare', operator: '>=', unit: 'share', limit: 0.99, actual: 0.5, endpoint: 'a' },
      'a: success rate (excluding expected 429s): 50 %, must be >= 99 % (3,000 samples)',
    ],
    [
      { ...held, metric: 'serverErrors', operator: '<=', unit: 'count', limit: 0, actual: 1234 },
      'server errors (5xx): 1,234, must be <= 0 (3,000 samples)',
    ],
    [unmeasured, 'projects: p95 of successful responses: nothing was measured, must be < 500 ms'],
  ])('%j', (threshold, text) => {
    expect(describeThreshold(threshold)).toBe(text);
  });
});

describe('the exit code of a run', () => {
  it.each<[Verdict, number | undefined, number]>([
    ['pass', 0, 0],
    ['fail', 0, 99],
    ['fail', 99, 99],
    ['no_data', 0, 99],
    ['no_data', 99, 99],
    ['invalid_load', 0, 99],
    ['incomplete', 0, 99],
    ['incomplete', 100, 100],
    ['incomplete', 103, 103],
    ['incomplete', 104, 104],
    ['incomplete', 105, 105],
    ['fail', 105, 105],
    ['incomplete', 107, 107],
    ['incomplete', 108, 108],
    ['incomplete', 109, 109],
    ['fail', 110, 110],
    ['incomplete', 137, 137],
    ['incomplete', undefined, 3],
  ])('%s, k6 %s: %i', (verdict, k6ExitCode, expected) => {
    expect(exitCodeOfRun({ verdict, load: {} }, k6ExitCode)).toBe(expected);
  });

  it('is that of a script exception where teardown failed, whichever code k6 has for it', () => {
    const failed = { verdict: 'fail', load: { failedTeardown: 'Error: no order' } } as const;
    expect([101, 107, 255, 105].map((code) => exitCodeOfRun(failed, code))).toEqual([101, 107, 107, 105]);
    expect(exitCodeOfRun({ verdict: 'incomplete', load: {} }, 255)).toBe(255);
  });

  it('is 0 for a pass alone', () => {
    const k6 = fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom<Verdict>('incomplete', 'fail', 'no_data', 'invalid_load'),
        k6,
        (verdict, k6ExitCode) => {
          expect(exitCodeOfRun({ verdict, load: {} }, k6ExitCode)).not.toBe(0);
        },
      ),
    );
  });

  it('is one that the table of the README explains', () => {
    expect(RUN_EXIT_CODES.map(([code]) => code)).toEqual(['0', '2', '3', '99', '130', 'other']);
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const [code, meaning] of RUN_EXIT_CODES) expect(readme).toContain(`| ${code} | ${meaning} |`);
    const docs = readFileSync(new URL('../../../docs/compare.md', import.meta.url), 'utf8');
    for (const [code, meaning] of COMPARE_EXIT_CODES) expect(docs).toContain(`| ${code} | ${meaning} |`);
  });
});

describe('requests that never left the machine are no load, and no fault of the service', () => {
  const judgeOutcomes = (outcomes: OutcomeCounts) => {
    const endpoint = endpointSummary('a', { outcomes });
    const thresholds = thresholdsOf({ ...BUDGETS, endpoints: { a: {} } }, ['a'], new Set());
    const figures = { endpoints: [endpoint], totals: endpoint, load: loadRecord() };
    return judge({
      endpoints: [endpoint],
      thresholds: thresholds.map((threshold) => judgeThreshold(threshold, figures, '2026-11-27')),
    });
  };

  it('make the load invalid where they are more than one in a hundred', () => {
    expect(judgeOutcomes({ ok: 312, not_sent: 215 })).toMatchObject({
      verdict: 'invalid_load',
      reasons: ['215 of 527 requests (41 %) never left this machine: it had no open file, port or memory for them'],
    });
    expect(judgeOutcomes({ ok: 99, not_sent: 1 }).verdict).toBe('pass');
  });

  it('leave a service guilty of what it did answer', () => {
    expect(judgeOutcomes({ ok: 312, server_error: 50, not_sent: 215 }).verdict).toBe('fail');
  });

  it('are no endpoint that never answered well', () => {
    expect(judgeOutcomes({ not_sent: 215 })).toMatchObject({ verdict: 'no_data' });
  });
});

describe('a run of others is judged by what its file says', () => {
  const word = (ok: boolean) => ({ metric: 'iteration_duration', threshold: 'avg<5 && max<9', ok });

  it("by k6's word, where a threshold cannot be held against the figures", () => {
    expect(judge({ thresholds: [], unread: [word(true)] })).toMatchObject({
      verdict: 'pass',
      reasons: ['the one threshold holds'],
    });
    expect(judge({ unread: [word(true)] }).reasons).toEqual(['all 2 thresholds hold']);
    expect(judge({ unread: [word(false), word(true)] })).toMatchObject({
      verdict: 'fail',
      reasons: ['k6 found a threshold crossed: iteration_duration: avg<5 && max<9'],
    });
  });

  it('by nothing, where it has no threshold, and says how to get one', () => {
    expect(judge({ thresholds: [], howToGetThresholds: 'store them' })).toMatchObject({
      verdict: 'no_data',
      reasons: ['there is no threshold to judge by: store them'],
    });
    expect(judge({ thresholds: [] }).reasons).toEqual(['there is no threshold to judge by']);
  });

  it('by nothing, where no threshold of it can be crossed', () => {
    const idle = { ...held, verdict: 'idle' } as const;
    expect(judge({ thresholds: [idle] as never }).verdict).toBe('no_data');
    expect(judge({ thresholds: [idle, held] as never }).verdict).toBe('pass');
  });

  it('as failed, where it is known that nothing was ok', () => {
    expect(judge({ neverOk: [{ requests: 20 }] })).toMatchObject({
      verdict: 'fail',
      reasons: ['not one of 20 requests was ok'],
    });
    expect(judge({ neverOk: [{ id: 'a', requests: 1 }] }).reasons).toEqual(['a: not one of 1 request was ok']);
    expect(judge({ neverOk: [{ requests: 0 }] })).toMatchObject({
      verdict: 'no_data',
      reasons: ['no request was counted'],
    });
    expect(judge({ neverOk: [{ id: 'a', requests: 0 }] }).reasons).toEqual(['a: no request was counted']);
    expect(judge({ thresholds: [crossed], neverOk: [{ id: 'system-info', requests: 20 }] }).reasons).toHaveLength(1);
    expect(judge({ thresholds: [unmeasured], neverOk: [{ id: 'projects', requests: 0 }] }).reasons).toHaveLength(1);
  });
});

it('a check that says neither true nor false fails the run, and is named', () => {
  const endpoints = [{ ...endpointSummary('a', { outcomes: { ok: 9 } }), undecidedChecks: 2 }];
  expect(judge({ endpoints })).toMatchObject({
    verdict: 'fail',
    reasons: ['a: its check returned neither true nor false for 2 responses'],
  });
});
