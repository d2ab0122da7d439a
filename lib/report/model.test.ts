import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome, type OutcomeCounts } from '../core/outcome.ts';
import { atRest, endpointSummary, FIXTURES, loadRecord, measuredRun, runSummary } from './fixtures.ts';
import { renderMarkdown } from './markdown.ts';
import { buildReport, outcomeRows, type ReportFigures } from './model.ts';

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

  it('how many requests failed before they were sent, of every kind', () => {
    expect(notesOf({ ok: 5, dns: 1000, tls: 200 })).toEqual([expect.stringContaining('(1,200 here)')]);
    expect(notesOf({ ok: 5, refused: 4, dns: 1 })[0]).toContain('(5 here)');
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
