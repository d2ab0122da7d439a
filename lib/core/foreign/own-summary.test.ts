import { describe, expect, it } from 'vitest';
import { journeyRun } from '../../testing/journeys.ts';
import { endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { customThresholdsOf, journeyThresholdsOf } from '../judge/budgets.ts';
import { k6SummaryOf } from '../judge/k6-summary/k6-summary.ts';
import { verdictName } from '../judge/k6-summary/k6-words.ts';
import type { ForeignRun } from '../judge/run-summary.ts';
import type { StoredThreshold } from '../judge/threshold.ts';
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

describe('limits on journeys and on metrics of the author’s', () => {
  const budgets = {
    overall: {},
    everyEndpoint: {},
    endpoints: {},
    everyJourney: { okP50Ms: 400, okP95Ms: 3000, okP99Ms: 3000, okMeanMs: 900, completedShare: 0.99, perSecond: 3 },
    custom: {
      basket_size: { p50: 8, p95: 20, p99: 40, mean: 9, max: 30, countAtMost: 3 },
      render_time: { mean: 5 },
      sold: { countAtLeast: 100, countAtMost: 400, perSecondAtLeast: 7 },
      in_stock: { shareAtLeast: 0.9, shareAtMost: 0.2 },
      misspelt: { p95: 1, countAtLeast: 1, perSecondAtLeast: 1, shareAtMost: 1 },
      success_rate: { shareAtLeast: 0.5 },
    },
  };
  const values = { count: 2, avg: 3, min: 1, 'p(50)': 3, max: 6, 'p(90)': 5, 'p(95)': 5, 'p(99)': 6 };
  const { custom = { checks: [], figures: [] }, journeys = [] } = journeyRun();
  const figures = [
    ...custom.figures,
    { metric: 'render_time', kind: 'trend', isTime: true, values },
    { metric: 'in_stock', kind: 'rate', isTime: false, values: { rate: 0.25, passes: 5, fails: 15 } },
  ] as const;
  const run = runSummary(
    measuredRun([endpointSummary('list', { outcomes: { ok: 9 } })], {
      journeys,
      thresholds: [
        ...journeyThresholdsOf(
          budgets,
          journeys.map(({ name }) => name),
        ),
        ...customThresholdsOf(budgets),
      ],
    }),
    { custom: { checks: [], figures } },
  );
  const read = readK6Summary('handleSummary', { ...k6SummaryOf(run, { metrics: {} }) }, { runId: 'a', name: 'b' });

  it('are read as they were judged', () => {
    // How often a counter was added to has no place in the file, nor has what may be meant by a name.
    const told = ({ samples, toTell: _, ...threshold }: StoredThreshold) => ({
      ...threshold,
      ...(threshold.custom === undefined ? { samples } : {}),
    });
    const nameOf = ({ metric, journey, custom }: StoredThreshold) => `${metric} ${journey} ${custom}`;
    const byName = (a: StoredThreshold, b: StoredThreshold) => (nameOf(a) < nameOf(b) ? -1 : 1);
    const judged = run.thresholds.filter((threshold) => threshold.custom !== 'success_rate');
    expect(read.thresholds.toSorted(byName).map(told)).toEqual(judged.toSorted(byName).map(told));
    const verdicts = new Set(judged.map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(['fail', 'no_data', 'pass']);
    expect(judged).toHaveLength(run.thresholds.length - 1);
  });

  it('hide no figure, and are none themselves', () => {
    expect(read.k6?.figures.map(({ metric }) => metric).sort()).toEqual(figures.map(({ metric }) => metric).sort());
    expect(read.k6?.impossible).toEqual([]);
  });

  it('are those of others where the verdict is gone', () => {
    const data = structuredClone(k6SummaryOf(run, { metrics: {} }));
    const metrics = Object.fromEntries(Object.entries(data.metrics).filter(([name]) => !name.startsWith('k6_verdict')));
    const { thresholds } = readK6Summary('handleSummary', { ...data, metrics }, { runId: 'a', name: 'b' });
    expect(thresholds.map(({ metric }) => metric)).toContain('basket_size');
  });
});

function cross(metrics: Metrics, name: string, values: Record<string, number>): void {
  metrics[name] = { ...(metrics[name] as K6SummaryMetric), values };
}
