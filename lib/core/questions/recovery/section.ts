import type { Block } from '../../spec/document/blocks.ts';
import { cell, left, list, msCell, right, table } from '../../spec/document/cells.ts';
import { formatCount, formatDuration, formatMs } from '../../spec/units.ts';
import type { RecoveryStudy } from './answer.ts';

/** How the question is answered. */
export const METHOD =
  'Probes at a low rate, a stream of its own, measure latency and success before, during and after the overload. It has come back at the first probe from which on they are as before: ok, and within the limit that follows from the time before.';

export function section(study: RecoveryStudy, of: string): Block[] {
  const { endpoints, overload, probes, seconds, probesPerSecond } = study;
  const x = { title: 'Time since the load began', scale: 'linear', unit: 'seconds' } as const;
  const slowest = Math.max(0, ...seconds.map(({ slowestMs }) => slowestMs));
  return [
    ...list([
      `Overload from ${formatDuration(overload.fromSeconds)} to ${formatDuration(overload.toSeconds)}, ${probesPerSecond} probes per second throughout.`,
      `${formatCount(probes.answered)} of ${formatCount(probes.planned)} probes; bad ones: ${probes.badBefore} before, ${probes.badDuring} during and ${probes.badAfter} after the overload.`,
    ]),
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Latency of probes${of}`,
        description: `The slowest probe took ${formatMs(slowest)}.`,
        x,
        y: { title: 'Latency', scale: 'log', unit: 'ms' },
        series: [
          { name: 'median', role: '1', points: seconds.map(({ atSeconds, medianMs }) => [atSeconds, medianMs]) },
          { name: 'slowest', role: '2', points: seconds.map(({ atSeconds, slowestMs }) => [atSeconds, slowestMs]) },
        ],
      },
    },
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Bad probes${of}`,
        description: 'Share of the probes of a second that failed or were slower than before.',
        x,
        y: { title: 'Share of bad probes', scale: 'linear', unit: 'share' },
        series: [{ name: 'bad', role: 'bad', points: seconds.map(({ atSeconds, badShare }) => [atSeconds, badShare]) }],
      },
    },
    table(
      `Endpoints before and after${of}`,
      [...left('Endpoint'), ...right('p95 before', 'Limit'), ...left('At the end')],
      endpoints.map(({ endpoint, p95BeforeMs, limitMs, isBroken }) => [
        cell([{ code: endpoint }]),
        msCell(p95BeforeMs),
        msCell(limitMs),
        cell(isBroken ? 'not as before' : 'as before', isBroken ? 'bad' : 'good'),
      ]),
    ),
  ];
}
