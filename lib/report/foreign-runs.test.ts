import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { k6Metric, readMetrics } from '../testing/k6-files.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { gateMarkdown } from './gate/gate-markdown.ts';
import { judgeGate } from './gate/judge-gate.ts';
import { renderAnnotations } from './gate/render-annotations.ts';
import { renderGateTerminal } from './gate/render-gate-terminal.ts';
import { renderJunit } from './gate/render-junit.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const { counter, rate, time } = k6Metric;
const TIMES = { avg: 9, min: 1, med: 8, max: 50, 'p(90)': 20, 'p(95)': 25 };

/** A run of so many requests, of which so many failed, whose limits hold. */
function sent(requests: number, failed: number, more: Readonly<Record<string, unknown>> = {}): StoredRun {
  return readMetrics({
    http_reqs: counter(requests),
    http_req_failed: rate(failed, requests - failed, { 'rate<0.9': true }),
    http_req_duration: time(TIMES, { 'p(95)<500': true }),
    'http_req_duration{expected_response:true}': time(TIMES),
    iterations: counter(requests),
    ...more,
  });
}

const gateOf = (runs: readonly StoredRun[]) =>
  judgeGate({ runs, unreadable: [], missingRuns: 0, notes: [], today: '2026-11-27' });

/** Everything that is said of these runs, anywhere. */
function everything(...runs: readonly StoredRun[]): string {
  const report = buildReport({ runs });
  const gate = gateOf(runs);
  return [
    renderMarkdown(reportDocument(report)),
    renderTerminal(report, false),
    JSON.stringify(report),
    gateMarkdown(gate, 60_000),
    renderGateTerminal(gate, false),
    renderJunit(gate),
    renderAnnotations(gate),
    JSON.stringify(gate),
  ].join('\n');
}

const problemOf = (run: StoredRun, id: string) => buildReport({ runs: [run] }).problems.find((each) => each.id === id);

describe('of a run that passed by thresholds of k6', () => {
  const run = sent(40, 0);

  it('nothing is claimed that its file does not say', () => {
    expect(run.verdict).toBe('pass');
    expect(everything(run)).not.toMatch(
      /planned load was delivered and|none with a server error|no response was of class 5xx|no 5xx, timeout|content check|every request was answered|judged on successful responses/i,
    );
    expect(everything(run, { ...run, runId: 'other' })).not.toMatch(/were delivered|load was delivered and/);
  });

  it('what it does say is said', () => {
    const { positives, criteria } = buildReport({ runs: [run] });
    expect(positives.map(({ summary }) => summary)).toEqual(['k6 counted every one of 40 requests as expected.']);
    expect(criteria.rows.find(({ id }) => id === 'no-crash')).toMatchObject({ status: 'not measured' });
  });

  it('responses that are all counted by a good status were answered, and none with an error', () => {
    const known = sent(40, 0, { 'http_reqs{status:200}': counter(30), 'http_reqs{status:204}': counter(10) });
    expect(everything(known)).toMatch(/none with a server error/);
  });
});

describe('errors that a script told k6 to expect', () => {
  const all = { 'http_reqs{status:500}': counter(20), 'http_reqs{status:503}': counter(20) };

  it('of class 5xx are errors all the same', () => {
    const run = sent(40, 0, all);
    expect(run).toMatchObject({
      verdict: 'fail',
      totals: { outcomes: { server_error: 40 }, latencyMs: { ok: { count: 0 } } },
      reasons: ['not one of 40 requests was ok'],
    });
    expect(problemOf(run, 'server-errors')).toMatchObject({ severity: 'critical' });
    expect(everything(run)).not.toMatch(/none with a server error|100 % ok/);
  });

  it('are not hidden by those of which nothing is known', () => {
    const run = sent(100, 0, { 'http_reqs{status:503}': counter(20) });
    expect(run.totals.outcomes).toEqual({ ok: 80, server_error: 20 });
    expect(run.totals.latencyMs.ok).toEqual({ count: 80 });
    expect(run.lacks).toContainEqual(
      expect.stringMatching(
        /^The script told k6 to expect errors: 20 responses of class 5xx beside 0 failed requests\./,
      ),
    );
  });

  it('of class 4xx can be what was asked for, and are told', () => {
    const run = sent(100, 0, { 'http_reqs{status:404}': counter(20) });
    expect(run.totals.outcomes).toEqual({ ok: 100 });
    expect(run.lacks).toContainEqual(
      expect.stringMatching(/^Up to 20 responses of class 4xx are ones that the script told k6 to expect/),
    );
  });

  it('of class 4xx are no more ok than k6 says, where errors were expected beside them', () => {
    const run = sent(100, 5, { 'http_reqs{status:500}': counter(20), 'http_reqs{status:404}': counter(5) });
    expect(run.totals.outcomes).toEqual({ ok: 75, server_error: 20, not_found: 5 });
  });

  it('by their error codes count as well', () => {
    const run = sent(100, 0, { 'http_reqs{error_code:1050}': counter(3), 'http_reqs{error_code:1630}': counter(2) });
    expect(run.totals.outcomes).toEqual({ ok: 95, timeout: 3, http2_error: 2 });
  });

  it('by more than there were requests are none of this run', () => {
    expect(sent(40, 4, { 'http_reqs{status:500}': counter(400) }).totals.outcomes).toEqual({ ok: 36, unclassified: 4 });
  });
});

describe('requests of which nobody says whether they failed', () => {
  const run = sent(40, 20, { 'http_reqs{name:health}': counter(20), 'http_reqs{name:nope}': counter(20) });
  const report = buildReport({ runs: [run] });

  it('are neither ok nor failed', () => {
    expect(
      report.endpoints.map(({ id, group, outcomes, successShare }) => [id, group, outcomes, successShare]),
    ).toEqual(
      ['health', 'nope'].map((id) => [
        id,
        'unknown',
        [{ outcome: 'unknown', label: 'not known whether ok', count: 20, share: 1 }],
        undefined,
      ]),
    );
    expect(renderTerminal(report, false)).toMatch(/health +unknown +20 +– +20 not known whether ok/);
    expect(report.problems.flatMap(({ endpoints }) => endpoints)).toEqual([]);
  });

  it('are failing where what is known suffices', () => {
    const known = sent(40, 20, { 'http_reqs{name:a}': counter(20), 'http_reqs{name:a,status:500}': counter(5) });
    expect(buildReport({ runs: [known] }).endpoints[0]).toMatchObject({
      group: 'failing',
      assessment: 'Fails under this load: 75 % not known whether ok, 25 % server error (5xx).',
    });
  });

  it('make no success rate', () => {
    const metrics = { http_reqs: counter(10), http_req_duration: time(TIMES, { 'p(95)<500': true }) };
    const { totals, positives, criteria } = buildReport({ runs: [readMetrics(metrics)] });
    expect(totals).not.toHaveProperty('successShare');
    expect(positives).toEqual([]);
    expect(criteria.rows.find(({ id }) => id === 'success')).toMatchObject({ status: 'not measured' });
  });
});

describe('a limit on the durations of all requests', () => {
  const fast = {
    'http_req_duration{expected_response:true}': time({ ...TIMES, med: 500, max: 1400, 'p(90)': 800, 'p(95)': 910 }),
  };

  it('that holds only since requests failed at once is a finding', () => {
    const run = sent(50, 30, fast);
    expect(run).toMatchObject({ verdict: 'pass', thresholds: [{ okActual: 910, actual: 25 }, {}] });
    expect(problemOf(run, 'judged-on-all-requests')).toMatchObject({
      severity: 'high',
      summary:
        '1 threshold of k6 holds over all requests, and the expected responses alone are beyond the same limit: p(95) of http_req_duration: 910 ms of expected responses, 25 ms with the failed ones, limit 500 ms.',
    });
    expect(run.lacks).toContainEqual(expect.stringMatching(/^k6 judges http_req_duration on all requests/));
  });

  it.each([
    ['the expected responses hold it too', { 'http_req_duration{expected_response:true}': time({ 'p(95)': 499 }) }],
    ['the expected responses are not told apart', { 'http_req_duration{expected_response:true}': undefined }],
  ])('is none where %s', (_case, more) => {
    expect(problemOf(sent(50, 30, more), 'judged-on-all-requests')).toBeUndefined();
  });
});

it('thresholds that nothing can cross are shown as such, and none that decides is counted with them', () => {
  const run = sent(50, 0, { 'http_req_duration{name:list}': time(TIMES, { 'max>=0': true }) });
  const gate = gateOf([run]);
  expect(gate).toMatchObject({ verdict: 'pass', exitCode: 0, runs: [{ warnings: [] }] });
  expect(gateMarkdown(gate, 60_000)).toContain('0 of 3 thresholds failed, 1 cannot be crossed.');
  expect(renderGateTerminal(gate, false)).toMatch(/max of http_req_duration\{name:list\}.*cannot be crossed/);
  expect(renderJunit(gate)).toMatch(/holds whatever the service does/);
});

describe('what else the file says', () => {
  const check = (name: string, passes: number, fails: number) => ({ name, passes, fails });
  const root_group = { checks: [check('is up', 100, 0), check('has a price', 80, 20)], groups: [] };
  const withChecks = (root: Record<string, unknown>) =>
    readMetrics(
      {
        http_reqs: counter(100),
        http_req_failed: rate(0, 100),
        http_req_duration: time(TIMES, { 'p(95)<500': true }),
        'http_reqs{status:200}': counter(100),
        grpc_req_duration: time({ ...TIMES, count: 7 }),
        ws_msgs_sent: counter(1234),
        orders_lost: rate(1, 3),
        queue_length: k6Metric.gauge(12),
      },
      { root_group: root },
    );

  it('is in the report: checks by name, statuses, and every metric', () => {
    const report = buildReport({ runs: [withChecks(root_group)] });
    const text = renderMarkdown(reportDocument(report)).replaceAll('\\', '');
    expect(text).toMatch(/\| has a price \| 80 \| 20 \| 20 % \|/);
    expect(text).toMatch(/\| 200 \| 100 \|/);
    for (const line of [
      /grpc_req_duration \| trend \| .*avg 9\.0 ms.*count 7/,
      /ws_msgs_sent \| counter \| count 1,234/,
      /orders_lost \| rate \| 25 %: 1 of 4/,
      /queue_length \| gauge \| value 12/,
    ])
      expect(text).toMatch(line);
  });

  it('failed checks are a finding, as grave as there are many of them', () => {
    expect(problemOf(withChecks(root_group), 'failed-checks')).toMatchObject({
      severity: 'high',
      summary: '20 of 200 checks failed (10 %): "has a price".',
      evidence: ['"has a price": 20 of 100 failed'],
    });
    const severityOf = (passes: number, fails: number) =>
      problemOf(withChecks({ checks: [check('a', passes, fails)] }), 'failed-checks')?.severity;
    expect([severityOf(0, 100), severityOf(50, 50), severityOf(99, 1), severityOf(999, 1)]).toEqual([
      'critical',
      'critical',
      'high',
      'medium',
    ]);
    expect(problemOf(withChecks({ checks: [check('a', 9, 0)] }), 'failed-checks')).toBeUndefined();
  });

  it('the gate tells failed checks, which no threshold judges', () => {
    const gate = gateOf([withChecks(root_group)]);
    expect(gate.verdict).toBe('pass');
    expect(renderGateTerminal(gate, false)).toContain('Note: 20 of 200 checks failed (10 %): "has a price".');
    expect(gateMarkdown(gate, 60_000)).toContain('20 of 200 checks failed');
  });

  it('what cannot be is a finding', () => {
    const run = sent(40, 0, { vus: k6Metric.gauge(-1) });
    expect(problemOf(run, 'impossible-figures')?.summary).toBe('1 figure of the file cannot be: vus: a value below 0.');
  });
});

it('requests of a browser that failed are a finding', () => {
  const page = (failed: number, ok: number) =>
    readMetrics({
      browser_web_vital_lcp: time(TIMES, { 'p(95)<2500': true }),
      browser_http_req_failed: rate(failed, ok),
      iterations: counter(10),
    });
  expect(page(50, 0)).toMatchObject({ verdict: 'pass' });
  expect(problemOf(page(50, 0), 'failed-page-requests')).toMatchObject({
    severity: 'critical',
    summary: '50 of 50 requests that pages made failed (100 %).',
  });
  expect(problemOf(page(1, 49), 'failed-page-requests')?.severity).toBe('high');
  expect(problemOf(page(1, 999), 'failed-page-requests')?.severity).toBe('medium');
  expect(problemOf(page(0, 50), 'failed-page-requests')).toBeUndefined();
});
