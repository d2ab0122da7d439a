import { addOutcomes } from '../../../core/measure/outcome.ts';
import { outcomeRows, outcomesText } from '../../../core/measure/outcome-rows.ts';
import type { BreakpointStudy } from '../../../core/questions/breakpoint.ts';
import type { Block } from '../../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  left,
  list,
  msCell,
  numberCell,
  right,
  shareCell,
  table,
} from '../../../core/spec/document/cells.ts';
import { formatMs, formatShare } from '../../../core/spec/units.ts';
import { formatRate } from '../../model/studies/headlines.ts';
import { ends } from './ends.ts';

export function breakpointBlocks(study: BreakpointStudy, of: string): Block[] {
  const { steps, sustainedPerSecond, kneePerSecond, mostOkPerSecond, p95LimitMs, failedShareLimit } = study;
  const rate = { title: 'Requests sent per second', scale: 'linear', unit: 'per second' } as const;
  return [
    ...list([
      `Limits of a step: p95 of ok replies below ${formatMs(p95LimitMs)}, at most ${formatShare(failedShareLimit)} failed.`,
      ...(sustainedPerSecond === undefined ? [] : [`Highest sustained rate: ${formatRate(sustainedPerSecond)}.`]),
      ...(kneePerSecond === undefined ? [] : [`Knee, where latency begins to rise: ${formatRate(kneePerSecond)}.`]),
      ...(mostOkPerSecond === undefined ? [] : [`Most that was served in any step: ${formatRate(mostOkPerSecond)}.`]),
    ]),
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Latency by rate${of}`,
        description: `${ends(steps)
          .map(
            ({ level, okMs }) =>
              `p95 ${okMs === undefined ? 'not measured' : formatMs(okMs.p95)} at ${formatRate(level)}`,
          )
          .join(', ')}.`,
        x: rate,
        y: { title: 'Latency of ok replies', scale: 'log', unit: 'ms' },
        series: [
          { name: 'p50', role: '1', points: steps.map(({ level, okMs }) => [level, okMs?.p50]) },
          { name: 'p95', role: '2', points: steps.map(({ level, okMs }) => [level, okMs?.p95]) },
        ],
        limit: { name: `p95 limit ${p95LimitMs} ms`, y: p95LimitMs },
      },
    },
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Served by rate${of}`,
        description: `${ends(steps)
          .map(({ level, okPerSecond }) => `${formatRate(okPerSecond)} ok at ${formatRate(level)}`)
          .join(', ')}.`,
        x: rate,
        y: { title: 'Replies per second', scale: 'linear', unit: 'per second' },
        series: [
          { name: 'sent', role: 'neutral', points: steps.map(({ level }) => [level, level]) },
          { name: 'ok', role: 'good', points: steps.map(({ level, okPerSecond }) => [level, okPerSecond]) },
        ],
      },
    },
    table(
      `Steps${of}`,
      [...right('Rate', 'Sent', 'ok per second', 'p50', 'p95', 'Failed'), ...left('Outcomes', 'Step')],
      steps.map((step) => [
        numberCell(step.level, formatRate),
        countCell(step.requests),
        numberCell(step.okPerSecond, formatRate),
        msCell(step.okMs?.p50),
        msCell(step.okMs?.p95),
        shareCell(step.requests === 0 ? undefined : step.failedShare),
        cell(outcomesText(outcomeRows(addOutcomes([step.outcomes])))),
        cell(step.holds ? (step.isWhole ? 'holds' : 'cut short') : 'broken', step.holds ? 'plain' : 'bad'),
      ]),
    ),
  ];
}
