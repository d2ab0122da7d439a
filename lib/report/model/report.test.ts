import { describe, expect, it } from 'vitest';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import type { EndpointSummary } from '../../core/measure/measured.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import {
  atRest,
  endpointSummary,
  FIXTURES,
  loadRecord,
  measuredRun,
  type RunToJudge,
  runSummary,
} from '../../testing/runs.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { reportDocument } from '../sections/report-document.ts';
import { renderTerminal } from '../terminal.ts';
import { buildReport } from './report.ts';

const reportOf = (summary: RunSummary) => buildReport({ runs: [asStored(summary)] });

describe('the notes say', () => {
  const notesOf = (outcomes: OutcomeCounts, changes: Parameters<typeof measuredRun>[1] = {}, k6ExitCode = 0) =>
    reportOf(runSummary(measuredRun([endpointSummary('a', { outcomes })], changes), { k6ExitCode })).notes;

  it('nothing where nothing needs to be said', () => {
    expect(notesOf({ ok: 5, timeout: 2, not_found: 3 })).toEqual([]);
  });

  it('that the reference backend was the target', () => {
    expect(reportOf(FIXTURES.healthy).notes).toEqual([expect.stringContaining('embedded reference backend')]);
  });

  it.each<[OutcomeCounts, number | undefined, boolean]>([
    [{ ok: 5, other_error: 1 }, 0, true],
    [{ ok: 5, dns: 1000, tls: 200 }, 0, true],
    [{ ok: 5, timeout: 1 }, 0, true],
    [{ ok: 5, dns: 1, tls: 1 }, 0.000001, false],
    [{ ok: 5, other_error: 1 }, 0.1, false],
    [{}, undefined, false],
  ])('with %j and a minimum of %s ms, that k6 records 0 ms for what was not sent: %s', (outcomes, minMs, isSaid) => {
    const { totals } = measuredRun([endpointSummary('a', { outcomes })]);
    const all = { ...totals.latencyMs.all, ...(minMs === undefined ? {} : { min: minMs }) };
    const notes = notesOf(outcomes, { totals: { ...totals, latencyMs: { ...totals.latencyMs, all } } });
    expect(notes.filter((note) => note.startsWith('k6 records 0 ms'))).toHaveLength(isSaid ? 1 : 0);
  });

  it('of all latency, not of that of one endpoint or of successful responses', () => {
    const { totals } = measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })]);
    const ok = { ...totals.latencyMs.ok, min: 0 };
    expect(notesOf({ ok: 5 }, { totals: { ...totals, latencyMs: { ...totals.latencyMs, ok } } })).toEqual([]);
  });

  it('that refused connections mean nobody accepted them', () => {
    expect(notesOf({ ok: 1, refused: 1 })).toContainEqual(expect.stringMatching(/^Connections were refused/));
    expect(notesOf({ refused: 1 })).toContainEqual(
      expect.stringMatching(/^Every connection was refused, from the first/),
    );
  });

  it('that a reset may hide requests that were sent twice', () => {
    expect(notesOf({ ok: 1, reset: 1 })).toEqual([expect.stringContaining('more requests than k6')]);
  });

  it('how many requests were cut off before anything but k6 counted them', () => {
    expect(notesOf({ ok: 5 }, { load: loadRecord({ unattributedRequests: 1234 }) })).toEqual([
      expect.stringMatching(/^1,234 requests were cut off/),
    ]);
  });

  it('how much may have been in flight when the run was cut short, and only then', () => {
    expect(notesOf({ ok: 5 }, { load: loadRecord({ usersAtEnd: 1234 }) }, 105)).toEqual([
      expect.stringContaining('up to 1,234 here'),
    ]);
    expect(notesOf({ ok: 5 }, { load: loadRecord({ usersAtEnd: 1234 }) })).toEqual([]);
  });
});

describe('with one user before the load, an endpoint', () => {
  const brokenOf = (endpoint: EndpointSummary, outcomes: OutcomeCounts) =>
    reportOf(runSummary(measuredRun([endpoint], { atRest: [atRest('a', outcomes)] }))).endpoints[0]?.atRest?.isBroken;
  const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
  const declared = endpointSummary('a', { outcomes: { timeout: 5 }, rateLimit });
  const undeclared = endpointSummary('a', { outcomes: { timeout: 5 } });

  it.each<[string, EndpointSummary, OutcomeCounts, boolean]>([
    ['works where it answers once', undeclared, { ok: 1, timeout: 2 }, false],
    ['works as it declares where it only rate limits', declared, { rate_limited: 3 }, false],
    ['works as it declares, with a successful response', declared, { ok: 1, rate_limited: 2 }, false],
    ['is broken where it declares no limit and answers 429', undeclared, { rate_limited: 3 }, true],
    ['is broken where other responses are none that are ok', declared, { rate_limited: 2, server_error: 1 }, true],
    ['is broken where it is not there', declared, { not_found: 3 }, true],
    ['is broken where it hangs', declared, { timeout: 1 }, true],
  ])('%s', (_case, endpoint, outcomes, isBroken) => {
    expect(brokenOf(endpoint, outcomes)).toBe(isBroken);
  });
});

describe('the headline', () => {
  const passing = measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })]);
  const ON_THRESHOLDS = 'FAIL: the service did not meet its thresholds under this load.';
  const ON_THE_RUN = 'FAIL: the script itself failed, whatever the thresholds say.';
  const BY_SCRIPT = 'FAIL: the script itself failed, and no fault of the service was found.';
  const failed = { iterations: { completed: 5, dropped: 0, failed: 1 } };
  const broken = measuredRun([endpointSummary('a', { outcomes: { not_found: 5 } })]);

  it.each<[string, RunToJudge, number, string]>([
    ['a script that marked the run as failed', passing, 110, ON_THE_RUN],
    ['an exception in an iteration', { ...passing, load: loadRecord(failed) }, 0, BY_SCRIPT],
    ['a threshold', broken, 0, ON_THRESHOLDS],
    ['a threshold, that k6 found too', broken, 99, ON_THRESHOLDS],
    ['a threshold and an exception', { ...broken, load: loadRecord(failed) }, 0, ON_THRESHOLDS],
  ])('of a run that fails for %s', (_case, run, k6ExitCode, headline) => {
    expect(reportOf(runSummary(run, { k6ExitCode }))).toMatchObject({ verdict: 'fail', decision: { headline } });
  });

  it.each([
    [0, /^PASS: /],
    [105, /^INCOMPLETE: /],
  ])('of a run without a failing threshold says what k6 code %i means', (k6ExitCode, headline) => {
    expect(reportOf(runSummary(passing, { k6ExitCode })).decision.headline).toMatch(headline);
  });

  // Nothing went wrong with these runs: the service, or a threshold of k6, is what failed.
  it.each<[string, RunToJudge, number]>([
    [
      'an endpoint that was never ok, which no budget names',
      { ...broken, thresholds: [{ metric: 'timeoutRate', limit: 0.01 }] },
      0,
    ],
    ['a threshold that k6 alone found crossed', passing, 99],
  ])('does not blame the run for %s', (_case, run, k6ExitCode) => {
    const { verdict, decision } = reportOf(runSummary(run, { k6ExitCode }));
    expect(verdict).toBe('fail');
    expect(decision.headline).not.toMatch(/the script itself/);
  });
});

describe('a value beside its limit', () => {
  const base = endpointSummary('a', { outcomes: { ok: 98_996, not_found: 1004 } });
  const ok = { ...base.latencyMs.ok, p95: 500.3 };
  const report = reportOf(
    runSummary(
      measuredRun([{ ...base, latencyMs: { ...base.latencyMs, ok } }], {
        thresholds: [
          { metric: 'successShare', limit: 0.99, endpoint: 'a' },
          { metric: 'okP95Ms', limit: 500, endpoint: 'a' },
        ],
      }),
    ),
  );

  it('does not read like it in the reasons', () => {
    expect(report.reasons).toEqual([
      'a: success rate (excluding expected 429s): 98.996 %, must be >= 99 % (100,000 samples)',
      'a: p95 of successful responses: 500.3 ms, must be < 500 ms (98,996 samples)',
    ]);
  });

  it('does not read like it in the table of thresholds', () => {
    const markdown = renderMarkdown(reportDocument(report));
    expect(markdown).toContain('| &gt;= 99 % | 98.996 % |');
    expect(markdown).toContain('| &lt; 500 ms | 500.3 ms |');
    const terminal = renderTerminal(report, false);
    expect(terminal).toContain('Success rate 98.996 %');
    expect(terminal).toContain('2 of 2 thresholds failed');
  });
});

it('requests that no endpoint has are said to be in the latency alone', () => {
  const { load } = FIXTURES.incomplete;
  expect(load.unattributedRequests).toBe(2);
  const markdown = renderMarkdown(reportDocument(reportOf(FIXTURES.incomplete)));
  expect(markdown).toContain('in the latency of all requests, but in no outcome');
});

describe('at rest', () => {
  const medianOf = (okMs: readonly number[]) =>
    reportOf(
      runSummary(
        measuredRun([endpointSummary('a', { outcomes: { ok: 1 } })], {
          atRest: [{ ...atRest('a', { ok: okMs.length, timeout: 1 }), okMs }],
        }),
      ),
    ).endpoints[0]?.atRest?.medianOkMs;

  it.each([
    [[30, 10, 20], 20],
    [[100, 9], 9],
    [[7], 7],
  ])('the median of %j is %d', (okMs, median) => {
    expect(medianOf(okMs)).toBe(median);
  });

  it('there is no median where no response was ok', () => {
    expect(medianOf([])).toBeUndefined();
  });

  it('an endpoint that was not met has no figures', () => {
    const report = reportOf(FIXTURES.failing);
    expect(report.endpoints.map(({ atRest: met }) => met !== undefined)).toEqual([true, true, true, false]);
  });
});

it('the header says what is known and leaves out what is not', () => {
  const { header, runs } = reportOf(FIXTURES.incomplete);
  expect(header).toMatchObject({ durationSeconds: 14, k6ExitCodes: [105] });
  expect(header).not.toHaveProperty('release');
  expect(header).not.toHaveProperty('commit');
  expect(runs[0]).toMatchObject({ model: 'closed', loadSeconds: 12.25 });
  expect(runs[0]?.load).toEqual([
    expect.stringMatching(/^readers: 15 users, each 50 requests/),
    expect.stringMatching(/^visitors: 0 → 5 users/),
  ]);
});

it('a run that a signal ended has no exit code, and the report says so', () => {
  const { k6ExitCode: _, ...killed } = FIXTURES.incomplete;
  expect(renderMarkdown(reportDocument(reportOf(killed)))).toContain('k6 2.2.0 (exit code none: killed)');
});

it('ladders are kept of the twelve slowest endpoints only, and of all together', () => {
  const endpoints = Array.from({ length: 20 }, (_, i) =>
    endpointSummary(`e${i}`, { outcomes: { ok: 50 }, okMedianMs: 10 + i }),
  );
  const { distributions } = reportOf(runSummary(measuredRun(endpoints)));
  expect(distributions.map(({ path }) => path)).toEqual([undefined, ...endpoints.slice(8).map(({ path }) => path)]);
});

describe('of several runs', () => {
  const named = (scenario: string, outcomes: OutcomeCounts, k6ExitCode = 0) => {
    const run = measuredRun([endpointSummary('a', { outcomes })], { runId: `run-${scenario}`, scenario });
    return asStored(runSummary(run, { k6ExitCode }));
  };
  const joint = {
    schemaVersion: 1,
    testId: 'T',
    runId: 'joint',
    suite: 'all',
    purpose: 'Why?',
    startedAt: '2026-11-23T19:00:00.000Z',
    endedAt: '2026-11-23T19:10:00.000Z',
    planned: [
      { scenario: 'x', plan: 'p' },
      { scenario: 'y', plan: 'p' },
    ],
    runIds: ['run-x', 'run-y'],
  } as const;

  it('the worst decides, and the reasons name their scenario', () => {
    const report = buildReport({ runs: [named('x', { ok: 10 }), named('y', { not_found: 10 })], joint });
    expect(report).toMatchObject({ verdict: 'fail', header: { runId: 'joint', durationSeconds: 600 } });
    expect(report.decision.headline).toBe('FAIL: the service did not meet its thresholds: 1 of 2 runs passed.');
    expect(report.reasons.every((reason) => reason.startsWith('y: '))).toBe(true);
    expect(report.totals).toMatchObject({ requests: 20, ok: { count: 10 } });
    expect(report.totals).not.toHaveProperty('requestsPerSecond');
  });

  it('a plan that did not run leaves the test incomplete', () => {
    const report = buildReport({ runs: [named('x', { ok: 10 })], joint });
    expect(report.verdict).toBe('incomplete');
    expect(report.reasons[0]).toBe('1 of 2 plans did not run');
    expect(report.decision.sentence).toMatch(/^Cannot tell: 1 of 2 plans did not run\b/);
  });

  it('a note says which runs it is about, unless it is about all', () => {
    const only = buildReport({ runs: [named('x', { ok: 9, refused: 1 }), named('y', { ok: 10 })] }).notes;
    expect(only).toContainEqual(expect.stringMatching(/^x: Connections were refused/));
    const both = buildReport({ runs: [named('x', { ok: 9, refused: 1 }), named('y', { ok: 1, refused: 9 })] }).notes;
    expect(both).toContainEqual(expect.stringMatching(/^Connections were refused/));
  });
});
