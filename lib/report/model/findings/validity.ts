import { deliveryOf } from '../../../core/judge/delivery.ts';
import { describeExceptions } from '../../../core/judge/exceptions.ts';
import { iterationWord } from '../../../core/judge/iteration-word.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatCount, formatDuration, formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import type { Evidence } from '../evidence.ts';
import { cpuText, isMachineBusy } from '../soundness.ts';
import type { Rule } from './rule.ts';

/** Whether the load was the planned one. How busy the machine was is no fault of the service: soundness.ts says it. */
export const validity: Rule = ({ runs }) =>
  runs.flatMap((run) => {
    const { load, host, scenario } = run;
    const { dropped, droppedShare, isTooMuchDropped, delivered, deliveredBy, isTooLittleDelivered } = deliveryOf(load);
    const iteration = iterationWord(run);
    const isBusy = isMachineBusy(host);
    const exceptions = describeExceptions(run);
    if (!isTooMuchDropped && !isTooLittleDelivered && exceptions.length === 0) return [];
    const evidence = [
      isTooMuchDropped && `${counted(dropped, `planned ${iteration}`)} dropped (${formatShare(droppedShare)})`,
      isTooLittleDelivered &&
        `${formatCount(delivered)} of ${counted(Math.round(load.plannedIterations ?? 0), `planned ${iteration}`)} ${deliveredBy}`,
      ...exceptions,
      `${formatDuration(load.windowSeconds ?? 0)} of load`,
    ].filter((text) => typeof text === 'string');
    return [
      {
        id: 'load-not-valid',
        title: 'The planned load was not delivered',
        severity: 'high',
        impact: 'medium',
        area: 'measurement',
        summary: `${scenario}: ${evidence[0]}.`,
        description: 'The figures are those of the delivered load, not of the planned load.',
        endpoints: [],
        evidence,
        hypotheses: rankHypotheses([
          hypothesis('The generator ran out of CPU.', {
            for: [isBusy && cpuText(host)],
            against: [!isBusy && cpuText(host)],
          }),
          hypothesis('The service was too slow: all users were still waiting when the next iteration was due.', {
            for: [isTooMuchDropped && isSlow(run) && 'many responses took longer than a second, or timed out'],
            against: [isTooMuchDropped && !isSlow(run) && 'responses were fast'],
          }),
        ]),
        recommendations: [{ urgency: 'must', text: `Repeat ${scenario} when its load can be delivered.` }],
      },
    ];
  });

function isSlow({ totals }: Evidence['runs'][number]): boolean {
  return (totals.latencyMs.ok.p95 ?? 0) > 1000 || (totals.outcomes.timeout ?? 0) > 0;
}
