import { sum } from '../spec/sum.ts';
import { formatCount } from '../spec/units.ts';
import { baseOf, type K6File, type K6FileMetric, metricName, tagsOf } from './k6-file.ts';
import { isObject } from './recognise.ts';
import { metricWithoutSecrets } from './without-secrets.ts';

/** A figure that cannot be, in one sentence, and the metric that it makes unfit to be judged. */
export interface Impossible {
  readonly metric: string;
  readonly text: string;
}

/** What in a file no run of k6 can have measured: it was changed, cut together or written by something else. */
export function findImpossible(file: K6File): Impossible[] {
  return [...file.metrics].flatMap(([name, metric]) => {
    const shown = metricWithoutSecrets(name);
    const texts = [
      ...FAULTS[metric.kind](name, metric.values),
      ...beyondTheWhole(file, name, metric),
      ...rateFault(file, metric),
    ];
    return texts.map((text) => ({ metric: name, text: `${shown}: ${text}.` }));
  });
}

type Values = Readonly<Record<string, number>>;

const FAULTS: Readonly<Record<K6FileMetric['kind'], (name: string, values: Values) => string[]>> = {
  counter: (name, { count, rate }) =>
    isOfK6(name) ? [...countFault('count', count), ...(isBelowZero(rate) ? ['a rate below 0'] : [])] : [],
  rate: (_name, { rate, passes, fails }) => {
    const total = (passes ?? 0) + (fails ?? 0);
    const isOther =
      rate !== undefined &&
      passes !== undefined &&
      fails !== undefined &&
      Math.abs(rate - share(passes, total)) > ROUNDING;
    return [
      ...countFault('passes', passes),
      ...countFault('fails', fails),
      ...(rate !== undefined && (rate < 0 || rate > 1) ? [`a rate of ${rate}, which is not between 0 and 1`] : []),
      ...(isOther && total > 0
        ? [`a rate of ${rate}, but ${formatCount(passes)} of ${formatCount(total)} samples`]
        : []),
    ];
  },
  gauge: (name, values) => (isOfK6(name) && Object.values(values).some(isBelowZero) ? ['a value below 0'] : []),
  trend: (name, values) => [
    ...countFault('count', values.count),
    ...(/^(http_req|iteration|group|grpc|ws)_/.test(name) && Object.values(values).some(isBelowZero)
      ? ['a time below 0']
      : []),
    ...orderFaults(values),
  ],
};

/** Files are rounded now and then. */
const ROUNDING = 0.005;

function share(part: number, total: number): number {
  return total === 0 ? 0 : part / total;
}

function isOfK6(name: string): boolean {
  return /^(http_reqs|iterations|dropped_iterations|data_sent|data_received|vus|vus_max|ws_sessions|ws_msgs_\w+)$/.test(
    baseOf(name),
  );
}

function isBelowZero(value: number | undefined): boolean {
  return value !== undefined && value < 0;
}

function countFault(what: string, count: number | undefined): string[] {
  if (count === undefined) return [];
  if (count < 0) return [`${what} is ${count}, which is below 0`];
  if (!Number.isInteger(count)) return [`${what} is ${count}, which is no whole number`];
  return Number.isSafeInteger(count) ? [] : [`${what} is ${count}, which is more than can be counted`];
}

/** k6 divides each count by the duration of the run. */
function rateFault({ durationSeconds }: K6File, { kind, values: { count, rate } }: K6FileMetric): string[] {
  if (kind !== 'counter' || count === undefined || rate === undefined || !durationSeconds) return [];
  const expected = count / durationSeconds;
  if (Math.abs(rate - expected) <= RATE_ROUNDING * Math.abs(expected) + 2 * ROUNDING) return [];
  return [`a rate of ${rate} per second, but ${formatCount(count)} in ${Number(durationSeconds.toFixed(3))} s`];
}

/** Whoever rounds the duration to seconds rounds it by so much in a run of 10 s. */
const RATE_ROUNDING = 0.05;

/** From the least to the greatest, each at most the next; the mean lies between both ends. */
function orderFaults(values: Values): string[] {
  const percentiles = Object.entries(values)
    .flatMap(([stat, value]) => {
      const rank = rankOf(stat);
      return rank === undefined ? [] : [{ stat, rank, value }];
    })
    .sort((a, b) => a.rank - b.rank);
  const pairs = percentiles.slice(1).map((upper, i) => ({ lower: percentiles[i] ?? upper, upper }));
  const faults = pairs
    .filter(({ lower, upper }) => isMore(lower.value, upper.value))
    .map(({ lower, upper }) => `${lower.stat} is ${lower.value}, more than ${upper.stat}, which is ${upper.value}`);
  const { avg, min, max } = values;
  const isOutside =
    avg !== undefined && ((min !== undefined && isMore(min, avg)) || (max !== undefined && isMore(avg, max)));
  return [...faults, ...(isOutside ? [`avg is ${avg}, which is not between min and max`] : [])];
}

/** @returns undefined for what is no percentile: avg, or a count */
export function rankOf(stat: string): number | undefined {
  if (stat === 'min') return 0;
  if (stat === 'med') return 50;
  if (stat === 'max') return 100;
  const percentile = /^p\((\d+(?:\.\d+)?)\)$/.exec(stat)?.[1];
  return percentile === undefined ? undefined : Number(percentile);
}

function isMore(some: number, other: number): boolean {
  return some - other > ROUNDING + ROUNDING * Math.abs(other);
}

/** A part of the samples is not more than all of them. */
function beyondTheWhole(file: K6File, name: string, { kind, values }: K6FileMetric): string[] {
  const base = baseOf(name);
  if (name === 'http_req_failed')
    return moreThan(countOf('rate', values), file.metrics.get('http_reqs')?.values.count, 'http_reqs');
  if (name === base || kind === 'gauge' || (kind === 'counter' && !isOfK6(name))) return [];
  const whole = file.metrics.get(base);
  const status = Number(tagsOf(name).status);
  const isNone =
    base === 'http_reqs' && Number.isInteger(status) && (status < 0 || status > 999) && (values.count ?? 0) > 0;
  return [
    ...(isNone ? ['no response can have this status'] : []),
    ...(whole === undefined ? [] : moreThan(countOf(kind, values), countOf(kind, whole.values), base)),
  ];
}

function countOf(kind: K6FileMetric['kind'], { count, passes, fails }: Values): number | undefined {
  if (kind !== 'rate') return count;
  return passes === undefined || fails === undefined ? undefined : sum([passes, fails]);
}

function moreThan(part: number | undefined, whole: number | undefined, name: string): string[] {
  if (part === undefined || whole === undefined || part <= whole) return [];
  return [`${formatCount(part)} samples, more than the ${formatCount(whole)} of ${name}`];
}

/** Figures that are no numbers: null, which JSON has for what k6 could not compute, texts, and what is beyond any number. */
export function findNotNumbers(json: Readonly<Record<string, unknown>>): Impossible[] {
  const results = isObject(json.results) ? json.results.metrics : undefined;
  const named: readonly (readonly [string, unknown])[] = Array.isArray(results)
    ? results.flatMap((metric) => (isObject(metric) ? [[String(metric.name), metric] as const] : []))
    : Object.entries(isObject(json.metrics) ? json.metrics : {});
  return named.flatMap(([name, metric]) => {
    if (!isObject(metric)) return [];
    const { thresholds: _, type: __, contains: ___, name: ____, ...flat } = metric;
    const odd = Object.entries(isObject(metric.values) ? metric.values : flat).filter(
      ([stat, value]) =>
        /^(count|rate|passes|fails|value|avg|min|med|max|matches|total|p\(?[\d.]+\)?)$/.test(stat) &&
        !Number.isFinite(value),
    );
    const shown = metricWithoutSecrets(name);
    return odd.map(([stat]) => ({
      metric: metricName(baseOf(name), tagsOf(name)),
      text: `${shown}: ${stat} is not a number.`,
    }));
  });
}
