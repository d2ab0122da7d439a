import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHandMade } from '../../core/foreign/hand-made.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatMs, formatShare } from '../../core/spec/units.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { countCriteria } from '../model/criteria.ts';
import { gatherEvidence } from '../model/evidence.ts';
import { mostTimeouts } from '../model/findings/no-answer.ts';
import { buildReport } from '../model/report.ts';
import { reportDocument } from '../sections/report-document.ts';

// The figures of a report that was written by hand, reported by the program. Its claims stand here as it made them.
const run = readHandMade(
  JSON.parse(readFileSync(new URL('load-concurrent-001.summary.json', import.meta.url), 'utf8')),
);
const report = buildReport({ runs: [run] });
const markdown = renderMarkdown(reportDocument(report));
const endpoint = (path: string) => report.endpoints.find((row) => row.path === path);
const problem = (id: string) => report.problems.find((each) => each.id === id);
const criterion = (id: string) => report.criteria.rows.find((row) => row.id === id);

describe('the replayed report agrees with the original where that was right', () => {
  it.each([
    ['ok', 270, 0.037],
    ['rate_limited', 2220, 0.304],
    ['not_found', 500, 0.068],
  ])('%s: %i requests', (outcome, count, share) => {
    const row = report.totals.outcomes.find((each) => each.outcome === outcome);
    expect(row?.count).toBe(count);
    expect(Math.abs((row?.share ?? 0) - share)).toBeLessThan(0.001);
  });

  it('7,300 requests to 12 endpoints', () => {
    expect(report.totals.requests).toBe(7300);
    expect(report.endpoints).toHaveLength(12);
    expect(sum(report.endpoints.map(({ requests }) => requests))).toBe(7300);
  });

  it.each([
    ['/api/agents', 60, 440, 142.54, 342.18],
    ['/api/system/ports', 30, 470, 1279.27, 8109.89],
    ['/api/system/info', 60, 430, 649.54, 101.02],
    ['/api/system/stats', 60, 440, 1920.87, 6242.28],
    ['/api/services', 60, 440, 1046.11, 2045.67],
  ])('%s: %i accepted, %i rate limited, and its latencies', (path, ok, limited, avg, p95) => {
    const row = endpoint(path);
    const count = (outcome: string) => row?.outcomes.find((each) => each.outcome === outcome)?.count;
    expect([count('ok'), count('rate_limited')]).toEqual([ok, limited]);
    expect(row?.all).toMatchObject({ avg, p95 });
    expect(row?.limit?.state).toBe('enforced');
    expect(markdown).toContain(`| ${formatMs(avg)} | ${formatMs(p95)} |`);
  });

  it('all latencies of all requests', () => {
    expect(report.totals.all).toMatchObject({
      min: 7.95,
      avg: 3815.45,
      p50: 2019.57,
      p95: 30976.33,
      p99: 30988.37,
      max: 31001.2,
    });
  });

  it('it failed; rate limits work; the health route is broken', () => {
    expect(report.decision.sentence).toMatch(/^Failed: /);
    expect(report.risks.level).toBe('critical');
    expect(report.positives.map(({ id }) => id)).toContain('rate-limits-enforced');
    expect(criterion('rate-limits')?.status).toBe('pass');
    expect(criterion('no-errors-from-limiting')?.status).toBe('pass');
    expect(endpoint('/api/health')?.group).toBe('broken');
  });
});

describe('it differs where the original was wrong, and says why', () => {
  it('4,310 requests without a status are no timeouts: their cause was not recorded', () => {
    const outcomes = Object.fromEntries(report.totals.outcomes.map(({ outcome, count }) => [outcome, count]));
    expect(outcomes.unclassified).toBe(4310);
    expect(outcomes.timeout).toBeUndefined();
    expect(problem('timeouts')).toBeUndefined();
    expect(problem('cause-not-recorded')?.description).toContain(
      'The averages and percentiles of their endpoints leave room for at most 853 requests as long as the timeout of 30s: the other 3,457 requests ended earlier, so they were no timeouts.',
    );
  });

  it('at most 853 of them can have lasted 30 s, endpoint by endpoint', () => {
    const bounds = Object.fromEntries(
      gatherEvidence([run])
        .endpoints.map((each) => [each.path, mostTimeouts(each)] as const)
        .filter(([, most]) => most !== 0),
    );
    expect(bounds).toEqual({
      '/api/system/stats': 48,
      '/api/system/processes': 409,
      '/api/system/info': 10,
      '/api/system/network': 223,
      '/api/system/disk': 23,
      '/api/services': 33,
      '/api/agents/active': 25,
      '/api/projects': 25,
      '/api/auth/validate': 25,
      '/api/health': 32,
    });
    expect(Object.values(bounds).reduce<number>((sum, most) => sum + (most ?? 0), 0)).toBe(853);
  });

  it('about 2.03 s on average is what a refused connection looks like from Windows', () => {
    const [first] = problem('cause-not-recorded')?.hypotheses ?? [];
    expect(first?.statement).toContain('refused connections');
    expect(first?.supportedBy).toEqual(['4 endpoints without any response average 2.02 s to 2.04 s']);
  });

  it('the log of its server is to be read, whatever the number of 5xx', () => {
    expect(report.totals.outcomes.some(({ outcome }) => outcome === 'server_error')).toBe(false);
    expect(criterion('no-crash')).toMatchObject({
      status: 'fail',
      actual: '4,310 requests got no answer, for reasons not recorded',
    });
    expect(markdown).toContain('Read the log of the server process');
    expect(report.positives.map(({ id }) => id)).not.toContain('stayed-up');
  });

  it('3 of its 5 criteria pass by its own table, which says 2; ours counts what its table shows', () => {
    const original = (['pass', 'pass', 'fail', 'pass', 'fail'] as const).map((status, i) => ({
      id: `original-${i}`,
      criterion: '',
      target: '',
      actual: '',
      status,
    }));
    expect(countCriteria(original)).toMatchObject({ passed: 3, failed: 2 });
    const { rows, passed, failed, notMeasured } = report.criteria;
    expect(rows.filter(({ status }) => status === 'pass')).toHaveLength(passed);
    expect(passed + failed + notMeasured).toBe(rows.length);
    expect(markdown).toContain(`${passed} of ${rows.length} success criteria pass, `);
  });

  it('5.31 % succeed after rate limits, not about 40 %', () => {
    expect(formatShare(report.totals.successShare ?? 0)).toBe('5.3 %');
    expect(formatCount(report.totals.judgedRequests)).toBe('5,080');
    expect(criterion('success')).toMatchObject({ status: 'fail' });
  });

  it('a latency that was not kept apart for successful responses is not judged, and nothing is made up', () => {
    expect(report.totals.ok).toEqual({ count: 270 });
    expect(criterion('p95')?.status).toBe('not measured');
    expect(report.positives.map(({ id }) => id)).not.toContain('fast-endpoints');
    expect(markdown).not.toMatch(/hours of|fix timeline/i);
  });
});
