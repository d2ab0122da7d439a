import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome, type OutcomeCounts } from '../core/outcome.ts';
import type { EndpointSummary, MeasuredRun } from '../core/run-summary.ts';
import { atRest, endpointSummary, FIXTURES, loadRecord, measuredRun, runSummary } from './fixtures.ts';
import { renderMarkdown } from './markdown.ts';
import { buildReport, outcomeRows, type ReportFigures } from './model.ts';
import { renderTerminal } from './terminal.ts';

const outcomeCounts = fc.dictionary(
  fc.constantFrom<Outcome>(...OUTCOMES),
  fc.nat(100_000),
) as fc.Arbitrary<OutcomeCounts>;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function expectToAddUp({ requests, outcomes }: ReportFigures): void {
  expect(sum(outcomes.map(({ count }) => count))).toBe(requests);
  expect(sum(outcomes.map(({ share }) => share))).toBeCloseTo(requests > 0 ? 1 : 0, 9);
}

describe('whatever was measured', () => {
  it('outcomes add up to requests, shares to 1, and endpoints to the totals', () => {
    fc.assert(
      fc.property(fc.array(outcomeCounts, { maxLength: 8 }), (all) => {
        const endpoints = all.map((outcomes, i) => endpointSummary(`e${i}`, { outcomes }));
        const report = buildReport(runSummary(measuredRun(endpoints)));
        for (const figures of [report.totals, ...report.endpoints]) expectToAddUp(figures);
        expect(sum(report.endpoints.map(({ requests }) => requests))).toBe(report.totals.requests);
        for (const { outcome, count } of report.totals.outcomes) {
          const rows = report.endpoints.flatMap(({ outcomes }) => outcomes);
          expect(sum(rows.filter((row) => row.outcome === outcome).map((row) => row.count))).toBe(count);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('ok comes first, then the others by how often, and what never happened is left out', () => {
    fc.assert(
      fc.property(outcomeCounts, (outcomes) => {
        const rows = outcomeRows(outcomes);
        expect(rows.every(({ count }) => count > 0)).toBe(true);
        expect(rows.findIndex(({ outcome }) => outcome === 'ok')).toBeLessThanOrEqual(0);
        const others = rows.filter(({ outcome }) => outcome !== 'ok').map(({ count }) => count);
        expect(others).toEqual([...others].sort((a, b) => b - a));
      }),
    );
  });
});

describe('the notes say', () => {
  const notesOf = (outcomes: OutcomeCounts, changes: Parameters<typeof measuredRun>[1] = {}, k6ExitCode = 0) =>
    buildReport(runSummary(measuredRun([endpointSummary('a', { outcomes })], changes), { k6ExitCode })).notes;

  it('nothing where nothing needs to be said', () => {
    expect(notesOf({ ok: 5, timeout: 2, not_found: 3 })).toEqual([]);
  });

  it('that the reference backend was the target', () => {
    expect(buildReport(FIXTURES.healthy).notes).toEqual([expect.stringContaining('embedded reference backend')]);
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

  it('of all latency, not of that of one endpoint or of ok replies', () => {
    const { totals } = measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })]);
    const ok = { ...totals.latencyMs.ok, min: 0 };
    expect(notesOf({ ok: 5 }, { totals: { ...totals, latencyMs: { ...totals.latencyMs, ok } } })).toEqual([]);
  });

  it('that refused connections mean nobody accepted them', () => {
    expect(notesOf({ refused: 1 })).toContainEqual(expect.stringMatching(/^Connections were refused/));
  });

  it('that a reset may hide requests that were sent twice', () => {
    expect(notesOf({ ok: 1, reset: 1 })).toEqual([expect.stringContaining('more requests than k6')]);
  });

  it('what was broken with a single user already', () => {
    const broken = [atRest('a'), atRest('b', { not_found: 3 }), atRest('c', { timeout: 1 })];
    expect(notesOf({ ok: 5 }, { atRest: broken })).toEqual(['Broken before the load began, with a single user: b, c.']);
    expect(notesOf({ ok: 5 }, { atRest: [atRest('a', { ok: 1, timeout: 2 })] })).toEqual([]);
  });

  describe('of an endpoint that is only rate limited at rest', () => {
    const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
    const declared = endpointSummary('a', { outcomes: { ok: 5 }, rateLimit });
    const undeclared = endpointSummary('a', { outcomes: { ok: 5 } });
    const brokenIn = (endpoint: EndpointSummary, atRestOutcomes: OutcomeCounts) =>
      buildReport(runSummary(measuredRun([endpoint], { atRest: [atRest('a', atRestOutcomes)] }))).notes.some((note) =>
        note.startsWith('Broken before the load'),
      );

    it.each<[string, EndpointSummary, OutcomeCounts, boolean]>([
      ['works as it declares', declared, { rate_limited: 3 }, false],
      ['works as it declares, with an ok reply', declared, { ok: 1, rate_limited: 2 }, false],
      ['is broken where it declares no limit', undeclared, { rate_limited: 3 }, true],
      ['is broken where other replies are none that are ok', declared, { rate_limited: 2, server_error: 1 }, true],
      ['is broken where it is not rate limited at all', declared, { not_found: 3 }, true],
      ['is broken where it hangs', declared, { timeout: 1 }, true],
    ])('that it %s', (_case, endpoint, outcomes, isBroken) => {
      expect(brokenIn(endpoint, outcomes)).toBe(isBroken);
    });
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

describe('the headline', () => {
  const passing = measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })]);
  const ON_THRESHOLDS = 'FAIL: the service did not meet its thresholds under this load.';
  const ON_THE_RUN = 'FAIL: the script itself failed, whatever the thresholds say.';
  const failed = { iterations: { completed: 5, dropped: 0, failed: 1 } };
  const broken = measuredRun([endpointSummary('a', { outcomes: { not_found: 5 } })]);

  it.each<[string, MeasuredRun, number, string]>([
    ['a script that marked the run as failed', passing, 110, ON_THE_RUN],
    ['an exception in an iteration', { ...passing, load: loadRecord(failed) }, 0, ON_THE_RUN],
    ['a threshold', broken, 0, ON_THRESHOLDS],
    ['a threshold, that k6 found too', broken, 99, ON_THRESHOLDS],
    ['a threshold and an exception', { ...broken, load: loadRecord(failed) }, 0, ON_THRESHOLDS],
  ])('of a run that fails for %s', (_case, run, k6ExitCode, headline) => {
    expect(buildReport(runSummary(run, { k6ExitCode }))).toMatchObject({ verdict: 'fail', headline });
  });

  it.each([
    [0, /^PASS: /],
    [105, /^INCOMPLETE: /],
  ])('of a run without a failing threshold says what k6 code %i means', (k6ExitCode, headline) => {
    expect(buildReport(runSummary(passing, { k6ExitCode })).headline).toMatch(headline);
  });

  // Nothing went wrong with these runs: the service, or a threshold of k6, is what failed.
  it.each<[string, MeasuredRun, number]>([
    [
      'an endpoint that was never ok, which no budget names',
      { ...broken, thresholds: [{ metric: 'timeoutRate', limit: 0.01 }] },
      0,
    ],
    ['a threshold that k6 alone found crossed', passing, 99],
  ])('does not blame the run for %s', (_case, run, k6ExitCode) => {
    const { verdict, headline } = buildReport(runSummary(run, { k6ExitCode }));
    expect(verdict).toBe('fail');
    expect(headline).not.toMatch(/the script itself/);
  });
});

describe('a value beside its limit', () => {
  const base = endpointSummary('a', { outcomes: { ok: 98_996, not_found: 1004 } });
  const ok = { ...base.latencyMs.ok, p95: 500.3 };
  const report = buildReport(
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
      'a: success, declared 429s aside: 98.996 %, must be >= 99 % (100,000 samples)',
      'a: p95 of ok replies: 500.3 ms, must be < 500 ms (98,996 samples)',
    ]);
  });

  it('does not read like it in the table of thresholds', () => {
    const markdown = renderMarkdown(report);
    expect(markdown).toContain('| &gt;= 99 % | 98.996 % |');
    expect(markdown).toContain('| &lt; 500 ms | 500.3 ms |');
    const terminal = renderTerminal(report, false);
    expect(terminal).toMatch(/ >= 99 % +98\.996 % +fail/);
    expect(terminal).toMatch(/ < 500 ms +500\.3 ms +fail/);
  });
});

it('requests that no endpoint has are said to be in the latency alone', () => {
  const { load } = FIXTURES.incomplete;
  expect(load.unattributedRequests).toBe(2);
  const markdown = renderMarkdown(buildReport(FIXTURES.incomplete));
  expect(markdown).toContain('in the latency of all requests, and in no outcome');
});

describe('at rest', () => {
  const medianOf = (okMs: readonly number[]) =>
    buildReport(
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

  it('there is no median where no reply was ok', () => {
    expect(medianOf([])).toBeUndefined();
  });

  it('an endpoint that was not met has no figures', () => {
    const report = buildReport(FIXTURES.failing);
    expect(report.endpoints.map(({ atRest: met }) => met !== undefined)).toEqual([true, true, true, false]);
  });
});

it('the header says what is known and leaves out what is not', () => {
  const { header } = buildReport(FIXTURES.incomplete);
  expect(header).toMatchObject({ model: 'closed', loadSeconds: 12.25, durationSeconds: 14, k6ExitCode: 105 });
  expect(Object.keys(header)).not.toEqual(expect.arrayContaining(['release']));
  expect(Object.keys(header)).not.toEqual(expect.arrayContaining(['commit']));
  expect(header.load).toEqual([
    expect.stringMatching(/^readers: 15 users, each 50 requests/),
    expect.stringMatching(/^visitors: 0 → 5 users/),
  ]);
});

it('a run that a signal ended has no exit code, and the report says so', () => {
  const { k6ExitCode: _, ...killed } = FIXTURES.incomplete;
  expect(renderMarkdown(buildReport(killed))).toContain('k6 2.2.0 (exit code none: killed)');
});

it('the model holds no ladder: a report is for reading', () => {
  expect(JSON.stringify(buildReport(FIXTURES.healthy))).not.toContain('ladder');
});
