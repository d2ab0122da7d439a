import { mergeAlike } from '../../measure/record/merge-records.ts';
import { metricOf, type RecordedMetric } from '../../measure/record/metrics-of-record.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { RecordedSeries } from '../../measure/record/recorded-series.ts';
import { quantileOf } from '../../measure/record/trend-quantiles.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';
import { baseOf, type K6File, type K6FileMetric, type K6FileThreshold, metricName, tagsOf } from '../k6-file.ts';
import { parseExpression } from '../read-thresholds.ts';

/**
 * The record of a script as its k6 would have told it: every metric, and those sub-metrics that have thresholds, with
 * what k6 found of these.
 */
export function fileOfRecord(record: RecordTotals, k6Version: string): K6File {
  const seconds = (record.lastAtMs - record.startedAtMs) / 1000;
  const whole = [...groupBy(record.series, ({ metric }) => metric)].map(
    ([name, series]) => [name, metricOfAll(series, [], seconds)] as const,
  );
  const judged = thresholdsByMetric(record).map(
    ([name, thresholds]) => [name, metricOfAll(selected(record.series, name), thresholds, seconds)] as const,
  );
  return {
    metrics: new Map([...whole, ...judged]),
    durationSeconds: seconds,
    k6Version,
    endedAt: new Date(record.lastAtMs).toISOString(),
  };
}

/** Of two spellings of one sub-metric k6 judges one. */
function thresholdsByMetric({ thresholds, judged }: RecordTotals): [string, K6FileThreshold[]][] {
  const all = thresholds.map(({ metric, source }, i) => ({
    name: metricName(baseOf(metric), tagsOf(metric)),
    expression: source,
    holds: judged?.[i]?.failed !== true,
  }));
  return [...groupBy(all, ({ name }) => name)].map(([name, group]) => [
    name,
    [...groupBy(group, ({ expression }) => expression)].map(([expression, same]) => ({
      expression,
      holds: same.every(({ holds }) => holds),
    })),
  ]);
}

function selected(all: readonly RecordedSeries[], name: string): RecordedSeries[] {
  const asked = Object.entries(tagsOf(name));
  return all.filter(
    ({ metric, tags }) => metric === baseOf(name) && asked.every(([tag, value]) => (tags[tag] ?? '') === value),
  );
}

/** A metric without samples has no values: nothing is made up for it. */
function metricOfAll(
  series: readonly RecordedSeries[],
  thresholds: readonly K6FileThreshold[],
  seconds: number,
): K6FileMetric {
  if (series.length === 0) return { kind: 'trend', isTime: false, values: {}, thresholds };
  const merged = mergeAlike(series);
  const { type, contains, values }: RecordedMetric = metricOf(merged, seconds);
  return {
    kind: type,
    isTime: type === 'trend' && contains === 'time',
    values: { ...values, ...askedPercentiles(merged, thresholds) },
    thresholds,
  };
}

/** k6 judges any percentile; a summary has those of its ladder. */
function askedPercentiles(merged: RecordedSeries, thresholds: readonly K6FileThreshold[]): Record<string, number> {
  if (merged.kind !== 'trend') return {};
  const { trend } = merged;
  return Object.fromEntries(
    thresholds.flatMap(({ expression }) => {
      const statistic = parseExpression(expression)?.statistic;
      const percent = statistic === 'med' ? 50 : Number(/^p\((.*)\)$/.exec(statistic ?? '')?.[1]);
      return statistic === undefined || Number.isNaN(percent) ? [] : [[statistic, quantileOf(trend, percent / 100)]];
    }),
  );
}

/** How many iterations of the load k6 counted, and for how many no user was free. */
export function iterationsIn({ metrics }: K6File): { completed: number; dropped: number } {
  const countOf = (name: string) => metrics.get(name)?.values.count ?? 0;
  return { completed: countOf('iterations'), dropped: countOf('dropped_iterations') };
}

/** How many users there were at most, and when k6 last looked. */
export function usersIn({ metrics }: K6File): { mostUsers?: number; usersAtEnd?: number } {
  return present({ mostUsers: metrics.get('vus_max')?.values.max, usersAtEnd: metrics.get('vus')?.values.value });
}
