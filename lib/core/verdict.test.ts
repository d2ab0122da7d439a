import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRecord } from '../report/fixtures.ts';
import { RUN_EXIT_CODES } from './exit-codes.ts';
import type { LoadRecord } from './run-summary.ts';
import type { JudgedThreshold } from './threshold.ts';
import {
  describeThreshold,
  exitCodeOfRun,
  type JudgedRun,
  judgeRun,
  VERDICTS,
  type Verdict,
  worstVerdict,
} from './verdict.ts';

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

const judge = (run: Partial<JudgedRun>) =>
  judgeRun({ thresholds: [held], load: loadRecord(), k6Thresholds: [], k6ExitCode: 0, ...run });
const withIterations = (iterations: Partial<LoadRecord['iterations']>, changes: Partial<LoadRecord> = {}): LoadRecord =>
  loadRecord({ ...changes, iterations: { completed: 1000, dropped: 0, failed: 0, ...iterations } });

const droppedLoad = withIterations({ dropped: 500 });

it('a run whose load was delivered and whose thresholds hold passes, with a reason', () => {
  expect(judge({})).toEqual({ verdict: 'pass', thresholds: [held], reasons: ['all 1 thresholds hold'] });
});

describe('the worst thing decides, and comes first among the reasons', () => {
  it.each<[string, Partial<JudgedRun>, Verdict, RegExp]>([
    [
      'a crossed threshold',
      { thresholds: [held, crossed] },
      'fail',
      /^system-info: p95 of ok replies: 612 ms, must be < 500 ms \(3,000 samples\)$/,
    ],
    [
      'a threshold without data',
      { thresholds: [held, unmeasured] },
      'no_data',
      /^projects: .*: nothing was measured, must be < 500 ms$/,
    ],
    ['dropped load', { load: droppedLoad }, 'invalid_load', /^500 planned iterations \(33\.33 %\) were dropped/],
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
    [undefined, 'incomplete', 'k6 was killed by a signal'],
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
    reasons: ['the script threw an exception in 1 iterations (see k6.log)'],
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

  it('and the reason names both numbers', () => {
    expect(judge({ load: withIterations({ completed: 1234 }, { plannedIterations: 2500 }) }).reasons).toEqual([
      '1,234 of 2,500 planned iterations were completed',
    ]);
    const open = withIterations({ completed: 900 }, { model: 'open', plannedIterations: 1000.4 });
    expect(judge({ load: open }).reasons).toEqual(['900 of 1,000 planned iterations were started']);
  });
});

describe('describeThreshold', () => {
  it.each<[JudgedThreshold, string]>([
    [held, 'p95 of ok replies: 120 ms, must be < 500 ms (3,000 samples)'],
    [
      { ...held, metric: 'successShare', operator: '>=', unit: 'share', limit: 0.99, actual: 0.5, endpoint: 'a' },
      'a: success of what was not rate limited: 50 %, must be >= 99 % (3,000 samples)',
    ],
    [
      { ...held, metric: 'serverErrors', operator: '<=', unit: 'count', limit: 0, actual: 1234 },
      'server errors (5xx): 1,234, must be <= 0 (3,000 samples)',
    ],
    [unmeasured, 'projects: p95 of ok replies: nothing was measured, must be < 500 ms'],
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
    expect(exitCodeOfRun(verdict, k6ExitCode)).toBe(expected);
  });

  it('is 0 for a pass alone', () => {
    const k6 = fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom<Verdict>('incomplete', 'fail', 'no_data', 'invalid_load'),
        k6,
        (verdict, k6ExitCode) => {
          expect(exitCodeOfRun(verdict, k6ExitCode)).not.toBe(0);
        },
      ),
    );
  });

  it('is one that the table of the README explains', () => {
    expect(RUN_EXIT_CODES.map(([code]) => code)).toEqual(['0', '2', '3', '99', 'other']);
  });
});
