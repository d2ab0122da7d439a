import type { RecoveryStudy } from '../../../core/questions/recovery.ts';
import type { Block } from '../../../core/spec/document/blocks.ts';
import { cell, left, list, msCell, right, table } from '../../../core/spec/document/cells.ts';
import { formatCount, formatDuration, formatMs } from '../../../core/spec/units.ts';

export function recoveryBlocks(study: RecoveryStudy, of: string): Block[] {
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
