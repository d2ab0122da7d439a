import { describe, expect, it } from 'vitest';
import { readK6Summary } from '../../core/foreign/read-k6-summary.ts';
import { asStored, type RunSummary, type StoredRun } from '../../core/judge/run-summary.ts';
import type { Threshold } from '../../core/judge/threshold.ts';
import { endpointSummary, FIXTURES, loadRecord, measuredRun, type RunToJudge, runSummary } from '../../testing/runs.ts';
import { releasePolicyOf } from '../model/release-policy.ts';
import { type GateInput, judgeGate } from './judge-gate.ts';

const TODAY = '2026-11-24';
const gate = (runs: readonly StoredRun[], input: Partial<GateInput> = {}) =>
  judgeGate({ runs, unreadable: [], missingRuns: 0, notes: [], today: TODAY, ...input });

const healthyEndpoints = [endpointSummary('projects', { outcomes: { ok: 500 } })];

/** A run whose thresholds hold, with what is changed of it. */
function run(changes: Partial<RunToJudge> = {}, ending: Partial<RunSummary> = {}): StoredRun {
  return asStored(runSummary(measuredRun(healthyEndpoints, changes), ending));
}

const withThresholds = (...thresholds: Threshold[]): StoredRun => run({ thresholds });
const held: Threshold = { metric: 'okReplies', endpoint: 'projects', limit: 1 };
const missed: Threshold = { metric: 'okReplies', endpoint: 'projects', limit: 501 };
const broken = { name: 'cut.json', what: 'cut.json is cut off: it ends in the middle.' };

describe('the gate decides', () => {
  it.each<[string, readonly StoredRun[], Partial<GateInput>, string, number]>([
    ['a run that passes', [run()], {}, 'pass', 0],
    ['two runs that pass', [run(), run({ runId: 'b' })], {}, 'pass', 0],
    ['a crossed threshold', [withThresholds(held, missed)], {}, 'fail', 1],
    ['one of two runs that fails', [run(), withThresholds(missed)], {}, 'fail', 1],
    [
      'an endpoint that was never requested',
      [run({ endpoints: [...healthyEndpoints, endpointSummary('b', { outcomes: {} })] })],
      {},
      'no_data',
      1,
    ],
    ['no request at all', [asStored(FIXTURES.unmeasured)], {}, 'no_data', 2],
    ['no threshold', [withThresholds()], {}, 'no_data', 2],
    ['no threshold that decides', [withThresholds({ ...held, level: 'warn' })], {}, 'no_data', 2],
    ['nothing measured beside a failure', [asStored(FIXTURES.unmeasured), withThresholds(missed)], {}, 'fail', 1],
    ['nothing measured beside a pass', [run(), asStored(FIXTURES.unmeasured)], {}, 'no_data', 2],
    ['an interrupted run', [asStored(FIXTURES.incomplete)], {}, 'incomplete', 1],
    [
      'a script exception before any request',
      [{ ...asStored(FIXTURES.unmeasured), k6ExitCode: 107 }],
      {},
      'incomplete',
      1,
    ],
    ['a script exception, with every threshold held', [run({}, { k6ExitCode: 107 })], {}, 'incomplete', 1],
    ['a setup that took too long', [run({}, { k6ExitCode: 100 })], {}, 'incomplete', 1],
    ['a run that was marked as failed', [run({}, { k6ExitCode: 110 })], {}, 'fail', 1],
    [
      'exceptions in iterations',
      [run({ load: loadRecord({ iterations: { completed: 1500, dropped: 0, failed: 3 } }) })],
      {},
      'fail',
      1,
    ],
    [
      'dropped iterations',
      [run({ load: loadRecord({ iterations: { completed: 1500, dropped: 100, failed: 0 } }) })],
      {},
      'invalid_load',
      1,
    ],
    ['a planned run that left nothing', [run()], { missingRuns: 1 }, 'incomplete', 1],
    ['a process of several by itself', [run({ load: loadRecord({ segment: { of: 2 } }) })], {}, 'incomplete', 1],
    ['only an unreadable input', [], { unreadable: [broken] }, 'unreadable', 2],
    ['an unreadable input beside a pass', [run()], { unreadable: [broken] }, 'unreadable', 2],
    ['an unreadable input beside a failure', [withThresholds(missed)], { unreadable: [broken] }, 'fail', 1],
    [
      'an unreadable input beside nothing measured',
      [asStored(FIXTURES.unmeasured)],
      { unreadable: [broken] },
      'no_data',
      2,
    ],
    ['nothing at all', [], {}, 'unreadable', 2],
  ])('%s', (_case, runs, input, verdict, exitCode) => {
    const judged = gate(runs, input);
    expect(judged).toMatchObject({ verdict, exitCode });
    expect(judged.reasons.length + (runs.length === 0 && input.unreadable === undefined ? 1 : 0)).toBeGreaterThan(0);
  });

  it('with the words of the run itself', () => {
    for (const summary of Object.values(FIXTURES)) {
      const [judged] = gate([asStored(summary)]).runs;
      expect(judged).toMatchObject({ verdict: summary.verdict, reasons: summary.reasons });
    }
    expect(gate([asStored(FIXTURES.failing)]).headline).toBe(
      'FAIL: the service did not meet its thresholds under this load.',
    );
    expect(gate([run()]).headline).toBe('PASS: the planned load was delivered and every threshold holds.');
    expect(gate([run({}, { k6ExitCode: 110 })]).headline).toBe(
      'FAIL: the script itself failed, whatever the thresholds say.',
    );
    const threw = run({ load: loadRecord({ iterations: { completed: 1500, dropped: 0, failed: 3 } }) });
    expect(gate([threw]).headline).toBe('FAIL: the script itself failed, and no fault of the service was found.');
    expect(gate([threw, threw]).headline).toBe(
      'FAIL: the script itself failed, and no fault of the service was found: 0 of 2 runs passed.',
    );
    expect(gate([run(), run()]).headline).toBe('PASS: all 2 runs were delivered and every threshold holds.');
    expect(gate([], { unreadable: [broken] }).headline).toBe('CANNOT JUDGE: 1 input could not be read.');
  });

  it('naming what matters most first, each with its run', () => {
    const judged = gate([withThresholds(held), withThresholds(missed), asStored(FIXTURES.incomplete)], {
      unreadable: [broken, { name: 'a.json', what: 'There is no such run.' }],
      missingRuns: 2,
    });
    expect(judged.reasons).toEqual([
      '2 planned runs left no results',
      'sustained: the run was interrupted (k6 exit code 105)',
      'sustained: projects: successful responses: 500, must be >= 501 (500 samples)',
      'cut.json is cut off: it ends in the middle.',
      'a.json: There is no such run.',
    ]);
    expect(gate([run(), run()]).reasons).toEqual(Array(2).fill('sustained: all 8 thresholds hold'));
  });
});

describe('a stored verdict is not believed', () => {
  it('where the figures say worse', () => {
    const edited = { ...withThresholds(missed), verdict: 'pass', reasons: ['all is well'] } as const;
    expect(gate([edited])).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(gate([edited]).runs[0]?.reasons).toEqual([
      'projects: successful responses: 500, must be >= 501 (500 samples)',
    ]);
  });

  it('nor improved, where they say better', () => {
    const judged = gate([{ ...run(), verdict: 'fail', reasons: ['a rule of another version'] }]);
    expect(judged).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(judged.reasons).toEqual(['the run itself ended as fail: a rule of another version']);
    const both = gate([{ ...withThresholds(missed), verdict: 'incomplete', reasons: ['x', 'y'] }]);
    expect(both.verdict).toBe('incomplete');
    expect(both.reasons).toEqual([
      'the run itself ended as incomplete: x; y',
      'projects: successful responses: 500, must be >= 501 (500 samples)',
    ]);
  });

  it('and a run of which k6 left no exit code was killed', () => {
    const { k6ExitCode: _, ...killed } = run();
    expect(gate([killed])).toMatchObject({ verdict: 'incomplete', exitCode: 1 });
    // The option is for summaries that k6 wrote; ours says itself how k6 ended.
    expect(gate([killed], { k6ExitCode: 0 })).toMatchObject({ verdict: 'incomplete', exitCode: 1 });
  });
});

describe('a waiver', () => {
  const waived = withThresholds(held, { ...missed, waiver: { reason: 'PERF-12: no index yet', until: '2026-11-24' } });

  it('holds to the end of its last day, and is told', () => {
    const judged = gate([{ ...waived, verdict: 'pass', reasons: ['-'] }]);
    expect(judged).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      headline: 'PASS: the planned load was delivered and every threshold that decides holds.',
      reasons: ['1 of 2 thresholds hold; of the others 1 is waived'],
    });
    expect(judged.runs[0]?.warnings).toEqual([
      'projects: successful responses: 500, must be >= 501 (500 samples): waived until 2026-11-24: PERF-12: no index yet',
    ]);
    expect(judged.runs[0]?.thresholds.map(({ verdict }) => verdict)).toEqual(['pass', 'waived']);
  });

  it('stops working after it, also for a run of before', () => {
    const judged = gate([{ ...waived, verdict: 'pass', reasons: ['-'] }], { today: '2026-11-25' });
    expect(judged).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(judged.runs[0]?.warnings).toEqual([]);
  });

  it('and a warning decide nothing, and are told', () => {
    const judged = gate([withThresholds(held, { ...missed, level: 'warn' })]);
    expect(judged).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(judged.runs[0]?.warnings).toEqual([
      'projects: successful responses: 500, must be >= 501 (500 samples): only warns',
    ]);
    expect(gate([run()]).runs[0]?.warnings).toEqual([]);
  });
});

describe('a summary that k6 wrote', () => {
  const data = (ok: boolean, thresholds: object | undefined = { 'p(95)<500': { ok } }) => ({
    state: { testRunDurationMs: 10_000 },
    metrics: {
      http_reqs: { type: 'counter', contains: 'default', values: { count: 100, rate: 10 } },
      http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0, passes: 0, fails: 100 } },
      http_req_duration: {
        type: 'trend',
        contains: 'time',
        values: { avg: 20, min: 10, med: 20, max: 700, 'p(90)': 30, 'p(95)': ok ? 40 : 600 },
        ...(thresholds === undefined ? {} : { thresholds }),
      },
      iterations: { type: 'counter', contains: 'default', values: { count: 100, rate: 10 } },
    },
    root_group: { name: '', path: '', id: '', groups: [], checks: [] },
    options: {},
  });
  const foreign = (ok = true, thresholds?: object) =>
    readK6Summary('handleSummary', thresholds === undefined ? data(ok) : data(ok, thresholds), {
      runId: 'k6-1',
      name: 'k6',
    });

  it.each<[string, StoredRun, number | undefined, string, number]>([
    ['without an exit code, by its thresholds', foreign(), undefined, 'pass', 0],
    ['with a threshold that k6 found crossed', foreign(false), undefined, 'fail', 1],
    ['with exit code 0', foreign(), 0, 'pass', 0],
    ['with exit code 0 and a crossed threshold', foreign(false), 0, 'fail', 1],
    ['with exit code 99, and nothing crossed that it stores', foreign(), 99, 'fail', 1],
    ['with exit code 107', foreign(), 107, 'incomplete', 1],
    ['with exit code 105 and a crossed threshold', foreign(false), 105, 'incomplete', 1],
    ['with an exit code of the shell', foreign(), 137, 'incomplete', 1],
    ['without thresholds', foreign(true, {}), undefined, 'no_data', 2],
    ['without thresholds, with exit code 0', foreign(true, {}), 0, 'no_data', 2],
  ])('%s', (_case, stored, k6ExitCode, verdict, exitCode) => {
    const judged = gate([stored], k6ExitCode === undefined ? {} : { k6ExitCode });
    expect(judged).toMatchObject({ verdict, exitCode });
    expect(judged.runs[0]?.k6ExitCode).toBe(k6ExitCode);
    expect(judged.runs[0]?.notes.join().includes('--k6-exit-code')).toBe(k6ExitCode === undefined);
  });

  it('says how thresholds get into it', () => {
    expect(gate([foreign(true, {})]).reasons[0]).toMatch(/no threshold to judge by: give the k6 script thresholds/);
  });

  it('gives its reasons once, the ending first', () => {
    expect(gate([foreign(false)], { k6ExitCode: 107 }).reasons).toEqual([
      'the script threw an exception outside the load (k6 exit code 107)',
      expect.stringMatching(/^p\(95\) of http_req_duration: 600, |^p\(95\) of http_req_duration: 600 ms/),
    ]);
    expect(gate([foreign()], { k6ExitCode: 107 }).reasons).toHaveLength(1);
    expect(gate([foreign()], { k6ExitCode: 0 }).reasons).toEqual(['the one threshold holds']);
  });
});

it('what is known of a run is told, and what is not is left out', () => {
  const [told] = gate([asStored(FIXTURES.healthy)]).runs;
  expect(told).toMatchObject({
    runId: FIXTURES.healthy.runId,
    scenario: 'sustained',
    source: 'k6-verdict',
    endedAt: FIXTURES.healthy.endedAt,
    commit: FIXTURES.healthy.commit,
    release: '1.4.2',
    k6ExitCode: 0,
    requests: 1500,
    target: 'http://127.0.0.1:8000',
    loadSeconds: 61.5,
    requestsPerSecond: expect.closeTo(24.39, 2),
    okP95Ms: expect.any(Number),
    failedShare: 0,
    notes: [expect.stringMatching(/^The target was the embedded reference backend/)],
  });
  const { endedAt: _, ...bare } = run();
  const judged = gate([bare as StoredRun], { notes: ['a note'] });
  expect(Object.keys(judged.runs[0] ?? {})).not.toEqual(expect.arrayContaining(['endedAt']));
  expect(Object.keys(judged.runs[0] ?? {})).not.toEqual(expect.arrayContaining(['commit']));
  expect(Object.keys(judged.runs[0] ?? {})).not.toEqual(expect.arrayContaining(['release']));
  expect(judged.notes).toEqual(['a note']);
  expect(judged.schemaVersion).toBe(1);
});

describe('a release that is required', () => {
  const policy = releasePolicyOf({ needs: ['sustained'], minDurationSeconds: 1, minSamplesPerEndpoint: 1 });
  const required = (runs: readonly StoredRun[], input: Partial<GateInput> = {}) =>
    gate(runs, { policy, isReleaseRequired: true, ...input });

  it('passes where its policy is met, and only then', () => {
    expect(required([run()])).toMatchObject({ verdict: 'pass', exitCode: 0, decision: { recommendation: 'deploy' } });
    const short = required([run()], {
      policy: releasePolicyOf({ needs: ['sustained', 'soak'], minDurationSeconds: 1 }),
    });
    expect(short).toMatchObject({ verdict: 'not_released', exitCode: 1 });
    expect(short.headline).toMatch(/^NOT RELEASED: the runs passed, .* \(1 of \d+ requirements lacking\)\.$/);
    expect(short.reasons).toEqual(short.decision.release?.lacking);
    expect(gate([run()], { policy: releasePolicyOf({ needs: ['soak'] }) }).exitCode).toBe(0);
  });

  it('leaves a gate that does not pass as it is', () => {
    expect(required([withThresholds(missed)])).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(required([run()], { unreadable: [broken] })).toMatchObject({ verdict: 'unreadable', exitCode: 2 });
  });
});

describe('what is missing or cannot be read', () => {
  it('is named in the reasons, and no release', () => {
    const judged = gate([run()], { missingRuns: 2, unreadable: [{ name: 'a.json', what: 'It is empty.' }] });
    expect(judged.reasons).toEqual(['2 planned runs left no results', expect.any(String), 'a.json: It is empty.']);
    expect(judged).toMatchObject({ verdict: 'incomplete', exitCode: 1 });
    expect(gate([run()], { unreadable: [broken] }).headline).toBe('CANNOT JUDGE: 1 input could not be read.');
    expect(gate([run()], { missing: ['plan b did not run'], missingRuns: 3 }).reasons[0]).toBe('plan b did not run');
  });

  it('is a part of a run that stands alone', () => {
    const part = run({ load: loadRecord({ segment: { of: 2 } }) });
    const judged = gate([part]);
    expect(judged).toMatchObject({ verdict: 'incomplete', exitCode: 1 });
    expect(judged.reasons[0]).toMatch(/^1 of 2 shards of .*, without 2: merge them first$/);
    expect(judged.runs[0]?.scenario).toBe('sustained, shard 1 of 2');
  });
});
