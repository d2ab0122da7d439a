import { describe, expect, it } from 'vitest';
import { asStored, type OwnRun, type RunSummary } from '../core/judge/run-summary.ts';
import type { EndpointOverTime } from '../core/measure/endpoints-over-time.ts';
import { chartsOf } from '../testing/documents.ts';
import { endpointSummary, measuredRun, runSummary } from '../testing/runs.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { judgeGate } from './gate/judge-gate.ts';
import { renderComment } from './gate/render-comment.ts';
import { renderGateTerminal } from './gate/render-gate-terminal.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const PERIODS = 12;
const curve = (id: string, failed: number, p95: number): EndpointOverTime => ({
  id,
  requests: Array.from({ length: PERIODS }, () => 10 + failed),
  ok: Array.from({ length: PERIODS }, () => 10),
  limited: Array.from({ length: PERIODS }, () => 0),
  okP50Ms: Array.from({ length: PERIODS }, () => p95 / 2),
  okP95Ms: Array.from({ length: PERIODS }, (_, i) => (i === 5 ? null : p95 + i)),
});

function recorded(changes: Partial<RunSummary> = {}, failing = true): OwnRun {
  const orders = endpointSummary('orders', { outcomes: { ok: 120, ...(failing ? { server_error: 24 } : {}) } });
  const endpoints = [
    failing ? { ...orders, causes: [{ outcome: 'server_error', status: 503, count: 24 } as const] } : orders,
    endpointSummary('health', { outcomes: { ok: 120 }, okMedianMs: 3 }),
  ];
  const atSeconds = Array.from({ length: PERIODS }, (_, i) => (i + 1) * 5);
  return asStored(
    runSummary(measuredRun(endpoints), {
      overTime: { atSeconds, endpoints: [curve('orders', failing ? 2 : 0, 200), curve('health', 0, 5)] },
      ...changes,
    }),
  );
}

const documentOf = (...runs: readonly OwnRun[]) => reportDocument(buildReport({ runs }));
const markdownOf = (...runs: readonly OwnRun[]) => renderMarkdown(documentOf(...runs)).replaceAll('\\', '');
const gateOf = (...runs: readonly OwnRun[]) =>
  judgeGate({ runs, unreadable: [], missingRuns: 0, notes: [], today: '2026-11-27' });

describe('the report of a recorded run', () => {
  it('says why requests failed', () => {
    const text = markdownOf(recorded());
    expect(text).toMatch(
      /<summary>Why requests failed<\/summary>\n\n\| Endpoint \| Cause \| Requests \|\n.*\n\| `GET \/api\/orders` \| status 503 \| 24 \|/,
    );
    expect(text).toContain('24 server errors in 144 requests (17 %); status 503: 24');
    expect(markdownOf(recorded({}, false))).not.toContain('Why requests failed');
  });

  it('tells each endpoint from its beginning to its end', () => {
    const text = markdownOf(recorded());
    expect(text).toContain(
      '| Highest p95 of successful responses, and failed | 0s to 20s | 20s to 40s | 40s to 1m |\n',
    );
    expect(text).toContain('| `/api/orders` | 203 ms, 8 failed | 207 ms, 8 failed | 211 ms, 8 failed |');
    expect(text).toContain('| `/api/health` | 8.0 ms | 12 ms | 16 ms |');
    expect(text).not.toContain('This test has no record over time.');
  });

  it('tells no failures over time where nothing failed', () => {
    const text = markdownOf(recorded({}, false));
    expect(text).toContain('| Highest p95 of successful responses | 0s to 20s');
    expect(text).toContain('| `/api/orders` | 203 ms | 207 ms | 211 ms |');
  });

  it('draws both, with what they show in words', () => {
    const charts = chartsOf(documentOf(recorded()).blocks);
    const of = (title: string) => charts.find((chart) => chart.title === title)?.description;
    expect(of('p95 of successful responses by endpoint')).toBe(
      'The p95 of a period was at most: /api/orders 211 ms (1m into the load); /api/health 16 ms (1m into the load).',
    );
    expect(of('Failed requests by endpoint')).toBe('Failed: /api/orders 24 requests, the first within 5s of the load.');
    expect(markdownOf(recorded())).not.toContain('Failed requests by endpoint');
  });

  it('tells two runs apart', () => {
    const text = markdownOf(recorded(), recorded({ runId: 'other', scenario: 'mixed' }, false));
    expect(text).toMatch(/Over time: sustained<[\s\S]*0s to 20s[\s\S]*Over time: mixed<[\s\S]*0s to 20s/);
  });
});

describe('what the script measured itself', () => {
  const custom = {
    checks: [{ name: 'has a price', group: 'cart', passes: 80, fails: 20 }],
    figures: [{ metric: 'orders', kind: 'counter', isTime: false, values: { count: 1234 } } as const],
  };

  it('is in the report, and a failed check is a finding', () => {
    const run = recorded({ custom }, false);
    const text = markdownOf(run);
    expect(text).toContain('| has a price | cart | 80 | 20 | 20 % |');
    expect(text).toContain('| orders | counter | count 1,234 |');
    expect(buildReport({ runs: [run] }).problems.find(({ id }) => id === 'failed-checks')).toMatchObject({
      summary: '20 of 100 checks failed (20 %): "cart / has a price".',
      recommendations: [{ text: expect.stringContaining('content check of an endpoint') }],
    });
    expect(markdownOf(recorded({}, false))).not.toContain('What else k6 measured');
  });
});

describe('that a run was not recorded', () => {
  const { overTime: _, ...bare } = recorded();
  const run = asStored({ ...bare, isUnrecorded: true });
  const times = (text: string) => text.replaceAll('\\', '').split('This k6 has no recorder').length - 1;

  it('is said once, wherever it is said', () => {
    expect(times(markdownOf(run))).toBe(1);
    expect(times(markdownOf(run, { ...run, runId: 'other', scenario: 'mixed' }))).toBe(1);
    expect(times(renderTerminal(buildReport({ runs: [run] }), false))).toBe(1);
    expect(times(renderGateTerminal(gateOf(run), false))).toBe(1);
    expect(times(renderComment(gateOf(run, { ...run, runId: 'other', scenario: 'mixed' })))).toBe(1);
  });

  it('is not said of one that was', () => {
    expect(times(markdownOf(recorded()))).toBe(0);
  });
});
