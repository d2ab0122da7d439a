import { addOutcomes } from '../../measure/outcome.ts';
import { outcomeRows, outcomesText } from '../../measure/outcome-rows.ts';
import type { Block } from '../../spec/document/blocks.ts';
import { cell, countCell, left, msCell, numberCell, right, shareCell, table } from '../../spec/document/cells.ts';
import { formatMs, formatRate } from '../../spec/units.ts';
import { ends } from '../ends.ts';
import type { PoolStudy } from './answer.ts';

/** How the question is answered. */
export const METHOD =
  'The number of users, who send without a pause, rises in steps. While no request waits, each is served as fast as with one user. The concurrency limit is throughput times the time of one request (Little’s law).';

export function section({ steps, slots }: PoolStudy, of: string): Block[] {
  const users = { title: 'Users at a time', scale: 'linear', unit: 'count' } as const;
  return [
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Latency by users${of}`,
        description: `${ends(steps)
          .map(
            ({ level, okMs }) => `p50 ${okMs === undefined ? 'not measured' : formatMs(okMs.p50)} with ${level} users`,
          )
          .join(', ')}.`,
        x: users,
        y: { title: 'Latency', scale: 'log', unit: 'ms' },
        series: [
          { name: 'ok p50', role: '1', points: steps.map(({ level, okMs }) => [level, okMs?.p50]) },
          { name: 'ok p95', role: '2', points: steps.map(({ level, okMs }) => [level, okMs?.p95]) },
          { name: 'not ok p50', role: 'bad', points: steps.map(({ level, notOkMs }) => [level, notOkMs?.p50]) },
        ],
      },
    },
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Served by users${of}`,
        description: `${ends(steps)
          .map(({ level, okPerSecond }) => `${formatRate(okPerSecond)} ok with ${level} users`)
          .join(', ')}${slots === undefined ? '' : `; ${slots} at a time`}.`,
        x: users,
        y: { title: 'successful responses per second', scale: 'linear', unit: 'per second' },
        series: [{ name: 'ok', role: 'good', points: steps.map(({ level, okPerSecond }) => [level, okPerSecond]) }],
      },
    },
    table(
      `Steps${of}`,
      [...right('Users', 'Requests', 'ok per second', 'ok p50', 'ok p95', 'not ok p50', 'Failed'), ...left('Outcomes')],
      steps.map((step) => [
        countCell(step.level),
        countCell(step.requests),
        numberCell(step.okPerSecond, (each) => formatRate(each)),
        msCell(step.okMs?.p50),
        msCell(step.okMs?.p95),
        msCell(step.notOkMs?.p50),
        shareCell(step.requests === 0 ? undefined : step.failedShare, step.requests),
        cell(outcomesText(outcomeRows(addOutcomes([step.outcomes])))),
      ]),
    ),
  ];
}
