import { LOAD_PHASE } from '../measure/k6-metrics.ts';
import { mergeAlike } from '../measure/record/merge-records.ts';
import { metricOf } from '../measure/record/metrics-of-record.ts';
import type { RecordTotals } from '../measure/record/read-record.ts';
import type { RecordedSeries } from '../measure/record/recorded-series.ts';
import { present } from '../spec/present.ts';
import { customMetricOf } from './custom-metrics.ts';
import type { MeasuredTest } from './measurement.ts';
import type { CustomFigures, K6Check, K6Figure } from './run-summary.ts';
import { isTold } from './told-metrics.ts';

/** Of so many metrics the figures are kept: of more there is no reader. */
const MOST_FIGURES = 300;

/** Of a trend that nobody compares: what k6's usual summary has. */
export const USUAL_TREND_STATS = ['count', 'avg', 'min', 'p(50)', 'max', 'p(90)', 'p(95)', 'p(99)'];

/**
 * What a script of the library measures itself under load, besides requests: its own metrics, and k6's checks.
 * @param test its limits say which metrics are never too many, and which are counters that are 0 where nothing was added
 * @returns undefined where it has none
 */
export function customOfRecord(
  { series, startedAtMs, lastAtMs }: RecordTotals,
  test: Pick<MeasuredTest, 'thresholds' | 'makesMetrics'> = { thresholds: [] },
): CustomFigures | undefined {
  const judged = test.thresholds.flatMap(({ custom }) => custom ?? []);
  // What was before the load, after it or in a warm-up is in no figure.
  const ofLoad = series.filter(({ tags }) => tags.phase === LOAD_PHASE.phase);
  const seconds = (lastAtMs - startedAtMs) / 1000;
  const names = [...new Set(ofLoad.map(({ metric }) => metric))].filter((metric) => !isTold(metric)).sort();
  const kept = new Set([...names.filter((name) => judged.includes(name)), ...names].slice(0, MOST_FIGURES));
  const added = names.filter((name) => kept.has(name)).map((name) => figureOf(name, ofLoad, seconds));
  // Before the load nothing can have been added.
  const zero = ofLoad.length === 0 ? [] : countersOf(test).filter((name) => !names.includes(name));
  const figures = [...added, ...zero.map(neverAddedTo)];
  const checks = checksOf(ofLoad);
  return figures.length + checks.length === 0 ? undefined : { figures, checks };
}

/** The counters with limits that k6 found in the script. */
function countersOf({ thresholds, makesMetrics }: Pick<MeasuredTest, 'thresholds' | 'makesMetrics'>): string[] {
  const counters = thresholds.filter(({ metric }) => customMetricOf(metric)?.kind === 'counter');
  return makesMetrics === true ? [...new Set(counters.flatMap(({ custom }) => custom ?? []))] : [];
}

function neverAddedTo(metric: string): K6Figure {
  return { metric, kind: 'counter', isTime: false, values: { count: 0, rate: 0 }, samples: 0 };
}

/** Each metric is told as a whole. */
function figureOf(metric: string, ofLoad: readonly RecordedSeries[], seconds: number): K6Figure {
  const whole = mergeAlike(ofLoad.filter((each) => each.metric === metric).map((each) => ({ ...each, tags: {} })));
  const { type, contains, values } = metricOf(whole, seconds);
  const told =
    type === 'trend' ? Object.fromEntries(USUAL_TREND_STATS.map((name) => [name, values[name] ?? 0])) : values;
  return {
    metric,
    kind: type,
    isTime: type === 'trend' && contains === 'time',
    values: told,
    ...present({ samples: whole.kind === 'counter' ? whole.count : undefined }),
  };
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
