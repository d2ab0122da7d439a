import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { RecordedSeries } from '../../measure/record/recorded-series.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';
import { baseOf, type K6File, type K6FileMetric, type K6FileThreshold, metricName, tagsOf } from '../k6-file.ts';
import { parseExpression } from '../read-thresholds.ts';
import { judgedByRecord } from './judged-by-record.ts';
import { requestsOfK6 } from './requests-of-k6.ts';
import { likelySecondsOfRun, selectedSeries, valuesOf } from './selected-series.ts';

/**
 * The record of a script as its k6 would have told it: every metric, and those sub-metrics that have thresholds, with
 * what k6 found of these. Where it judged none, the record does.
 */
export function fileOfRecord(record: RecordTotals, k6Version: string): K6File {
  const seconds = likelySecondsOfRun(record);
  const whole = [...requestsOfK6(record), ...groupBy(record.series, ({ metric }) => metric)].map(
    ([name, series]) => [name, metricOfAll(series, [], seconds)] as const,
  );
  const judged = thresholdsByMetric(record).map(
    ([name, thresholds]) => [name, metricOfAll(selectedSeries(record.series, name), thresholds, seconds)] as const,
  );
  return {
    metrics: new Map([...whole, ...judged]),
    durationSeconds: seconds,
    k6Version,
    endedAt: new Date(record.lastAtMs).toISOString(),
  };
}

/** Of two spellings of one sub-metric k6 judges one. */
function thresholdsByMetric(record: RecordTotals): [string, K6FileThreshold[]][] {
  const judged = record.judged ?? judgedByRecord(record);
  const all = record.thresholds.map(({ metric, source }, i) => {
    const failed = judged[i]?.failed;
    const isOpen = record.judged === undefined && failed === undefined;
    return {
      name: metricName(baseOf(metric), tagsOf(metric)),
      expression: source,
      holds: failed !== true,
      isFinal: failed !== undefined,
      ...present({ toTell: isOpen ? BY_K6_ALONE : undefined }),
    };
  });
  return [...groupBy(all, ({ name }) => name)].map(([name, group]) => [
    name,
    [...groupBy(group, ({ expression }) => expression)].map(([expression, same]) => ({
      expression,
      holds: same.every(({ holds }) => holds),
      isFinal: same.every(({ isFinal }) => isFinal),
      ...present({ toTell: same.find(({ toTell }) => toTell)?.toTell }),
    })),
  ]);
}

const BY_K6_ALONE = "the record cannot tell: only k6's own engine could";

/** A metric without samples has no values: nothing is made up for it. */
function metricOfAll(
  series: readonly RecordedSeries[],
  thresholds: readonly K6FileThreshold[],
  seconds: number,
): K6FileMetric {
  const [first] = series;
  if (first === undefined) return { kind: 'trend', isTime: false, values: {}, thresholds };
  const statistics = thresholds.flatMap(({ expression }) => parseExpression(expression)?.statistic ?? []);
  return {
    kind: first.kind,
    isTime: first.kind === 'trend' && first.contains === 'time',
    values: valuesOf(series, statistics, seconds),
    thresholds,
  };
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
