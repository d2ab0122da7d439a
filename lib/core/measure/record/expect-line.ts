import { widthOf } from './figures.ts';
import { isKey } from './histogram.ts';
import type {
  BeyondEntry,
  EndLine,
  MetricKind,
  PeriodLine,
  SampleLine,
  SeriesLine,
  StartLine,
} from './record-format.ts';

/** Why a record cannot be read: one sentence, with the number of the line. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

/** A line as it came in: nothing of it is certain. */
export type UnknownLine = Readonly<Record<string, unknown>>;

/** What is wrong with a line of the record, or undefined. A record has millions of numbers: this is done by hand. */
export type Fault = string | undefined;

export function faultOfStart(line: UnknownLine): Fault {
  const { atMs, options, thresholds = [] } = line as Partial<StartLine>;
  if (!isTime(atMs)) return 'has no time';
  if (!isObject(options)) return 'has no options';
  return Array.isArray(thresholds) && thresholds.every(isThreshold) ? undefined : 'has thresholds that are none';
}

export function faultOfHost(line: UnknownLine): Fault {
  return typeof (line.host ?? line.address) === 'string' ? undefined : 'has neither a host nor an address';
}

export function faultOfSeries(line: UnknownLine, next: number): Fault {
  const { id, metric, kind, contains, tags, limits } = line as Partial<SeriesLine>;
  if (!Number.isInteger(id) || (id as number) < next) return 'has an id that is not above those before it';
  if (typeof metric !== 'string') return 'has no metric';
  if (!['counter', 'gauge', 'rate', 'trend'].includes(kind as string)) return 'has a kind that is not known';
  if (!['time', 'data', 'default'].includes(contains as string)) return 'does not say what it contains';
  if (!isTags(tags)) return 'has no tags';
  if (limits === undefined) return undefined;
  if (kind !== 'trend') return 'has limits and is no trend';
  return isRising(limits) ? undefined : 'has limits that do not rise';
}

/** @param series by its id */
export function faultOfPeriod(
  line: UnknownLine,
  since: number,
  series: ReadonlyMap<string, { readonly facts: SeriesLine }>,
): Fault {
  const { fromMs, toMs, series: entries } = line as Partial<PeriodLine>;
  if (!isTime(fromMs) || !isTime(toMs) || fromMs > toMs) return 'has no beginning and end';
  if (fromMs < since) return 'begins before the end of the one before it';
  if (!isObject(entries)) return 'has no series';
  for (const id in entries) {
    const facts = series.get(id)?.facts;
    if (facts === undefined) return 'has a series that was not named before';
    const fault = faultOfEntry(entries[id], facts);
    if (fault !== undefined) return `has for series ${id} ${fault}`;
  }
  return undefined;
}

export function faultOfSample(line: UnknownLine): Fault {
  const { metric, atMs, value, tags, metadata } = line as Partial<SampleLine>;
  if (typeof metric !== 'string') return 'has no metric';
  if (!isTime(atMs)) return 'has no time';
  if (!isNumber(value)) return 'has no value';
  if (tags !== undefined && !isTags(tags)) return 'has tags that are no texts';
  return metadata === undefined || isTags(metadata) ? undefined : 'has metadata that are no texts';
}

export function faultOfEnd(line: UnknownLine): Fault {
  const { atMs, stoppedBy, judged = [], abortedByThreshold = true, hostsUnknown = true } = line as Partial<EndLine>;
  if (!isTime(atMs)) return 'has no time';
  if (!isWindow(line.loadStartedAtMs, line.loadEndedAtMs)) return 'has a load without a beginning and an end';
  if (!isWindow(line.runStartedAtMs, line.runEndedAtMs)) return 'has a run without a beginning and an end';
  if (stoppedBy !== undefined && typeof stoppedBy?.name !== 'string')
    return 'does not name the limit that ended the run';
  if (!Array.isArray(judged) || !judged.every(isJudged)) return 'has judged thresholds that are none';
  if (abortedByThreshold !== true || hostsUnknown !== true) return 'says neither yes nor nothing';
  return COUNTS_OF_END.every((name) => line[name] === undefined || isCount(line[name]))
    ? undefined
    : 'has a count that is none';
}

const COUNTS_OF_END = ['foldedRows', 'droppedSamples', 'droppedTexts', 'droppedHosts', 'droppedAddresses'] as const;

/** It began and ended, or it is not told. */
function isWindow(from: unknown, to: unknown): boolean {
  return from === undefined ? to === undefined : isTime(from) && isTime(to) && from <= to;
}

function isThreshold(threshold: unknown): boolean {
  if (!isOfMetric(threshold)) return false;
  const { abortOnFail, delayAbortEval = '' } = threshold;
  return typeof abortOnFail === 'boolean' && typeof delayAbortEval === 'string';
}

function isJudged(threshold: unknown): boolean {
  return isOfMetric(threshold) && ['boolean', 'undefined'].includes(typeof threshold.failed);
}

function isOfMetric(threshold: unknown): threshold is UnknownLine {
  return isObject(threshold) && typeof threshold.metric === 'string' && typeof threshold.source === 'string';
}

function faultOfEntry(entry: unknown, { kind, limits }: SeriesLine): Fault {
  const width = widthOf(kind);
  if (!Array.isArray(entry) || entry.length < width) return 'too few figures';
  for (let i = 0; i < width; i++) if (!isNumber(entry[i])) return 'a figure that is no number';
  if (kind !== 'trend') return entry.length === width ? faultOfCounts(entry, kind) : 'too many figures';
  if (!isCount(entry[0]) || entry[0] === 0) return 'a trend without samples';
  if (entry[2] > entry[3]) return 'a minimum above its maximum';
  return faultOfBuckets(entry[4], entry[0]) ?? faultOfBeyond(entry.slice(5), entry[0], limits);
}

function faultOfCounts(entry: readonly number[], kind: MetricKind): Fault {
  if (kind === 'gauge') return undefined;
  if (!isCount(entry[1])) return 'a count that is none';
  return kind === 'rate' && !(isCount(entry[0]) && entry[0] <= entry[1])
    ? 'more that is true than there is'
    : undefined;
}

function faultOfBuckets(buckets: unknown, count: number): Fault {
  if (!Array.isArray(buckets)) return 'no buckets';
  let key = 0;
  let total = 0;
  for (let i = 0; i < buckets.length; i += 2) {
    const [step, samples] = [buckets[i], buckets[i + 1]];
    if (!isCount(samples) || (i > 0 && !(step > 0))) return 'buckets that do not rise';
    key += step;
    total += samples;
    if (!isKey(key)) return 'a bucket that cannot be';
  }
  return total === count ? undefined : `${total} samples in its buckets and a count of ${count}`;
}

function faultOfBeyond(rest: readonly unknown[], count: number, limits: readonly number[] | undefined): Fault {
  if (limits === undefined) return rest.length === 0 ? undefined : 'counts beyond limits that it does not have';
  const beyond = rest[0];
  if (rest.length !== 1 || !Array.isArray(beyond) || beyond.length !== limits.length)
    return 'no counts beyond its limits';
  return beyond.every((each, i) => isBeyond(each, count, limits[i] as number))
    ? undefined
    : 'counts beyond a limit that cannot be';
}

function isBeyond(entry: unknown, count: number, limit: number): boolean {
  if (!Array.isArray(entry) || entry.length !== 3) return false;
  const [atOrAbove, below, above] = entry as unknown as BeyondEntry;
  if (!isCount(atOrAbove) || atOrAbove > count) return false;
  const isBelow = atOrAbove === count ? below === null : isNumber(below) && below < limit;
  return isBelow && (atOrAbove === 0 ? above === null : isNumber(above) && above >= limit);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isTime(value: unknown): value is number {
  return isNumber(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRising(limits: unknown): boolean {
  return (
    Array.isArray(limits) &&
    limits.every((limit, i) => isNumber(limit) && (i === 0 || limit > (limits[i - 1] as number)))
  );
}

function isObject(value: unknown): value is UnknownLine {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTags(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}
