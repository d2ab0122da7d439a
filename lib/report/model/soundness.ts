import { deliveryOf, describeDropped } from '../../core/judge/delivery.ts';
import { formatCount, formatShare } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';
import { BUSY_CPU_SHARE } from './findings/validity.ts';

/** Why the figures of a run may be those of the generator, one sentence each: none for a sound measurement. */
export function doubtsOf(run: RunEvidence): string[] {
  const { load } = run;
  const delivery = deliveryOf(load);
  const failed = load.iterations?.failed ?? 0;
  return [
    ...(delivery.isTooMuchDropped ? [describeDropped(delivery)] : []),
    ...(delivery.isTooLittleDelivered
      ? [
          `${formatCount(delivery.delivered)} of ${formatCount(Math.round(load.plannedIterations ?? 0))} planned iterations were ${delivery.deliveredBy}`,
        ]
      : []),
    ...(failed > 0 ? [`the script threw an exception in ${counted(failed, 'iteration')}`] : []),
    ...(load.segment === undefined ? [] : [`it is one of ${load.segment.of} parts of its load`]),
    ...busyText(run),
  ];
}

export function isSound(run: RunEvidence): boolean {
  return doubtsOf(run).length === 0;
}

/** Of a run that others made, it is not known. */
function busyText({ host }: RunEvidence): string[] {
  const busy = host?.cpuBusyShare;
  if (busy === undefined || busy <= BUSY_CPU_SHARE) return [];
  return [`the test machine was at ${formatShare(busy)} CPU; latencies may be too high`];
}
