import { describe, expect, it } from 'vitest';
import { asStored } from '../core/judge/run-summary.ts';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { holdsOfEach } from '../testing/random-reports.ts';
import { endpointSummary, measuredRun, pooled, runSummary } from '../testing/runs.ts';
import { renderTerminal as renderBlocks } from './document/render-terminal.ts';
import { buildReport, type ReportSource } from './model/report.ts';
import { findingLine } from './summary-lines.ts';
import { renderTerminal } from './terminal.ts';

const recorded = (name: string): ReportSource => (RECORDED_REPORTS[name] ?? expect.fail('no such run'))();
const linesOf = (source: ReportSource, columns?: number) =>
  renderTerminal(buildReport(source), false, columns).trim().split('\n');

/** A run of so many endpoints, all well. */
function green(ids: readonly string[]): ReportSource {
  const endpoints = ids.map((id) => endpointSummary(id, { outcomes: { ok: 500 }, okMedianMs: 20 }));
  return { runs: [asStored(runSummary(measuredRun(endpoints, { totals: pooled(endpoints) })))], scenarios: [] };
}

const twelve = Array.from({ length: 12 }, (_, i) => `endpoint-${i + 1}`);

describe.each(Object.entries(RECORDED_REPORTS))('on a terminal, the report of the %s run', (_name, source) => {
  it.each([80, 100])('fits into %i columns', (columns) => {
    expect(linesOf(source(), columns).filter((line) => line.length > columns)).toEqual([]);
  });

  it('says no sentence twice', () => {
    const sentences = linesOf(source()).filter((line) => line.length > 60);
    expect(new Set(sentences).size).toBe(sentences.length);
    const report = buildReport(source());
    const text = renderTerminal(report, false);
    for (const { summary } of report.problems)
      expect(text.split(summary.replace(/\.$/, '')).length, summary).toBeLessThanOrEqual(2);
  });
});

it.each(Object.entries(RECORDED_REPORTS))('the %s run takes at most a screen of 80 columns', (_name, source) => {
  const { runs, verdict } = buildReport(source());
  const most = runs.length > 1 ? 60 : verdict === 'pass' ? 25 : 40;
  // And one line more for the report.
  expect(linesOf(source(), 80).length).toBeLessThanOrEqual(most - 1);
});

it('any run takes at most that, however much there is to say of it', () => {
  holdsOfEach((report) => {
    const lines = renderTerminal(report, false, 80).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(report.runs.length > 1 ? 59 : report.verdict === 'pass' ? 24 : 39);
  });
});

describe('a green run', () => {
  it.each([
    ['of five endpoints', recorded('healthy')],
    ['of one', recorded('one-endpoint')],
    ['of twelve', green(twelve)],
  ])('%s is told in 24 lines of 80 columns, and one more for its report', (_what, source) => {
    expect(linesOf(source, 80).length).toBeLessThanOrEqual(24);
  });

  it('shows some of many endpoints, and says that the others are well', () => {
    const lines = linesOf(green(twelve), 80);
    expect(lines.filter((line) => /^endpoint-\d+ +healthy/.test(line))).toHaveLength(8);
    expect(lines).toContain('  and 4 more endpoints, healthy: see report.html');
  });

  it('shortens a long id in the middle', () => {
    const ids = ['first', 'last'].map((end) => `${end}-${'of-a-very-long-name-'.repeat(4)}${end}`);
    const lines = linesOf(green(ids), 80);
    for (const end of ['first', 'last'])
      expect(lines.join('\n')).toMatch(new RegExp(`^${end}-of.*….*-${end} +healthy`, 'm'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('a failed run', () => {
  it('says in one line how many thresholds failed, and where they are', () => {
    expect(linesOf(recorded('joint'), 80)).toContain(
      '30 of 60 thresholds failed (7 of them without data): see report.html',
    );
  });

  it('gives at most three reasons, and each severity has its colour', () => {
    const report = buildReport(recorded('200-endpoints'));
    const text = renderTerminal(report, true, 80);
    expect(text).toContain('\u001b[31mcritical\u001b[39m');
    expect(text).toContain('\u001b[33mmedium  \u001b[39m');
    const low = renderBlocks([[findingLine({ severity: 'low', summary: 'It is slow.' })]], true);
    expect(low).toContain('\u001b[2mlow     \u001b[22m  It is slow.');
    expect(report.decision.advice.reasons.length).toBeLessThanOrEqual(3);
  });
});

it('a log has each sentence in one line, to be searched for', () => {
  const report = buildReport(recorded('joint'));
  const lines = renderTerminal(report, false).split('\n');
  for (const note of report.notes) expect(lines).toContain(`Note: ${note}`);
});
