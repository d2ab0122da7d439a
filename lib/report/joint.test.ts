import { describe, expect, it } from 'vitest';
import { FIXTURES } from './fixtures.ts';
import { renderJointMarkdown } from './joint-markdown.ts';
import { buildJointReport, type JointRecord } from './joint-model.ts';
import { renderJointTerminal } from './joint-terminal.ts';
import { renderJson } from './json.ts';

const { healthy, failing, unmeasured } = FIXTURES;

const record: JointRecord = {
  schemaVersion: 1,
  testId: 'LOAD-CONCURRENT-001',
  runId: '20261123T190000Z-load-concurrent-a1b2c3',
  suite: 'load-concurrent',
  purpose: 'Does it hold?',
  startedAt: '2026-11-23T19:00:00.000Z',
  endedAt: '2026-11-23T19:05:00.000Z',
  planned: [
    { scenario: 'rapid-fire', plan: 'reference' },
    { scenario: 'sustained', plan: 'reference' },
  ],
  runIds: ['one', 'two'],
};

describe('the joint report of several runs', () => {
  const report = buildJointReport(record, [healthy, failing]);

  it('adds up: requests, outcomes and endpoints over its runs', () => {
    const requests = healthy.totals.requests + failing.totals.requests;
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(report.totals.requests).toBe(requests);
    expect(sum(report.totals.outcomes.map(({ count }) => count))).toBe(requests);
    expect(sum(report.endpoints.map((endpoint) => endpoint.requests))).toBe(requests);
    expect(sum(report.runs.map((run) => run.requests))).toBe(requests);
    expect(report.thresholdCount).toBe(healthy.thresholds.length + failing.thresholds.length);
    expect(report.crossed).toHaveLength(
      [...healthy.thresholds, ...failing.thresholds].filter(({ verdict }) => verdict !== 'pass').length,
    );
    expect(new Set(report.endpoints.map(({ id }) => id)).size).toBe(report.endpoints.length);
  });

  it('takes the worst verdict, and gives the reasons of the plans that did not pass', () => {
    expect(report.verdict).toBe('fail');
    expect(report.headline).toContain('1 of 2 plans passed');
    expect(report.reasons.join('\n')).not.toContain(`${healthy.scenario}: all`);
    expect(buildJointReport(record, [healthy, healthy]).verdict).toBe('pass');
    expect(buildJointReport(record, [healthy, unmeasured]).verdict).toBe(unmeasured.verdict);
  });

  it('is incomplete when a plan did not run', () => {
    const cut = buildJointReport(record, [healthy]);
    expect(cut.verdict).toBe('incomplete');
    expect(cut.reasons[0]).toBe('1 of 2 plans did not run');
    expect(cut.headline).toContain('1 of 2 plans passed');
  });

  it('as Markdown', async () => {
    await expect(renderJointMarkdown(report)).toMatchFileSnapshot('golden/joint.md');
  });

  it('as plain text for a terminal', async () => {
    await expect(renderJointTerminal(report, false)).toMatchFileSnapshot('golden/joint.txt');
  });

  it('as JSON, which is the model itself', () => {
    expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('shows hostile names as plain text', () => {
    const markdown = renderJointMarkdown(
      buildJointReport({ ...record, purpose: '<script>|`x`', testId: 'a\nb' }, [
        { ...healthy, scenario: '<b>|' },
        failing,
      ]),
    );
    expect(markdown).not.toMatch(/<script>|<b>\|/);
    expect(markdown.split('\n')[0]).toBe('# a b: load test report');
  });
});
