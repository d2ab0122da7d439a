import type { StoredLoad } from '../measure/measured.ts';
import { isOwnReason } from '../spec/exit-codes.ts';
import { worseMemory } from '../spec/memory-use.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import type { Measurement } from './expect-distinct.ts';
import type { GeneratorHost, GeneratorUsage, MergedInstance, RunSummary } from './run-summary.ts';
import { spanFacts, spanOf } from './together.ts';

/** One of the k6 processes of a run, as far as it is told alike whatever it ran. */
export interface ProcessOfRun extends Pick<RunSummary, CommonFacts> {
  readonly totals: Measurement['totals'] & Pick<RunSummary['totals'], 'requests'>;
  readonly load: Pick<StoredLoad, 'segment' | 'usersAtEnd' | 'failedTeardown'> &
    Required<Pick<StoredLoad, 'windowSeconds'>>;
}

type CommonFacts =
  | 'runId'
  | 'instance'
  | 'mergedFrom'
  | 'fingerprint'
  | 'startedAt'
  | 'endedAt'
  | 'loadStartedAt'
  | 'host'
  | 'verdict'
  | 'k6ExitCode';

/** Each k6 judged its own part of the load; what they found together is judged by their figures. */
export function exitCodeOf(parts: readonly ProcessOfRun[]): number | undefined {
  // One whose teardown failed has sent its whole part.
  const codes = parts.toSorted((a, b) => failedLast(a) - failedLast(b)).map(({ k6ExitCode }) => k6ExitCode);
  const isTelling = (code: number | undefined) => code === undefined || isOwnReason(code);
  return codes.some(isTelling) ? codes.find(isTelling) : 0;
}

function failedLast({ load }: ProcessOfRun): number {
  return load.failedTeardown === undefined ? 0 : 1;
}

/** The machine of the first as it was in its worst part, and what all k6 processes together took. */
export function hostOf(parts: readonly [ProcessOfRun, ...ProcessOfRun[]]): GeneratorHost {
  const { k6: _, memory: __, ...machine } = parts[0].host;
  const shares = parts.flatMap(({ host }) => host.cpuBusyShare ?? []);
  const usages = parts.flatMap(({ host }) => host.k6 ?? []);
  const memories = parts.flatMap(({ host }) => host.memory ?? []);
  return present({
    ...machine,
    memory: memories.length === 0 ? undefined : memories.reduce(worseMemory),
    cpuBusyShare: shares.length === 0 ? undefined : Math.max(...shares),
    k6: usages.length < parts.length ? undefined : together(usages),
  });
}

function together(usages: readonly GeneratorUsage[]): GeneratorUsage {
  return {
    cpuSeconds: sum(usages.map(({ cpuSeconds }) => cpuSeconds)),
    cpuShare: Math.max(...usages.map(({ cpuShare }) => cpuShare)),
    peakMemoryBytes: Math.max(...usages.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
}

export function instanceOf(part: ProcessOfRun): MergedInstance {
  const { instance, k6ExitCode, totals, verdict } = part;
  return {
    instance,
    ...spanFacts(part),
    requests: totals.requests,
    verdict,
    ...present({ k6ExitCode }),
  };
}

/** From the start of the first to the end of the last. */
export function timesOf(
  parts: readonly [ProcessOfRun, ...ProcessOfRun[]],
): Pick<RunSummary, 'startedAt' | 'endedAt' | 'durationSeconds'> {
  const [first] = parts;
  const startedAt = earliestOf(parts.map((part) => part.startedAt)) ?? first.startedAt;
  // Times of one format sort as texts.
  const endedAt = parts.map((part) => part.endedAt).reduce((a, b) => (a > b ? a : b));
  return { startedAt, endedAt, durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 };
}

export function earliestOf(times: readonly string[]): string | undefined {
  return times.toSorted()[0];
}

/** Of the processes that were still running when the last one ended. */
export function usersAtEnd(parts: readonly ProcessOfRun[]): number | undefined {
  const spans = parts.map((part) => ({ ...loadSpanOf(part), users: part.load.usersAtEnd }));
  const end = Math.max(...spans.map(({ toMs }) => toMs));
  const last = spans.find(({ toMs }) => toMs === end);
  const running = spans.filter(({ toMs }) => last !== undefined && toMs > last.fromMs);
  const known = running.flatMap(({ users }) => users ?? []);
  return known.length === 0 ? undefined : sum(known);
}

export function loadSpanOf(part: ProcessOfRun) {
  return spanOf({ instance: part.instance, ...spanFacts(part) });
}
