import { LOAD_PHASE } from '../measure/k6-metrics.ts';
import { mergeAlike } from '../measure/record/merge-records.ts';
import { metricOf } from '../measure/record/metrics-of-record.ts';
import type { RecordTotals } from '../measure/record/read-record.ts';
import type { RecordedSeries } from '../measure/record/recorded-series.ts';
import { present } from '../spec/present.ts';
import type { CustomFigures, K6Check, K6Figure } from './run-summary.ts';
import { isTold } from './told-metrics.ts';

/** Of so many metrics the figures are kept: of more there is no reader. */
const MOST_FIGURES = 300;

/** Of a trend that nobody compares: what k6's usual summary has. */
export const USUAL_TREND_STATS = ['count', 'avg', 'min', 'p(50)', 'max', 'p(90)', 'p(95)', 'p(99)'];

/**
 * What a script of the library measures itself under load, besides requests: its own metrics, and k6's checks.
 * @param judged names of metrics that have limits: none of them is too many
 * @returns undefined where it has none
 */
export function customOfRecord(
  { series, startedAtMs, lastAtMs }: RecordTotals,
  judged: readonly string[] = [],
): CustomFigures | undefined {
  // What was before the load, after it or in a warm-up is in no figure.
  const ofLoad = series.filter(({ tags }) => tags.phase === LOAD_PHASE.phase);
  const seconds = (lastAtMs - startedAtMs) / 1000;
  const names = [...new Set(ofLoad.map(({ metric }) => metric))].filter((metric) => !isTold(metric)).sort();
  const kept = new Set([...names.filter((name) => judged.includes(name)), ...names].slice(0, MOST_FIGURES));
  const figures = names.filter((name) => kept.has(name)).map((name) => figureOf(name, ofLoad, seconds));
  const checks = checksOf(ofLoad);
  return figures.length + checks.length === 0 ? undefined : { figures, checks };
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
