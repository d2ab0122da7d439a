import { describe, expect, it } from 'vitest';
import { endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { k6SummaryOf } from '../judge/k6-summary/k6-summary.ts';
import { verdictName } from '../judge/k6-summary/k6-words.ts';
import type { ForeignRun } from '../judge/run-summary.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { K6SummaryMetric } from '../measure/measured.ts';
import { readK6Summary } from './read-k6-summary.ts';

type Metrics = Record<string, K6SummaryMetric>;

const summary = runSummary(
  measuredRun([endpointSummary('list', { outcomes: { ok: 1900, not_found: 2, timeout: 1 } })]),
);

/** What is read of the k6-summary.json of that run, changed by somebody. */
function readChanged(change: (metrics: Metrics) => void = () => {}): ForeignRun {
  const { metrics, ...data } = structuredClone(k6SummaryOf(summary, { metrics: {} }));
  const changed = { ...metrics };
  change(changed);
  return readK6Summary('handleSummary', { ...data, metrics: changed }, { runId: 'file-1234abcd', name: 'file' });
}

function counted(metrics: Metrics, name: string, count: number): void {
  const { values } = metrics[name] ?? {};
  metrics[name] = { type: 'counter', contains: 'default', values: { ...values, count } };
}

describe('a k6-summary.json of ours', () => {
  it('is read with the outcomes and limits that k6 has no names for', () => {
    const run = readChanged();
    expect(run.verdict).toBe('pass');
    expect(run.endpoints.map(({ outcomes }) => outcomes)).toEqual([summary.endpoints[0]?.outcomes]);
    expect(run.thresholds.map(({ metric }) => metric)).toContain('successShare');
    expect(run.load.windowSeconds).toBe(summary.load.windowSeconds);
    expect(run.lacks.join()).toContain('waivers');
    expect(run.k6?.figures).toEqual([]);
  });

  it.each<Verdict>(['incomplete', 'fail', 'no_data', 'invalid_load'])(
    'is never better than its verdict, %s',
    (verdict) => {
      const run = readChanged((metrics) => {
        counted(metrics, verdictName('pass'), 0);
        counted(metrics, verdictName(verdict), 1);
      });
      expect(run.verdict).toBe(verdict);
      expect(run.reasons[0]).toContain(`judged the run itself as ${verdict}`);
    },
  );

  it.each<[string, (metrics: Metrics) => void, RegExp]>([
    [
      'a figure beyond its limit',
      (metrics) => cross(metrics, 'success_rate', { rate: 0.5, passes: 5, fails: 5 }),
      /success/,
    ],
    [
      'a limit that is said not to hold',
      (metrics) => {
        const name = 'outcome_server_error';
        metrics[name] = { ...(metrics[name] as K6SummaryMetric), thresholds: { 'count<=0': { ok: false } } };
      },
      /server errors/,
    ],
  ])('whose verdict is pass fails with %s', (_, change, reason) => {
    const run = readChanged(change);
    expect(run.verdict).toBe('fail');
    expect(run.reasons.join()).toMatch(reason);
  });

  it('takes what no outcome was counted of for not ok', () => {
    const run = readChanged((metrics) => counted(metrics, 'ok_replies{endpoint:list}', 1890));
    expect(run.endpoints[0]?.outcomes).toMatchObject({ ok: 1890, unclassified: 10 });
  });

  it('is read as that of others where its verdict is gone', () => {
    const run = readChanged((metrics) => {
      for (const name of Object.keys(metrics)) if (name.startsWith('k6_verdict')) delete metrics[name];
    });
    expect(run.endpoints[0]?.outcomes).toEqual({ ok: 1900, unclassified: 3 });
    expect(run.thresholds.map(({ metric }) => metric)).toContain('success_rate');
  });
});

function cross(metrics: Metrics, name: string, values: Record<string, number>): void {
  metrics[name] = { ...(metrics[name] as K6SummaryMetric), values };
}
