import { keyOf } from '../core/measure/record/histogram.ts';
import {
  type AddressLine,
  type BeyondEntry,
  type EndLine,
  type HostLine,
  type MetricContents,
  type MetricKind,
  type PeriodEntry,
  RECORD_FORMAT,
  type RecordLine,
  type SampleLine,
  type SeriesLine,
  type StartLine,
  type Tags,
} from '../core/measure/record/record-format.ts';

/** A sample as k6 hands it to our output. */
export interface RawSample {
  readonly metric: string;
  /** @default 'trend' */
  readonly kind?: MetricKind;
  /** @default 'time' for trends, 'default' for others */
  readonly contains?: MetricContents;
  /** Of a rate: 1 or 0. */
  readonly value: number;
  readonly tags?: Tags;
}

export interface RawPeriod {
  readonly fromMs: number;
  readonly toMs: number;
  readonly samples: readonly RawSample[];
}

export interface RawRecord {
  /** @default at 0, of a script of somebody else */
  readonly start?: Partial<Omit<StartLine, 'type' | 'format'>>;
  /** Every trend of the metric that has these tags counts beyond the values. */
  readonly limits?: readonly { readonly metric: string; readonly tags: Tags; readonly values: readonly number[] }[];
  readonly periods?: readonly RawPeriod[];
  readonly samples?: readonly Omit<SampleLine, 'type'>[];
  readonly hosts?: readonly (Omit<HostLine, 'type'> | Omit<AddressLine, 'type'>)[];
  /** `false` for a record that breaks off. @default the end of the last period */
  readonly end?: false | Partial<Omit<EndLine, 'type'>>;
}

/** The record that our output writes of these samples: whole lines, each with its line feed. */
export function recordLines(record: RawRecord): string {
  return linesOf(record)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** The same, line by line. */
export function linesOf({ start, limits = [], periods = [], samples = [], hosts = [], end }: RawRecord): RecordLine[] {
  const lines: RecordLine[] = [{ type: 'start', format: RECORD_FORMAT, atMs: 0, options: {}, ...start }];
  const known = new Map<string, SeriesLine>();
  for (const period of periods) {
    const values = new Map<SeriesLine, number[]>();
    for (const sample of period.samples) {
      const key = JSON.stringify([sample.metric, Object.entries(sample.tags ?? {}).sort()]);
      let series = known.get(key);
      if (series === undefined) {
        series = seriesOf(known.size, sample, limits);
        known.set(key, series);
        lines.push(series);
      }
      const all = values.get(series);
      if (all === undefined) values.set(series, [sample.value]);
      else all.push(sample.value);
    }
    const { fromMs, toMs } = period;
    const entries = [...values].map(([series, all]) => [series.id, entryOf(series, all)] as const);
    lines.push({ type: 'period', fromMs, toMs, series: Object.fromEntries(entries) });
  }
  for (const sample of samples) lines.push({ type: 'sample', ...sample });
  for (const host of hosts) lines.push({ type: 'host', ...host });
  if (end !== false) lines.push({ type: 'end', atMs: periods.at(-1)?.toMs ?? start?.atMs ?? 0, ...end });
  return lines;
}

function seriesOf(
  id: number,
  { metric, kind = 'trend', contains = kind === 'trend' ? 'time' : 'default', tags = {} }: RawSample,
  limits: NonNullable<RawRecord['limits']>,
): SeriesLine {
  const own = limits
    .filter((each) => each.metric === metric && Object.entries(each.tags).every(([key, text]) => tags[key] === text))
    .flatMap(({ values }) => values);
  const rising = [...new Set(own)].sort((a, b) => a - b);
  const series = { type: 'series', id, metric, kind, contains, tags } as const;
  return kind === 'trend' && rising.length > 0 ? { ...series, limits: rising } : series;
}

function entryOf({ kind, limits }: SeriesLine, values: readonly number[]): PeriodEntry {
  const total = values.reduce((sum, value) => sum + value, 0);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  switch (kind) {
    case 'counter':
      return [total, values.length];
    case 'gauge':
      return [values.at(-1) ?? 0, min, max];
    case 'rate':
      return [values.filter((value) => value !== 0).length, values.length];
    case 'trend': {
      const figures = [values.length, total, min, max, bucketsOf(values)] as const;
      return limits === undefined ? figures : [...figures, limits.map((limit) => beyond(limit, values))];
    }
  }
}

/** Key and count of each bucket, each further key as the difference to the one before. */
export function bucketsOf(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  const rising = [...counts].sort(([a], [b]) => a - b);
  return rising.flatMap(([key, count], i) => [key - (rising[i - 1]?.[0] ?? 0), count]);
}

function beyond(limit: number, values: readonly number[]): BeyondEntry {
  const below = values.filter((value) => value < limit);
  const above = values.filter((value) => value >= limit);
  return [above.length, below.length > 0 ? Math.max(...below) : null, above.length > 0 ? Math.min(...above) : null];
}
