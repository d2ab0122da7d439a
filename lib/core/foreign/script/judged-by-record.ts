import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { JudgedThreshold, MetricKind, ScriptThreshold } from '../../measure/record/record-format.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';
import type { Expression } from '../idle-threshold.ts';
import { baseOf } from '../k6-file.ts';
import { isWithin, parseExpression } from '../read-thresholds.ts';
import { secondsOfRun, selectedSeries, valuesOf } from './selected-series.ts';

/** What k6 names a figure by, with the figure. */
type Values = Readonly<Record<string, number>>;

/**
 * What the record says of each threshold of a script, by k6's own rules, where k6's engine was off or each k6 saw a part
 * of the load alone. Counts, rates, averages and extremes are exact; a percentile is on that side of its limit on which
 * it is for the samples themselves.
 */
export function judgedByRecord(record: RecordTotals): JudgedThreshold[] {
  // Of each metric once: hundreds of thresholds may look at it.
  const byMetric = [...groupBy(record.thresholds, ({ metric }) => metric)];
  const figures = new Map(byMetric.map(([metric, own]) => [metric, figuresOf(record, metric, own)]));
  return record.thresholds.map(({ metric, source }) => {
    const expression = parseExpression(source);
    const own = figures.get(metric);
    const failed = expression && (own ? whetherCrossed(own, expression) : whetherNone(record, metric, expression));
    return { metric, source, ...present({ failed }) };
  });
}

/** Figures as they are if k6 takes the run for as short as it may, and for as long; undefined without a sample. */
function figuresOf(
  record: RecordTotals,
  metric: string,
  thresholds: readonly ScriptThreshold[],
): readonly Values[] | undefined {
  const series = selectedSeries(record.series, metric);
  if (series.length === 0) return undefined;
  const statistics = [...new Set(thresholds.flatMap(({ source }) => parseExpression(source)?.statistic ?? []))];
  const { least, most } = secondsOfRun(record);
  return [...new Set([least, most])].map((seconds) => valuesOf(series, statistics, seconds));
}

/** @returns undefined where that cannot be told */
function whetherCrossed(figures: readonly Values[], { statistic, operator, limit }: Expression): boolean | undefined {
  const found = figures.map(({ [statistic]: value }) => value !== undefined && !isWithin(value, operator, limit));
  const isKnown = figures.every((values) => statistic in values) && found.every((each) => each === found[0]);
  return isKnown ? found[0] : undefined;
}

/** Without a sample a rate has no figure, and holds; every other figure is 0. */
function whetherNone(
  { series }: RecordTotals,
  name: string,
  { statistic, operator, limit }: Expression,
): boolean | undefined {
  const isCrossedAtZero = !isWithin(0, operator, limit);
  if (statistic !== 'rate' || !isCrossedAtZero) return isCrossedAtZero;
  const kind = series.find(({ metric }) => metric === baseOf(name))?.kind ?? kindInK6(baseOf(name));
  return kind === undefined ? undefined : kind !== 'rate';
}

/** Of k6's own metrics that have a rate; those of the script show theirs by their samples alone. */
function kindInK6(metric: string): MetricKind | undefined {
  if (['checks', 'http_req_failed', 'browser_http_req_failed'].includes(metric)) return 'rate';
  return COUNTER.test(metric) ? 'counter' : undefined;
}

const COUNTER =
  /^(http_reqs|iterations|dropped_iterations|(browser_)?data_(sent|received)|ws_sessions|ws_msgs_(sent|received))$/;
