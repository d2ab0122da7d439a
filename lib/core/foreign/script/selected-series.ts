import { mergeAlike } from '../../measure/record/merge-records.ts';
import { metricOf } from '../../measure/record/metrics-of-record.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { RecordedSeries } from '../../measure/record/recorded-series.ts';
import { quantileOf } from '../../measure/record/trend-quantiles.ts';
import { baseOf, tagsOf } from '../k6-file.ts';

/** The series that a threshold looks at. @param name of a metric or sub-metric, as the script spells it */
export function selectedSeries(all: readonly RecordedSeries[], name: string): RecordedSeries[] {
  const asked = Object.entries(tagsOf(name));
  return all.filter(
    ({ metric, tags }) => metric === baseOf(name) && asked.every(([tag, value]) => (tags[tag] ?? '') === value),
  );
}

/**
 * The figures of series of one metric by k6's names, at least one series.
 * @param statistics that are asked for: k6 judges any percentile, and a summary has those of its ladder
 * @param seconds how long the run was, for the rates of counters
 */
export function valuesOf(
  series: readonly RecordedSeries[],
  statistics: readonly string[],
  seconds: number,
): Readonly<Record<string, number>> {
  const merged = mergeAlike(series);
  const { values } = metricOf(merged, seconds);
  return { ...values, ...askedPercentiles(merged, statistics) };
}

function askedPercentiles(merged: RecordedSeries, statistics: readonly string[]): Record<string, number> {
  if (merged.kind !== 'trend') return {};
  const { trend } = merged;
  return Object.fromEntries(
    statistics.flatMap((statistic) => {
      const percent = statistic === 'med' ? 50 : Number(/^p\((.*)\)$/.exec(statistic)?.[1]);
      return Number.isNaN(percent) ? [] : [[statistic, quantileOf(trend, percent / 100)]];
    }),
  );
}

type RunTimes = Pick<RecordTotals, 'startedAtMs' | 'lastAtMs' | 'end'>;

/**
 * How long k6 may say that a script ran, which the rate of a counter hangs on: at least from the first to the last thing
 * that it measured, at most as long as it was recorded.
 */
export function secondsOfRun({ startedAtMs, lastAtMs, end }: RunTimes): {
  readonly least: number;
  readonly most: number;
} {
  const { runStartedAtMs = startedAtMs, runEndedAtMs = lastAtMs } = end;
  return { least: (runEndedAtMs - runStartedAtMs) / 1000, most: (lastAtMs - startedAtMs) / 1000 };
}

/** How long it most likely says: it begins when all users are made, and ends with the last scenario. */
export function likelySecondsOfRun({ startedAtMs, lastAtMs, end: { runStartedAtMs = startedAtMs } }: RunTimes): number {
  return (lastAtMs - runStartedAtMs) / 1000;
}
