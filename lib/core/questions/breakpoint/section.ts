import { addOutcomes } from '../../measure/outcome.ts';
import { outcomeRows, outcomesText } from '../../measure/outcome-rows.ts';
import type { Block, Cell, Column } from '../../spec/document/blocks.ts';
import { cell, countCell, left, list, msCell, numberCell, right, shareCell, table } from '../../spec/document/cells.ts';
import { formatLimit } from '../../spec/figure-text.ts';
import { formatMs, formatRate, formatShare } from '../../spec/units.ts';
import { ends } from '../ends.ts';
import type { BreakpointStudy } from './answer.ts';
import { formatArrivals, isOfJourneys } from './headline.ts';
import { completedShareOf } from './step-journeys.ts';

/** How the question is answered. */
export const METHOD =
  'Requests, or journeys, arrive at a rate that goes up in steps, whatever the service does. A step holds when p95 and failures are within their limits and responses come as fast as requests. With journeys, enough must also be completed, as fast as they begin. The knee is the last rate before the p95 has doubled.';

export function section(study: BreakpointStudy, of: string): Block[] {
  return [...limitsAndRates(study), latencyByRate(study, of), servedByRate(study, of), stepTable(study, of)];
}

function limitsAndRates(study: BreakpointStudy): Block[] {
  const { sustainedPerSecond, kneePerSecond, mostOkPerSecond, mostCompletedPerSecond } = study;
  const { p95LimitMs, failedShareLimit, leastCompletedShare } = study;
  const completed =
    leastCompletedShare === undefined ? '' : `, at least ${formatShare(leastCompletedShare)} of the journeys completed`;
  const served = isOfJourneys(study) ? 'Most requests that were answered ok' : 'Most that was served';
  return list([
    `Limits of a step: p95 of successful responses below ${formatLimit(p95LimitMs, 'ms')}, at most ${formatShare(failedShareLimit)} ${isOfJourneys(study) ? 'of the requests ' : ''}failed${completed}.`,
    ...(sustainedPerSecond === undefined
      ? []
      : [`Highest sustained rate: ${formatArrivals(sustainedPerSecond, study)}.`]),
    ...(kneePerSecond === undefined
      ? []
      : [`Knee, where latency begins to rise: ${formatArrivals(kneePerSecond, study)}.`]),
    ...(mostCompletedPerSecond === undefined
      ? []
      : [`Most journeys that were completed in a full step: ${formatRate(mostCompletedPerSecond)}.`]),
    ...(mostOkPerSecond === undefined ? [] : [`${served} in a full step: ${formatRate(mostOkPerSecond)}.`]),
  ]);
}

function rateAxis(study: BreakpointStudy) {
  const title = isOfJourneys(study) ? 'Journeys begun per second' : 'Requests sent per second';
  return { title, scale: 'linear', unit: 'per second' } as const;
}

function latencyByRate(study: BreakpointStudy, of: string): Block {
  const { steps, p95LimitMs } = study;
  const p95At = ({ level, okMs }: (typeof steps)[number]) =>
    `p95 ${okMs === undefined ? 'not measured' : formatMs(okMs.p95)} at ${formatArrivals(level, study)}`;
  return {
    kind: 'chart',
    chart: {
      kind: 'lines',
      title: `Latency by rate${of}`,
      description: `${ends(steps).map(p95At).join(', ')}.`,
      x: rateAxis(study),
      y: { title: 'Latency of successful responses', scale: 'log', unit: 'ms' },
      series: [
        { name: 'p50', role: '1', points: steps.map(({ level, okMs }) => [level, okMs?.p50]) },
        { name: 'p95', role: '2', points: steps.map(({ level, okMs }) => [level, okMs?.p95]) },
      ],
      limit: { name: `p95 limit ${formatLimit(p95LimitMs, 'ms')}`, y: p95LimitMs },
    },
  };
}

/** Journeys against journeys, requests against requests. */
function servedByRate(study: BreakpointStudy, of: string): Block {
  const { steps } = study;
  const [sent, served, title] = isOfJourneys(study)
    ? ['begun', 'completed', 'Journeys per second']
    : ['sent', 'ok', 'Responses per second'];
  const servedIn = ({ journeys, okPerSecond }: (typeof steps)[number]) => journeys?.completedPerSecond ?? okPerSecond;
  const servedAt = (step: (typeof steps)[number]) =>
    `${formatRate(servedIn(step), isOfJourneys(study) ? 'journeys' : undefined)} ${served} at ${formatArrivals(step.level, study)}${step.isWhole ? '' : ' (cut short)'}`;
  return {
    kind: 'chart',
    chart: {
      kind: 'lines',
      title: `Served by rate${of}`,
      description: `${ends(steps).map(servedAt).join(', ')}.`,
      x: rateAxis(study),
      y: { title, scale: 'linear', unit: 'per second' },
      series: [
        { name: sent, role: 'neutral', points: steps.map(({ level }) => [level, level]) },
        { name: served, role: 'good', points: steps.map((step) => [step.level, servedIn(step)]) },
      ],
    },
  };
}

function stepTable(study: BreakpointStudy, of: string): Block {
  const areJourneys = isOfJourneys(study);
  return table(
    `Steps${of}`,
    [
      ...right('Rate'),
      ...(areJourneys ? COLUMNS_OF_JOURNEYS : []),
      ...right(areJourneys ? 'Requests sent' : 'Sent', areJourneys ? 'Requests ok per second' : 'ok per second'),
      ...right('p50', 'p95', areJourneys ? 'Requests failed' : 'Failed'),
      ...left('Outcomes', 'Step'),
    ],
    study.steps.map((step) => [
      numberCell(step.level, (perSecond) => formatArrivals(perSecond, study)),
      ...cellsOfJourneys(step),
      countCell(step.requests),
      numberCell(step.okPerSecond, (each) => formatRate(each)),
      msCell(step.okMs?.p50),
      msCell(step.okMs?.p95),
      shareCell(step.requests === 0 ? undefined : step.failedShare, step.requests),
      cell(outcomesText(outcomeRows(addOutcomes([step.outcomes])))),
      cell(stateOf(step), step.holds ? 'plain' : 'bad'),
    ]),
  );
}

const COLUMNS_OF_JOURNEYS: Column[] = right(
  'Begun',
  'Completed',
  'Share completed',
  'Completed per second',
  'Mean time',
);

function cellsOfJourneys({ journeys }: BreakpointStudy['steps'][number]): Cell[] {
  if (journeys === undefined) return [];
  const { begun, completed, lost, completedPerSecond, durationMs } = journeys;
  return [
    countCell(begun),
    countCell(completed),
    shareCell(completed + lost === 0 ? undefined : completedShareOf(journeys), completed + lost),
    numberCell(completedPerSecond, (each) => formatRate(each)),
    msCell(durationMs?.avg),
  ];
}

function stateOf({ holds, isWhole }: BreakpointStudy['steps'][number]): string {
  if (holds) return isWhole ? 'holds' : 'cut short';
  return isWhole ? 'broken' : 'broken, cut short';
}
