import { describe, expect, it } from 'vitest';
import { judgeThreshold } from '../core/judge/judge-threshold.ts';
import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import { judgeRun } from '../core/judge/verdict.ts';
import { htmlReport } from '../results/html-report.ts';
import { endpointSummary, measuredRun, pooled, runSummary } from '../testing/runs.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { renderJson } from './json.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const REASON = 'PERF-12 index is being built';

/** A run with a slow endpoint whose p95 is waived, and whose success only warns. */
function excusedRun(): RunSummary {
  const endpoints = [endpointSummary('projects', { outcomes: { ok: 950, timeout: 50 }, okMedianMs: 600 })];
  const run = measuredRun(endpoints, {
    totals: pooled(endpoints),
    thresholds: [
      { metric: 'okReplies', endpoint: 'projects', limit: 1 },
      { metric: 'okP95Ms', limit: 500, waiver: { reason: REASON, until: '2026-12-31' } },
      { metric: 'successShare', limit: 0.99, level: 'warn' },
    ],
  });
  const { totals, load, k6Thresholds } = run;
  const thresholds = run.thresholds.map((each) => judgeThreshold(each, { endpoints, totals }, '2026-11-24'));
  const judgement = judgeRun({ thresholds, endpoints, load, k6Thresholds, k6ExitCode: 0 });
  return runSummary(run, judgement);
}

describe('a threshold that is waived or only warns', () => {
  const report = buildReport({ runs: [asStored(excusedRun())] });
  const document = reportDocument(report);

  it('lets the run pass, and never reads as one that holds', () => {
    expect(report.verdict).toBe('pass');
    expect(report.decision.headline).toContain('every threshold that decides holds');
    expect(report.reasons).toEqual(['1 of 3 thresholds hold; of the others 1 only warns, and 1 is waived']);
    expect(report.criteria.rows.find(({ id }) => id === 'thresholds')).toMatchObject({
      actual: '1 of 3 hold, 2 only warn or are waived',
      status: 'pass',
    });
    expect(report.criteria.rows.find(({ id }) => id === 'p95')?.status).toBe('fail');
    expect(report.criteria.rows.find(({ id }) => id === 'success')?.status).toBe('fail');
  });

  it.each([
    ['Markdown', renderMarkdown(document)],
    ['HTML', htmlReport(document)],
    ['JSON', renderJson(report)],
    ['the terminal', renderTerminal(report, false)],
  ])('is shown with reason and date in %s', (_format, text) => {
    expect(text).toContain(REASON);
    expect(text).toContain('2026-12-31');
    expect(text).toMatch(/waived/);
    expect(text).toMatch(/only warns|"warn"/);
  });

  it('is not called held where the decision is told', () => {
    expect(report.decision.sentence).not.toContain('all 3 thresholds hold');
  });
});
