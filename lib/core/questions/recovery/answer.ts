import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';
import type { Probe, RecoveryEvent, RecoveryPlan } from './probe.ts';
import { notedProbes, type SettledProbe } from './probes.ts';

export type { Probe, RecoveryPlan } from './probe.ts';

export interface RecoveryStudy extends RecoveryPlan {
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  /** How each endpoint was before the overload, and what counts as being back. */
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly p95BeforeMs: number;
    /** A probe that is not `ok`, or slower than this, is a bad one; a journey is where one of its requests is. */
    readonly limitMs: number;
    /** Bad probes at the end of the watch: more than TOLERATED_SHARE of the last ones. */
    readonly isBroken: boolean;
  }[];
  readonly probes: {
    readonly planned: number;
    readonly answered: number;
    readonly badBefore: number;
    readonly badDuring: number;
    readonly badAfter: number;
  };
  /** Of probes that are journeys: how many were completed, and how many requests they sent. */
  readonly journeys?: { readonly completed: number; readonly requests: number };
  /** From the end of the overload to the first probe from which on all is as before. Absent where that never came. */
  readonly recoveredAfterSeconds?: number;
  /**
   * From the end of the overload to the first of the good probes that stand at the end of the watch, where they are too
   * few to say that it has come back: the watch was nearly over.
   */
  readonly goodAgainAfterSeconds?: number;
  /** From the end of the overload to the last probe. */
  readonly watchedSeconds: number;
  /** Second by second: the share of bad probes, and the latency of `ok` ones. Of journeys, their requests. */
  readonly seconds: readonly {
    readonly atSeconds: number;
    readonly probes: number;
    readonly badShare: number;
    /** Those that were not `ok`, and so have no latency. Absent in older summaries. */
    readonly failed?: number;
    /** Absent where no probe of this second was `ok`: a failure has no latency. */
    readonly medianMs?: number;
    readonly slowestMs?: number;
  }[];
}

/** Of probes, so many may be bad without anything being wrong: one in ten. */
const TOLERATED_SHARE = 0.1;
/** The fewest probes in a row that say that it has come back: two seconds of ten a second. */
const LEAST_IN_A_ROW = 20;
/** So many good ones at the end say that it may be coming back, and fewer are chance. */
const LEAST_AT_END = LEAST_IN_A_ROW / 2;
const LEAST_BEFORE = 20;
/** Slower than before by this much: beyond what one run differs from another. */
const SLOWER_FACTOR = 1.5;
const SLOWER_MS = 25;
const LEAST_SENT_SHARE = 0.98;

export function studyRecovery(plan: RecoveryPlan, events: readonly RecoveryEvent[]): RecoveryStudy {
  const { overload } = plan;
  const { requests, completed, settled } = notedProbes(plan, events);
  const levels = levelsBefore(requests.filter((each) => each.sentAtSeconds + each.ms / 1000 < overload.fromSeconds));
  const isBad = ({ endpoint, ms, outcome }: Probe) =>
    outcome !== 'ok' || ms > (levels.get(endpoint)?.limitMs ?? Infinity);
  const probes = settled(isBad);
  const before = probes.filter(({ knownAtSeconds }) => knownAtSeconds < overload.fromSeconds);
  const during = probes.filter(({ atSeconds }) => atSeconds >= overload.fromSeconds && atSeconds < overload.toSeconds);
  const after = probes.filter(({ atSeconds }) => atSeconds >= overload.toSeconds);
  const counts = {
    planned: Math.floor(plan.endSeconds * plan.probesPerSecond),
    answered: probes.length,
    badBefore: countBad(before),
    badDuring: countBad(during),
    badAfter: countBad(after),
  };
  const back = firstOfGoodOnes(after);
  const atEnd = after.slice(after.findLastIndex((probe) => probe.isBad) + 1);
  const goodAgain = back === undefined && atEnd.length >= LEAST_AT_END ? atEnd[0] : undefined;
  const unknown = requests.find(({ endpoint }) => !levels.has(endpoint))?.endpoint;
  const invalid =
    whyInvalid(counts, before.length, during.length, after.length) ??
    (unknown && `no probe of ${unknown} succeeded before the overload, so there is no level to recover to`);
  const afterOverload = ({ atSeconds }: SettledProbe) => Math.max(0, atSeconds - overload.toSeconds);
  return {
    ...plan,
    ...present({ invalid }),
    endpoints: [...levels].map(([endpoint, level]) => ({
      endpoint,
      ...level,
      isBroken: isBrokenAtEnd(
        requests.filter((each) => each.endpoint === endpoint && each.sentAtSeconds >= overload.toSeconds),
        isBad,
      ),
    })),
    probes: counts,
    ...present({
      journeys: completed === undefined ? undefined : { completed, requests: requests.length },
      recoveredAfterSeconds: back && afterOverload(back),
      goodAgainAfterSeconds: goodAgain && afterOverload(goodAgain),
    }),
    watchedSeconds: (probes.at(-1)?.atSeconds ?? overload.toSeconds) - overload.toSeconds,
    seconds: bySecond(requests, isBad),
  };
}

function countBad(probes: readonly SettledProbe[]): number {
  return probes.filter(({ isBad }) => isBad).length;
}

function whyInvalid(
  { planned, answered, badBefore, badDuring, badAfter }: RecoveryStudy['probes'],
  before: number,
  during: number,
  after: number,
): string | undefined {
  if (answered < LEAST_SENT_SHARE * planned)
    return `${answered} of ${planned} probes were sent: the generator was short of users or CPU`;
  if (before < LEAST_BEFORE)
    return `only ${before} probes were answered before the overload, so there is no level to recover to`;
  if (badBefore > 2 * TOLERATED_SHARE * before)
    return `${badBefore} of ${before} probes were bad before the overload, so there is no level to recover to`;
  if (after < LEAST_IN_A_ROW) return `only ${after} probes were sent after the overload`;
  if (badDuring <= TOLERATED_SHARE * during && badAfter <= TOLERATED_SHARE * after)
    return 'the overload slowed no probe, so there was nothing to recover from: raise RATE';
  return undefined;
}

function levelsBefore(
  probes: readonly Probe[],
): Map<string, { readonly p95BeforeMs: number; readonly limitMs: number }> {
  const byEndpoint = groupBy(
    probes.filter(({ outcome }) => outcome === 'ok'),
    ({ endpoint }) => endpoint,
  );
  return new Map(
    [...byEndpoint].map(([endpoint, own]) => {
      const p95BeforeMs = quantile(
        own.map(({ ms }) => ms),
        0.95,
      );
      return [endpoint, { p95BeforeMs, limitMs: Math.max(p95BeforeMs * SLOWER_FACTOR, p95BeforeMs + SLOWER_MS) }];
    }),
  );
}

/** By nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** The first good probe after which every row of LEAST_IN_A_ROW probes is good but for the tolerated share. */
function firstOfGoodOnes(probes: readonly SettledProbe[]): SettledProbe | undefined {
  const tolerated = Math.floor(TOLERATED_SHARE * LEAST_IN_A_ROW);
  let first: number | undefined;
  for (let start = probes.length - LEAST_IN_A_ROW; start >= 0; start -= 1) {
    if (countBad(probes.slice(start, start + LEAST_IN_A_ROW)) > tolerated) break;
    first = start;
  }
  // A row may begin with bad ones that it tolerates.
  return first === undefined ? undefined : probes.slice(first).find(({ isBad }) => !isBad);
}

/** The last probes of an endpoint, and how many bad ones among them are no accident. */
const LAST_PROBES = 5;
const BROKEN_PROBES = 2;

function isBrokenAtEnd(probes: readonly Probe[], isBad: (probe: Probe) => boolean): boolean {
  return probes.slice(-LAST_PROBES).filter(isBad).length >= BROKEN_PROBES;
}

function bySecond(probes: readonly Probe[], isBad: (probe: Probe) => boolean): RecoveryStudy['seconds'] {
  const seconds = new Map<number, Probe[]>();
  for (const probe of probes) {
    const second = Math.floor(probe.sentAtSeconds);
    seconds.set(second, [...(seconds.get(second) ?? []), probe]);
  }
  return [...seconds].map(([second, own]) => ({
    atSeconds: second + 1,
    probes: own.length,
    badShare: own.filter(isBad).length / own.length,
    failed: own.filter(({ outcome }) => outcome !== 'ok').length,
    ...latencyOf(own.flatMap(({ ms, outcome }) => (outcome === 'ok' ? [ms] : []))),
  }));
}

function latencyOf(okMs: readonly number[]): { readonly medianMs?: number; readonly slowestMs?: number } {
  return okMs.length === 0 ? {} : { medianMs: quantile(okMs, 0.5), slowestMs: Math.max(...okMs) };
}
