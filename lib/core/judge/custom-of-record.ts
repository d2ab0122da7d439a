import { OWN_METRICS, outcomeMetric } from '../measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES } from '../measure/outcome.ts';
import type { RecordedMetric } from '../measure/record/metrics-of-record.ts';
import { metricsOfSeries } from '../measure/record/metrics-of-record.ts';
import type { RecordTotals } from '../measure/record/read-record.ts';
import type { RecordedSeries } from '../measure/record/recorded-series.ts';
import { present } from '../spec/present.ts';
import type { CustomFigures, K6Check, K6Figure } from './run-summary.ts';

/** Of so many metrics the figures are kept: of more there is no reader. */
const MOST_FIGURES = 300;

/** Of a trend that nobody compares: what k6's usual summary has. */
export const USUAL_TREND_STATS = ['count', 'avg', 'min', 'p(50)', 'max', 'p(90)', 'p(95)', 'p(99)'];

const TOLD: ReadonlySet<string> = new Set([
  ...Object.values(OWN_METRICS),
  ...OBSERVED_OUTCOMES.map(outcomeMetric),
  'checks',
  'iterations',
  'iteration_duration',
  'dropped_iterations',
  'vus',
  'vus_max',
  'group_duration',
]);

/** What a script measures itself, besides requests: its own metrics, and k6's checks. Undefined where it has none. */
export function customOfRecord({ series, startedAtMs, lastAtMs }: RecordTotals): CustomFigures | undefined {
  const own = series
    .filter(({ metric }) => !TOLD.has(metric) && !metric.startsWith('http_req') && !metric.startsWith('ws_'))
    // Each metric is told as a whole.
    .map((each) => ({ ...each, tags: {} }));
  const seconds = (lastAtMs - startedAtMs) / 1000;
  const figures = Object.entries(metricsOfSeries(own, seconds))
    .map(([name, metric]) => figureOf(name, metric))
    .sort((a, b) => (a.metric < b.metric ? -1 : 1))
    .slice(0, MOST_FIGURES);
  const checks = checksOf(series);
  return figures.length + checks.length === 0 ? undefined : { figures, checks };
}

function figureOf(metric: string, { type, contains, values }: RecordedMetric): K6Figure {
  const told =
    type === 'trend' ? Object.fromEntries(USUAL_TREND_STATS.map((name) => [name, values[name] ?? 0])) : values;
  return { metric, kind: type, isTime: type === 'trend' && contains === 'time', values: told };
}

/** The checks of a script, each by its name and its groups. */
export function checksOf(series: readonly RecordedSeries[]): K6Check[] {
  return series.filter(({ metric }) => metric === 'checks').flatMap(checkOf);
}

function checkOf(series: RecordedSeries): K6Check[] {
  if (series.kind !== 'rate') return [];
  const { check = 'unnamed check', group } = series.tags;
  const names = group?.split('::').filter((name) => name !== '') ?? [];
  return [
    {
      name: check,
      ...present({ group: names.length > 0 ? names.join(' / ') : undefined }),
      passes: series.trues,
      fails: series.total - series.trues,
    },
  ];
}
