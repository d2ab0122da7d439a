import { expect, it } from 'vitest';
import { endpointSummary, measuredRun, runSummary } from '../../../testing/runs.ts';
import { readChecks } from '../../foreign/read-checks.ts';
import { LADDER_TREND_STATS } from '../../measure/quantile-ladder.ts';
import { VERDICTS } from '../verdict-rank.ts';
import { k6SummaryOf } from './k6-summary.ts';

const OF_ALL_KINDS = { ok: 400, rate_limited: 9, server_error: 3, timeout: 2, refused: 4, reset: 1, not_sent: 1 };
const endpoints = (count: number) =>
  Array.from({ length: count }, (_, i) => endpointSummary(`endpoint-number-${i}`, { outcomes: OF_ALL_KINDS }));

it('has the members of what k6 hands to handleSummary, and the statistics that it names', () => {
  const data = k6SummaryOf(runSummary(measuredRun(endpoints(2))), { metrics: {} });
  expect(Object.keys(data)).toEqual(['root_group', 'options', 'state', 'metrics']);
  expect(data.state.testRunDurationMs).toBe(65_500);
  const { values } = data.metrics['http_req_duration{endpoint:endpoint-number-1}'] ?? {};
  expect(Object.keys(values ?? {}).toSorted()).toEqual(data.options.summaryTrendStats.toSorted());
  expect(data.options.summaryTrendStats).toEqual([...LADDER_TREND_STATS, 'med']);
});

it('counts with the rate of the whole run, as k6 does', () => {
  const { metrics } = k6SummaryOf(runSummary(measuredRun(endpoints(2))), { metrics: {} });
  expect(metrics.http_reqs?.values).toEqual({ count: 840, rate: 840 / 65.5 });
  expect(metrics.outcome_timeout?.values.count).toBe(4);
  expect(metrics.http_req_failed?.values).toEqual({ rate: 40 / 840, passes: 40, fails: 800 });
});

it('has what is judged, also where a metric of the script has the same name', () => {
  const values = { rate: 1, passes: 1, fails: 0 };
  const figure = { metric: 'success_rate', kind: 'rate', isTime: false, values } as const;
  const run = runSummary(measuredRun(endpoints(1)), { custom: { checks: [], figures: [figure] } });
  const { metrics } = k6SummaryOf(run, { metrics: {} });
  expect(metrics.success_rate?.values).toMatchObject({ passes: 400 });
  expect(metrics.success_rate?.thresholds).toEqual({ 'rate>=0.99': { ok: false } });
});

it.each(VERDICTS)('whoever looks for crossed thresholds sees that a run ended as %s', (verdict) => {
  const { metrics } = k6SummaryOf(runSummary(measuredRun(endpoints(1)), { verdict }), { metrics: {} });
  const crossed = Object.entries(metrics)
    .filter(([name]) => name.startsWith('k6_verdict'))
    .filter(([, { thresholds = {} }]) => Object.values(thresholds).some(({ ok }) => !ok));
  expect(crossed.map(([name]) => name)).toEqual(verdict === 'pass' ? [] : [`k6_verdict{verdict:${verdict}}`]);
});

it('puts checks under the groups they are in', () => {
  const checks = [
    { name: 'is up', passes: 10, fails: 0 },
    { name: 'has a price', group: 'shop / cart', passes: 3, fails: 7 },
  ];
  const run = runSummary(measuredRun(endpoints(1)), { custom: { checks, figures: [] } });
  const { root_group, metrics } = k6SummaryOf(run, { metrics: {} });
  expect(root_group.groups[0]?.groups[0]).toMatchObject({ name: 'cart', path: '::shop::cart' });
  const counted = new Map([
    ['checks', { kind: 'rate', isTime: false, values: metrics.checks?.values ?? {}, thresholds: [] } as const],
  ]);
  expect(readChecks({ root_group }, { metrics: counted })).toEqual({ checks, groups: [] });
});

it('is below 5 MB for 200 endpoints', () => {
  const run = runSummary(measuredRun(endpoints(200)));
  const text = JSON.stringify(k6SummaryOf(run, { metrics: {} }), null, 1);
  expect(text.length).toBeGreaterThan(100_000);
  expect(text.length).toBeLessThan(5 * 1024 * 1024);
});
