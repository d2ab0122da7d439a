import { deliveryOf } from '../../../core/judge/delivery.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatCount, formatDuration, formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import type { Evidence } from '../evidence.ts';
import type { Rule } from './rule.ts';

/** Above it a generator waits for its own CPU, and measures that as latency. */
export const BUSY_CPU_SHARE = 0.8;

/** Whether the load was the planned one, and the generator fit to make it. */
export const validity: Rule = ({ runs }) =>
  runs.flatMap((run) => {
    const { load, host, scenario, targetKind } = run;
    const { dropped, droppedShare, isTooMuchDropped, delivered, deliveredBy, isTooLittleDelivered } = deliveryOf(load);
    const isBusy = (host?.cpuBusyShare ?? 0) > BUSY_CPU_SHARE;
    const failed = load.iterations?.failed ?? 0;
    if (!isTooMuchDropped && !isTooLittleDelivered && !isBusy && failed === 0) return [];
    const evidence = [
      isTooMuchDropped && `${counted(dropped, 'planned iteration')} dropped (${formatShare(droppedShare)})`,
      isTooLittleDelivered &&
        `${formatCount(delivered)} of ${counted(Math.round(load.plannedIterations ?? 0), 'planned iteration')} ${deliveredBy}`,
      failed > 0 && `the script threw an exception in ${counted(failed, 'iteration')}`,
      isBusy && `CPU of the generator ${formatShare(host?.cpuBusyShare ?? 0)} busy`,
      `${formatDuration(load.windowSeconds ?? 0)} of load`,
    ].filter((text) => typeof text === 'string');
    const isInvalid = isTooMuchDropped || isTooLittleDelivered || failed > 0;
    return [
      {
        id: 'load-not-valid',
        title: isInvalid ? 'The load was not the planned one' : 'The generator may have been the limit',
        severity: isInvalid ? 'high' : 'medium',
        impact: 'medium',
        area: 'measurement',
        summary: `${scenario}: ${evidence[0]}.`,
        description: isInvalid
          ? 'What the service would have done under the planned load is not known: the figures hold for the load that was delivered.'
          : 'A generator without free CPU measures its own waiting as latency.',
        endpoints: [],
        evidence,
        hypotheses: rankHypotheses([
          hypothesis('The generator ran out of CPU.', {
            for: [isBusy && `CPU ${formatShare(host?.cpuBusyShare ?? 0)} busy`],
            against: [host?.cpuBusyShare !== undefined && !isBusy && `CPU only ${formatShare(host.cpuBusyShare)} busy`],
          }),
          hypothesis('The service was so slow that every user was still waiting when the next one was due.', {
            for: [isTooMuchDropped && isSlow(run) && 'many replies took longer than a second, or timed out'],
            against: [isTooMuchDropped && !isSlow(run) && 'replies were fast'],
          }),
        ]),
        recommendations: [
          ...(isBusy
            ? [
                {
                  urgency: 'should' as const,
                  text:
                    targetKind === 'reference-backend'
                      ? 'Judge a service of your own: here the embedded backend shared the CPU with k6.'
                      : 'Make the load from a machine with more free CPU, or from several.',
                },
              ]
            : []),
          ...(isInvalid
            ? [{ urgency: 'must' as const, text: `Repeat ${scenario} once its load can be delivered.` }]
            : []),
        ],
      },
    ];
  });

function isSlow({ totals }: Evidence['runs'][number]): boolean {
  return (totals.latencyMs.ok.p95 ?? 0) > 1000 || (totals.outcomes.timeout ?? 0) > 0;
}
