import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import type { RecordedSample, RecordTotals } from './read-record.ts';
import type { JudgedThreshold } from './record-format.ts';
import type { RecordedSeries } from './recorded-series.ts';
import type { Slot } from './slots.ts';
import { mergeTrends } from './trend.ts';

/**
 * The records of several k6 processes that sent one load together, beside each other or one after another, as one.
 * Counters, rates and trends are added; of a gauge the last value is that of the record that goes on longest. What was
 * watched over time is not merged. What the script says of itself, its thresholds and k6's options are those of the
 * first record; a threshold that failed in one of them has failed.
 * @throws Error without a record
 */
export function mergeRecords(records: readonly RecordTotals[]): RecordTotals {
  const [first] = records;
  if (first === undefined) throw new Error('There is no record to merge');
  const byEnd = records.toSorted((a, b) => a.lastAtMs - b.lastAtMs);
  return {
    startedAtMs: Math.min(...records.map(({ startedAtMs }) => startedAtMs)),
    lastAtMs: Math.max(...records.map(({ lastAtMs }) => lastAtMs)),
    options: first.options,
    isWhole: records.every(({ isWhole }) => isWhole),
    end: mergeEnds(records.map(({ end }) => end)),
    thresholds: first.thresholds,
    hosts: [...new Set(records.flatMap(({ hosts }) => hosts))],
    addresses: [...new Set(records.flatMap(({ addresses }) => addresses))],
    series: mergeSeries(byEnd.map(({ series }) => series)),
    samples: mergeSamples(records.map(({ samples }) => samples)),
    ...present({ test: first.test, judged: mergeJudged(records), loadWindow: mergeWindows(records) }),
  };
}

/** From the first start of the load to its last end. */
function mergeWindows(records: readonly RecordTotals[]): Slot | undefined {
  const windows = records.flatMap(({ loadWindow }) => loadWindow ?? []);
  if (windows.length === 0) return undefined;
  return {
    fromMs: Math.min(...windows.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...windows.map(({ toMs }) => toMs)),
  };
}

function mergeEnds(ends: readonly RecordTotals['end'][]): RecordTotals['end'] {
  const total = (counts: readonly number[]) => (counts.length > 0 ? sum(counts) : undefined);
  // The same ones may be too much in each: there are at least so many.
  const most = (counts: readonly number[]) => (counts.length > 0 ? Math.max(...counts) : undefined);
  const starts = ends.flatMap(({ runStartedAtMs }) => runStartedAtMs ?? []);
  return present({
    runStartedAtMs: starts.length > 0 ? Math.min(...starts) : undefined,
    runEndedAtMs: most(ends.flatMap(({ runEndedAtMs }) => runEndedAtMs ?? [])),
    stoppedBy: ends.find(({ stoppedBy }) => stoppedBy !== undefined)?.stoppedBy,
    abortedByThreshold: ends.find((end) => end.abortedByThreshold)?.abortedByThreshold,
    hostsUnknown: ends.find((end) => end.hostsUnknown)?.hostsUnknown,
    foldedRows: most(ends.flatMap(({ foldedRows }) => foldedRows ?? [])),
    droppedSamples: total(ends.flatMap(({ droppedSamples }) => droppedSamples ?? [])),
    droppedTexts: total(ends.flatMap(({ droppedTexts }) => droppedTexts ?? [])),
    droppedHosts: most(ends.flatMap(({ droppedHosts }) => droppedHosts ?? [])),
    droppedAddresses: most(ends.flatMap(({ droppedAddresses }) => droppedAddresses ?? [])),
  });
}

/** Each k6 judged what it saw. @returns undefined where one of them judged nothing, or other thresholds */
function mergeJudged(records: readonly RecordTotals[]): readonly JudgedThreshold[] | undefined {
  return records.map(({ judged }) => judged).reduce(bothJudged);
}

function bothJudged(a: RecordTotals['judged'], b: RecordTotals['judged']): RecordTotals['judged'] {
  const isSame = a?.every(({ metric, source }, i) => b?.[i]?.metric === metric && b[i].source === source);
  if (isSame !== true || a?.length !== b?.length) return undefined;
  return a?.map(({ metric, source, failed }, i) => ({
    metric,
    source,
    ...present({ failed: eitherFailed(failed, b?.[i]?.failed) }),
  }));
}

function eitherFailed(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === true || b === true) return true;
  return a === undefined ? a : b;
}

/** @param sets in the order in which their records end */
function mergeSeries(sets: readonly (readonly RecordedSeries[])[]): RecordedSeries[] {
  return [...groupBy(sets.flat(), keyOf).values()].map(mergeAlike);
}

function keyOf({ metric, kind, tags }: RecordedSeries): string {
  return JSON.stringify([metric, kind, Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** @param parts of one kind, at least one */
export function mergeAlike(parts: readonly RecordedSeries[]): RecordedSeries {
  return parts.reduce(mergePair);
}

/** @param b of the record that goes on longer */
function mergePair(a: RecordedSeries, b: RecordedSeries): RecordedSeries {
  if (a.kind === 'counter' && b.kind === 'counter') return { ...a, sum: a.sum + b.sum, count: a.count + b.count };
  if (a.kind === 'rate' && b.kind === 'rate') return { ...a, trues: a.trues + b.trues, total: a.total + b.total };
  if (a.kind === 'trend' && b.kind === 'trend') return { ...a, trend: mergeTrends([a.trend, b.trend]) };
  if (a.kind === 'gauge' && b.kind === 'gauge')
    return { ...a, last: b.last, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  throw new Error(`A ${a.kind} cannot be merged with a ${b.kind}`);
}

function mergeSamples(sets: readonly (readonly RecordedSample[])[]): RecordedSample[] {
  return sets.flat().sort((a, b) => a.atMs - b.atMs);
}
