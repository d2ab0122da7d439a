import { addOutcomes } from '../../measure/outcome.ts';
import { outcomeRows, outcomesText } from '../../measure/outcome-rows.ts';
import type { Block } from '../../spec/document/blocks.ts';
import { cell, countCell, left, list, msCell, numberCell, right, shareCell, table } from '../../spec/document/cells.ts';
import { formatMs, formatShare } from '../../spec/units.ts';
import { ends } from '../ends.ts';
import { formatRate } from '../format-rate.ts';
import type { BreakpointStudy } from './answer.ts';

/** How the question is answered. */
export const METHOD =
  'Requests arrive at a rate that goes up in steps, whatever the service does. A step holds when its ok replies keep to the p95 limit, its failures to their share, and replies come as fast as requests; the knee is the last rate before the p95 has doubled.';

export function section(study: BreakpointStudy, of: string): Block[] {
  return [...limitsAndRates(study), latencyByRate(study, of), servedByRate(study, of), stepTable(study, of)];
}

function limitsAndRates({
  sustainedPerSecond,
  kneePerSecond,
  mostOkPerSecond,
  p95LimitMs,
  failedShareLimit,
}: BreakpointStudy): Block[] {
  return list([
    `Limits of a step: p95 of ok replies below ${formatMs(p95LimitMs)}, at most ${formatShare(failedShareLimit)} failed.`,
    ...(sustainedPerSecond === undefined ? [] : [`Highest sustained rate: ${formatRate(sustainedPerSecond)}.`]),
    ...(kneePerSecond === undefined ? [] : [`Knee, where latency begins to rise: ${formatRate(kneePerSecond)}.`]),
    ...(mostOkPerSecond === undefined ? [] : [`Most that was served in a whole step: ${formatRate(mostOkPerSecond)}.`]),
  ]);
}

const RATE = { title: 'Requests sent per second', scale: 'linear', unit: 'per second' } as const;

function latencyByRate({ steps, p95LimitMs }: BreakpointStudy, of: string): Block {
  const p95At = ({ level, okMs }: (typeof steps)[number]) =>
    `p95 ${okMs === undefined ? 'not measured' : formatMs(okMs.p95)} at ${formatRate(level)}`;
  return {
    kind: 'chart',
    chart: {
      kind: 'lines',
      title: `Latency by rate${of}`,
      description: `${ends(steps).map(p95At).join(', ')}.`,
      x: RATE,
      y: { title: 'Latency of ok replies', scale: 'log', unit: 'ms' },
      series: [
        { name: 'p50', role: '1', points: steps.map(({ level, okMs }) => [level, okMs?.p50]) },
        { name: 'p95', role: '2', points: steps.map(({ level, okMs }) => [level, okMs?.p95]) },
      ],
      limit: { name: `p95 limit ${p95LimitMs} ms`, y: p95LimitMs },
    },
  };
}

function servedByRate({ steps }: BreakpointStudy, of: string): Block {
  const okAt = ({ level, okPerSecond, isWhole }: (typeof steps)[number]) =>
    `${formatRate(okPerSecond)} ok at ${formatRate(level)}${isWhole ? '' : ' (cut short)'}`;
  return {
    kind: 'chart',
    chart: {
      kind: 'lines',
      title: `Served by rate${of}`,
      description: `${ends(steps).map(okAt).join(', ')}.`,
      x: RATE,
      y: { title: 'Replies per second', scale: 'linear', unit: 'per second' },
      series: [
        { name: 'sent', role: 'neutral', points: steps.map(({ level }) => [level, level]) },
        { name: 'ok', role: 'good', points: steps.map(({ level, okPerSecond }) => [level, okPerSecond]) },
      ],
    },
  };
}

function stepTable({ steps }: BreakpointStudy, of: string): Block {
  return table(
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
      cell(stateOf(step), step.holds ? 'plain' : 'bad'),
    ]),
  );
}

function stateOf({ holds, isWhole }: BreakpointStudy['steps'][number]): string {
  if (holds) return isWhole ? 'holds' : 'cut short';
  return isWhole ? 'broken' : 'broken, cut short';
}
