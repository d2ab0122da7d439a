import { describe, expect, it } from 'vitest';
import { judgeGate } from '../../report/gate/judge-gate.ts';
import { endpointSummary, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import type { BreakpointStudy } from '../questions/breakpoint/answer.ts';
import type { RateLimitPlan } from '../questions/rate-limit/answer.ts';
import type { RecoveryStudy } from '../questions/recovery/answer.ts';
import type { SoakStudy } from '../questions/soak/answer.ts';
import { questionOf, type Study, type StudyPlan } from '../questions/table.ts';
import { type Budgets, overrideBudgets, studyThresholdsOf } from './budgets.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { marginOf } from './margin.ts';
import { isMetric, type Metric, metricNames, titleOfMetric } from './metrics.ts';
import { asStored } from './run-summary.ts';
import type { Threshold } from './threshold.ts';
import { describeThreshold } from './threshold-text.ts';
import { judgeRun } from './verdict.ts';

const step = { level: 50, startSeconds: 0, durationSeconds: 5, isWhole: true, requests: 250, failedShare: 0 };
const breakpoint: BreakpointStudy = {
  kind: 'breakpoint',
  p95LimitMs: 500,
  failedShareLimit: 0.01,
  steps: [{ ...step, outcomes: { ok: 250 }, okPerSecond: 50, holds: true }],
  sustainedPerSecond: 120,
  broke: { atPerSecond: 121, by: ['latency'] },
};
const recovery: RecoveryStudy = {
  kind: 'recovery',
  overload: { fromSeconds: 10, toSeconds: 20 },
  endSeconds: 50,
  probesPerSecond: 10,
  endpoints: [{ endpoint: 'a', p95BeforeMs: 10, limitMs: 35, isBroken: false }],
  probes: { planned: 500, answered: 500, badBefore: 0, badDuring: 90, badAfter: 20 },
  recoveredAfterSeconds: 4,
  watchedSeconds: 30,
  seconds: [],
};
const soak: SoakStudy = {
  kind: 'soak',
  seconds: 3600,
  drifts: [
    { figure: 'p95', unit: 'ms', level: 100, perHour: 20, intervalPerHour: [10, 30], points: 24, isClaimed: true },
    {
      figure: 'memory',
      unit: 'bytes',
      level: 1e8,
      perHour: 5e7,
      intervalPerHour: [-1, 9e7],
      points: 24,
      isClaimed: false,
    },
  ],
  missing: [],
  server: [],
};

const { totals } = measuredRun([]);
const judged = (threshold: Threshold, study?: Study, today?: string) =>
  judgeThreshold(threshold, { endpoints: [], totals, ...(study === undefined ? {} : { study }) }, today);

describe('the answer of a study is judged', () => {
  it.each<[Threshold, Study | undefined, object]>([
    [
      { metric: 'sustainedPerSecond', limit: 120 },
      breakpoint,
      { actual: 120, samples: 250, verdict: 'pass', unit: 'perSecond' },
    ],
    [{ metric: 'sustainedPerSecond', limit: 121 }, breakpoint, { actual: 120, verdict: 'fail', operator: '>=' }],
    [
      { metric: 'sustainedPerSecond', limit: 1 },
      { ...breakpoint, invalid: 'no' },
      { samples: 0, verdict: 'no_data' },
    ],
    [{ metric: 'sustainedPerSecond', limit: 1 }, recovery, { samples: 0, verdict: 'no_data' }],
    [{ metric: 'sustainedPerSecond', limit: 1 }, undefined, { samples: 0, verdict: 'no_data' }],
    [{ metric: 'recoverySeconds', limit: 4 }, recovery, { actual: 4, samples: 500, verdict: 'pass', unit: 'seconds' }],
    [{ metric: 'brokenAfterOverload', limit: 0 }, recovery, { actual: 0, verdict: 'pass' }],
    [{ metric: 'p95DriftPerHour', limit: 0.05 }, soak, { actual: 0.2, samples: 24, verdict: 'fail' }],
    [{ metric: 'memoryDriftPerHour', limit: 0.1 }, soak, { samples: 24, verdict: 'no_data' }],
    [{ metric: 'memoryDriftPerHour', limit: 1 }, soak, { actual: 0.5, verdict: 'pass' }],
    [{ metric: 'connectionDriftPerHour', limit: 0.1 }, soak, { samples: 0, verdict: 'no_data' }],
  ])('%j', (threshold, study, expected) => {
    expect(judged(threshold, study)).toMatchObject(expected);
  });

  it('as never recovered where it did not', () => {
    const { recoveredAfterSeconds: _, ...never } = recovery;
    const found = judged({ metric: 'recoverySeconds', limit: 10 }, never);
    expect(found).toMatchObject({ seen: 'not within 30s', verdict: 'fail' });
    expect(found).not.toHaveProperty('actual');
    expect(marginOf(found)).toBeUndefined();
    expect(describeThreshold(found)).toBe('recovery after overload: not within 30s, must be <= 10 s (500 samples)');
    expect(judged({ metric: 'brokenAfterOverload', limit: 0 }, never)).toMatchObject({
      seen: 'at least 1',
      verdict: 'fail',
    });
  });

  it('and not by what was stored of it before', () => {
    const stored = { ...judged({ metric: 'recoverySeconds', limit: 10 }, recovery), actual: 4, seen: 'old' };
    const { recoveredAfterSeconds: _, ...never } = recovery;
    expect(judgeThreshold(stored, { endpoints: [], totals, study: never })).not.toHaveProperty('actual');
    expect(judged(stored, recovery)).not.toHaveProperty('seen');
  });

  it('with levels and waivers like any other', () => {
    const waiver = { reason: 'PERF-1', until: '2026-12-31' };
    expect(judged({ metric: 'sustainedPerSecond', limit: 200, level: 'warn' }, breakpoint).verdict).toBe('warn');
    expect(judged({ metric: 'sustainedPerSecond', limit: 200, waiver }, breakpoint, '2026-12-31').verdict).toBe(
      'waived',
    );
    expect(judged({ metric: 'sustainedPerSecond', limit: 200, waiver }, breakpoint, '2027-01-01').verdict).toBe('fail');
  });
});

describe('budgets of studies', () => {
  const budgets: Budgets = {
    overall: {},
    everyEndpoint: {},
    endpoints: {},
    studies: {
      sustainedPerSecond: 100,
      recoverySeconds: { limit: 9, level: 'warn' },
      memoryDriftPerHour: 0.1,
      starvedRequests: 0,
      openBypasses: 1,
    },
  };
  const limit: RateLimitPlan = {
    kind: 'rate-limit',
    endpoint: 'a',
    path: '/a',
    declared: { requests: 1, windowSeconds: 1, algorithm: 'sliding-window' },
    hasSecondClient: true,
  };
  it.each<[StudyPlan, object[]]>([
    [
      { kind: 'breakpoint', steps: [], p95LimitMs: 1, failedShareLimit: 0 },
      [{ metric: 'sustainedPerSecond', limit: 100 }],
    ],
    [
      { kind: 'recovery', overload: { fromSeconds: 0, toSeconds: 1 }, endSeconds: 2, probesPerSecond: 1 },
      [{ metric: 'recoverySeconds', limit: 9, level: 'warn' }],
    ],
    [{ kind: 'soak', hasServerMetrics: true }, [{ metric: 'memoryDriftPerHour', limit: 0.1 }]],
    [{ kind: 'soak', hasServerMetrics: false }, []],
    [
      limit,
      [
        { metric: 'openBypasses', limit: 1 },
        { metric: 'starvedRequests', limit: 0 },
      ],
    ],
    [{ ...limit, hasSecondClient: false }, [{ metric: 'openBypasses', limit: 1 }]],
    [{ kind: 'sequential' }, []],
  ])('hold for the study that they are about: %j', (plan, thresholds) => {
    const { metrics = {} } = questionOf(plan) ?? {};
    expect(studyThresholdsOf(budgets, plan, metrics)).toEqual(thresholds);
    expect(studyThresholdsOf({}, plan, metrics)).toEqual([]);
  });

  it('are changed by name', () => {
    expect(overrideBudgets(budgets, { studies: { sustainedPerSecond: 5 } }).studies).toEqual({
      ...budgets.studies,
      sustainedPerSecond: 5,
    });
    const { studies: _, ...without } = budgets;
    expect(overrideBudgets(without, { studies: { openBypasses: 2 } }).studies).toEqual({ openBypasses: 2 });
    expect(overrideBudgets(budgets, {}).studies).toEqual(budgets.studies);
    expect(overrideBudgets(without, {})).not.toHaveProperty('studies');
  });

  it('have names and titles of their own', () => {
    const names = metricNames();
    expect(new Set(names.map((name) => titleOfMetric(name as Metric))).size).toBe(names.length);
    expect(names.filter((name) => !isMetric(name))).toEqual([]);
    expect([isMetric('http_req_duration'), isMetric('toString')]).toEqual([false, false]);
    expect([titleOfMetric('sustainedPerSecond'), titleOfMetric('okReplies')]).toEqual([
      'highest sustained rate',
      'successful responses',
    ]);
  });
});

describe('a run with a question of its own', () => {
  const threshold = judged({ metric: 'sustainedPerSecond', limit: 100 }, breakpoint);
  const neverOk = endpointSummary('a', { outcomes: { timeout: 5 } });
  const run = {
    thresholds: [threshold],
    endpoints: [neverOk],
    load: loadRecord({ seeksLimit: true }),
    k6Thresholds: [],
  };

  it('passes by its answer, though k6 ended it and its endpoint broke', () => {
    expect(judgeRun({ ...run, study: breakpoint, k6ExitCode: 99 }).verdict).toBe('pass');
    expect(judgeRun({ ...run, study: breakpoint, k6ExitCode: 105 }).verdict).toBe('incomplete');
    expect(judgeRun({ ...run, study: recovery, k6ExitCode: 99 }).verdict).toBe('fail');
    expect(judgeRun({ ...run, study: recovery, k6ExitCode: 0 }).verdict).toBe('pass');
  });

  it('is judged like any other where its load is that of users', () => {
    expect(judgeRun({ ...run, study: soak, k6ExitCode: 0 }).reasons).toEqual(['a: not one of 5 requests was ok']);
    expect(judgeRun({ ...run, k6ExitCode: 0 }).verdict).toBe('fail');
    expect(judgeRun({ ...run, endpoints: [], k6ExitCode: 99 }).verdict).toBe('fail');
  });

  it('that found no answer says why, and once', () => {
    const invalid = { ...breakpoint, invalid: 'the generator was first' };
    const unanswered = judged({ metric: 'sustainedPerSecond', limit: 100 }, invalid);
    const { verdict, reasons } = judgeRun({ ...run, thresholds: [unanswered], study: invalid, k6ExitCode: 0 });
    expect([verdict, reasons]).toEqual(['invalid_load', ['the generator was first']]);
    const other = { ...judged({ metric: 'okReplies', limit: 1 }), verdict: 'no_data' as const };
    expect(judgeRun({ ...run, thresholds: [unanswered, other], study: invalid, k6ExitCode: 0 }).verdict).toBe(
      'no_data',
    );
    expect(judgeRun({ ...run, thresholds: [unanswered], study: breakpoint, k6ExitCode: 0 }).verdict).toBe('no_data');
  });

  it('is judged again by the gate, from its stored answer', () => {
    const summary = runSummary(measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })], { thresholds: [] }), {
      k6ExitCode: 99,
    });
    const stored = (study: Study) =>
      asStored({ ...summary, load: run.load, study, thresholds: [threshold], verdict: 'pass' });
    const gate = (study: Study) =>
      judgeGate({ runs: [stored(study)], unreadable: [], missingRuns: 0, notes: [], today: '2026-11-24' }).verdict;
    expect(gate(breakpoint)).toBe('pass');
    expect(gate({ ...breakpoint, sustainedPerSecond: 99, broke: { atPerSecond: 100, by: ['latency'] } })).toBe('fail');
  });
});
