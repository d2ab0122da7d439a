import {
  deliveryOf,
  describeDropped,
  describeNotSent,
  describeTooLittle,
  notSentOf,
} from '../../core/judge/delivery.ts';
import { describeExceptions } from '../../core/judge/exceptions.ts';
import { iterationWord } from '../../core/judge/iteration-word.ts';
import type { StoredLoad } from '../../core/measure/measured.ts';
import { formatActual } from '../../core/spec/figure-text.ts';
import { present } from '../../core/spec/present.ts';
import { formatShare } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';
import { memoryShortageOf } from './memory-shortage.ts';

/** Why the figures of a run may be those of the generator, one sentence each: none for a sound measurement. */
export function doubtsOf(run: RunEvidence): string[] {
  const { load } = run;
  const delivery = deliveryOf(load);
  const { thrown = 0 }: Partial<NonNullable<StoredLoad['iterations']>> = load.iterations ?? {};
  const notSent = notSentOf([run.totals]);
  return [
    ...(delivery.isTooMuchDropped ? [describeDropped(delivery, iterationWord(run))] : []),
    ...(delivery.isTooLittleDelivered ? [describeTooLittle(delivery, load, iterationWord(run))] : []),
    ...describeExceptions(run),
    ...(thrown > 0 ? [`an exception of the script ended ${counted(thrown, 'iteration')}`] : []),
    ...(notSent.isTooMuch ? [describeNotSent(notSent)] : []),
    ...(load.segment === undefined ? [] : [`it is one of ${load.segment.of} shards of its load`]),
    ...busyText(run),
    ...memoryShortageOf(run)
      .slice(0, 1)
      .map((sign) => `the test machine ran short of memory: ${sign}`),
  ];
}

/** What the machine that made the load did meanwhile: absent is what is not known. */
export interface Measurement {
  readonly scenario: string;
  /** Share (0-1) of the CPU time of all cores that was not idle, whoever used it. */
  readonly machineBusyShare?: number;
  /** What k6 itself used of it. */
  readonly k6CpuShare?: number;
  readonly k6PeakMemoryBytes?: number;
  readonly loadAverage?: readonly [before: number, after: number];
  readonly doubts: readonly string[];
}

export function measurementOf(run: RunEvidence): Measurement {
  const { host, scenario } = run;
  return present({
    scenario,
    machineBusyShare: host?.cpuBusyShare,
    k6CpuShare: host?.k6?.cpuShare,
    k6PeakMemoryBytes: host?.k6?.peakMemoryBytes,
    loadAverage: host?.loadAverage,
    doubts: [...(run.verdict === 'incomplete' ? ['the run was cut short'] : []), ...doubtsOf(run)],
  });
}

/** Above it k6 waits for the CPU, and measures that as latency. */
const BUSY_CPU_SHARE = 0.8;

/** Of a run that others made, it is not known. */
export function isMachineBusy(host: RunEvidence['host']): boolean {
  return (host?.cpuBusyShare ?? 0) > BUSY_CPU_SHARE;
}

function busyText({ host }: RunEvidence): string[] {
  return isMachineBusy(host) ? [`${cpuText(host)}; latencies may be too high`] : [];
}

/** `the test machine was 99.8 % busy, of which k6 took 9 %`; undefined where it is not known. */
export function cpuText(host: RunEvidence['host']): string | undefined {
  if (host?.cpuBusyShare === undefined) return undefined;
  const k6 = host.k6 === undefined ? '' : `, of which k6 took ${formatShare(host.k6.cpuShare)}`;
  return `the test machine was ${formatActual(host.cpuBusyShare, BUSY_CPU_SHARE, 'share')} busy${k6}`;
}
